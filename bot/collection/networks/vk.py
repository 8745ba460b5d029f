"""VK: open walls of communities, read with a service key of any VK application.

Methods of schema 5.199, https://github.com/VKCOM/vk-api-schema: groups.getById, wall.get, wall.getById. What only an admin of
the community may ask, reach, geography and who left, is in files.
"""

from collections.abc import Sequence
from typing import Any, TypeGuard

from bot.collection.networks.raw import Raw, dicts, post_of
from bot.collection.networks.source import Allowance, ChannelProfile, NetworkSource, answer_of
from bot.collection.source import (
    Answer,
    AwayError,
    ClosedError,
    FoundPosts,
    NotGivenError,
    Place,
    RefusedError,
    SourceError,
    SpentError,
    WaitError,
)
from metrics.posts import AudienceReading, Post
from storage.files.tables.texts import read_text

VERSION = "5.199"
PAGE_POSTS = 100
OVERLAP_POSTS = 5  # of two pages: a post deleted in between moves the rest up by one
TOO_MANY_A_SECOND = 6
TRIES = 3
FLOOD_S, CAPTCHA_S = 600, 3600
_CLOSED = {
    15: "private",
    30: "private",
    203: "private",
    18: "gone",
    19: "blocked",
    100: "nobody",
    125: "nobody",
}
_REFUSED = {5: "bad key", 28: "bad key", 27: "wrong key"}  # 27: a community's, which may not read walls
_WAIT_S = {TOO_MANY_A_SECOND: 10, 9: FLOOD_S, 14: CAPTCHA_S}
_FORMATS = {
    "photo": "photo",
    "video": "video",
    "poll": "poll",
    "audio": "audio",
    "doc": "file",
    "link": "link",
    "album": "album",
}


class Vk(NetworkSource):
    network = "vk"
    title = "VK"
    setting = "VK_SERVICE_KEY"
    allowance = Allowance(
        units=5_000, zone="Europe/Moscow", every_s=0.35
    )  # wall.get a day; 3 requests a second
    page_units = 1
    most_ids = PAGE_POSTS

    async def look_up(self, name: str) -> ChannelProfile:
        group = await self._group(name)
        return ChannelProfile(
            Place(str(group["id"])),
            str(group.get("name") or name),
            str(group.get("screen_name") or "") or None,
            self._members(group),
        )

    async def find(self, place: Place[str], since: int, cursor: str | None) -> FoundPosts:
        """Returns a page of posts; a pinned one stands first, whenever it came out.

        `cursor`: how many posts come before the page.
        """
        offset = int(cursor or 0)
        wall = await self._ask(
            "wall.get", owner_id=f"-{place.id}", count=PAGE_POSTS, offset=offset, filter="owner"
        )
        items = list(dicts(wall.get("items")))
        posts = [post for item in items if (post := _post(item, place, self._now())) is not None]
        in_order = [int(item["date"]) for item in items if not item.get("is_pinned") and "date" in item]
        oldest = min(in_order, default=0)
        reached = offset + len(items)
        is_last = not items or oldest < since or reached >= _count(wall, "count")
        return FoundPosts(
            tuple(post for post in posts if post.published_at >= since),
            None if is_last else str(max(reached - OVERLAP_POSTS, offset + 1)),
            whole_since=0 if is_last else oldest,
        )

    async def read(self, place: Place[str], ids: Sequence[str]) -> Answer[str]:
        named = ",".join(f"-{place.id}_{one}" for one in ids)
        told = await self._ask("wall.getById", posts=named)
        found = (_post(item, place, self._now()) for item in dicts(told.get("items")))
        return answer_of([post for post in found if post is not None], ids, self._now())

    async def audience(self, place: Place[str]) -> AudienceReading:
        members = self._members(await self._group(f"club{place.id}"))
        if members is None:
            raise NotGivenError("audience")
        return members

    async def _group(self, name: str) -> Raw:
        """Returns the community of a name.

        Raises ClosedError where there is none, or it shows nothing to everybody.
        """
        number = name.removeprefix("club")
        wanted = number if number.isdecimal() else name
        try:
            told = await self._ask("groups.getById", group_id=wanted, fields="members_count")
        except ClosedError as error:
            raise ClosedError(await self._who(name) if str(error) == "nobody" else str(error)) from None
        group = next(dicts(told.get("groups") or told.get("items")), None)
        if group is None or "id" not in group:
            raise ClosedError("nobody")
        if group.get("deactivated"):
            raise ClosedError("blocked" if group["deactivated"] == "banned" else "gone")
        if group.get("is_closed"):
            raise ClosedError("private")
        return group

    async def _who(self, name: str) -> str:
        """Tells why a name is no community's: it is a person's, or nobody's."""
        told = await self._ask("utils.resolveScreenName", screen_name=name)
        return "person" if told.get("type") == "user" else "nobody"

    def _members(self, group: Raw) -> AudienceReading | None:
        members = group.get("members_count")
        return AudienceReading(self._now(), members, 0) if _is_count(members) else None

    async def _ask(self, method: str, **said: str | int) -> Raw:
        """Returns an answer as an object; a bare list is its `items`.

        The key goes into the body, never into the address.
        """
        form = {**said, "access_token": self._key.get_secret_value(), "v": VERSION}
        for _ in range(TRIES):
            reply = await self._door.post(method, form)
            if reply.status == 429:
                raise WaitError(reply.retry_after_s or FLOOD_S)
            if reply.status != 200 or not isinstance(reply.body, dict):
                raise AwayError(f"status {reply.status}")
            if "response" in reply.body:
                told = reply.body["response"]
                return told if isinstance(told, dict) else {"items": told}
            code = _code(reply.body)
            if code != TOO_MANY_A_SECOND:
                break
        raise self._error(code)

    def _error(self, code: int) -> SourceError:
        if code in _CLOSED:
            return ClosedError(_CLOSED[code])
        if code in _REFUSED:
            return RefusedError(_REFUSED[code])
        if code == 29:
            now = self._now()
            return SpentError(self.allowance.resets_after(now) - now)
        return WaitError(_WAIT_S[code]) if code in _WAIT_S else AwayError(f"error {code}")


def _code(body: Raw) -> int:
    error = body.get("error")
    code = error.get("error_code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else 0


def _post(item: Raw, place: Place[str], now: int) -> Post | None:
    """Returns a post; None for what is no post yet, or can't be named."""
    number, published = item.get("id"), item.get("date")
    if not _is_count(number) or not _is_count(published) or item.get("post_type") in ("postpone", "suggest"):
        return None
    text = read_text(str(item.get("text") or ""))
    return post_of(
        str(number),
        text,
        published_at=published,
        now=now,
        post_format=_format(item),
        link=f"https://vk.com/wall-{place.id}_{number}",
        views=_counter(item, "views"),
        reactions=_counter(item, "likes"),
        comments=_counter(item, "comments"),
        forwards=_counter(item, "reposts"),
        text_length=text.length,
        is_ad=bool(item.get("marked_as_ads")),
        is_forwarded=bool(item.get("copy_history")),
    )


def _format(item: Raw) -> str:
    kinds = [str(one.get("type")) for one in dicts(item.get("attachments"))]
    if not kinds:
        return "text"
    if len(kinds) > 1 and set(kinds) <= {"photo", "video"}:
        return "album"
    return _FORMATS.get(kinds[0], "other")


def _counter(item: Raw, name: str) -> int | None:
    counted = item.get(name)
    count = counted.get("count") if isinstance(counted, dict) else None
    return count if _is_count(count) else None


def _count(told: Raw, name: str) -> int:
    count = told.get(name)
    return count if isinstance(count, int) else 0


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
