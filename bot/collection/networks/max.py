"""MAX: channels that the operator's bot of MAX administers, read with that bot's token.

Methods of schema 0.0.30, https://github.com/max-messenger/max-bot-api-client-go: GET /chats, /messages, /me. There are views of
every post, back to the first one; no reactions, and of comments no count. Views may be twice the subscribers and grow for
weeks: they are compared with the channel's own only.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.collection.networks.raw import Raw, dicts, part, post_of
from bot.collection.networks.source import Allowance, ChannelProfile, NetworkSource, answer_of
from bot.collection.source import (
    Answer,
    AwayError,
    ClosedError,
    FoundPosts,
    NotGivenError,
    Place,
    RefusedError,
    WaitError,
)
from metrics.ages import AGES_H
from metrics.posts import AudienceReading, Post
from storage.files.tables.texts import read_text

PAGE_POSTS = 100
CHATS_LOOKED_THROUGH = 20  # pages of the bot's own chats, for one that is named by its invitation
MS = 1000
RATE_S = 10
MONTHS_H = (1440, 2160)  # views grow for weeks
NOT_ADMIN = "not_admin"
_FORMATS = {"image": "photo", "video": "video", "audio": "audio", "file": "file", "share": "link"}


class Max(NetworkSource):
    network = "max"
    title = "MAX"
    setting = "MAX_BOT_TOKEN"
    # Thirty requests a second are allowed; no quota of a day is known, this one is ours.
    allowance = Allowance(units=200_000, zone="Europe/Moscow", every_s=0.1)
    ages_h = (*AGES_H, *MONTHS_H)
    page_units = 1
    most_ids = PAGE_POSTS
    shows_strangers = False

    async def look_up(self, name: str) -> ChannelProfile:
        """Returns the channel of a public name, of a public one's id, or of an invitation.

        An invitation only those have who may read the channel.
        """
        chat = await (self._invited(name) if name.startswith("join/") else self._ask(f"chats/{quote(name)}"))
        if chat is None or _whole(chat.get("chat_id")) is None:
            raise ClosedError("nobody")
        if chat.get("type") != "channel":
            raise ClosedError("no_channel")
        if _is_number(name) and not chat.get("is_public"):
            raise ClosedError("nobody")  # a number is no proof that one may read it
        place = Place(str(chat["chat_id"]), _handle(chat))
        await self._require_admin(place, chat)
        return ChannelProfile(place, str(chat.get("title") or name), place.handle, self._members(chat))

    async def find(self, place: Place[str], since: int, cursor: str | None) -> FoundPosts:
        """Returns a page of posts; pages go back in time.

        `cursor`: the moment, in milliseconds, of the oldest message so far.
        """
        start = {"from": int(cursor)} if cursor else {}
        told = await self._ask("messages", chat_id=int(place.id), count=PAGE_POSTS, **start)
        messages = list(dicts(told.get("messages")))
        moments = [at for one in messages if (at := _whole(one.get("timestamp"))) is not None]
        oldest = min(moments, default=0)
        is_last = len(messages) < PAGE_POSTS or oldest < since * MS
        following = oldest if cursor is None or oldest < int(cursor) else oldest - 1  # all of one moment
        posts = [post for one in messages if (post := _post(one, self._now())) is not None]
        return FoundPosts(
            tuple(post for post in posts if post.published_at >= since),
            None if is_last else str(following),
            whole_since=0 if is_last else oldest // MS,
        )

    async def read(self, place: Place[str], ids: Sequence[str]) -> Answer[str]:  # noqa: ARG002 - ids say whose
        told = await self._ask("messages", message_ids=",".join(ids))
        found = (_post(one, self._now()) for one in dicts(told.get("messages")))
        return answer_of([post for post in found if post is not None], ids, self._now())

    async def audience(self, place: Place[str]) -> AudienceReading:
        chat = await self._ask(f"chats/{place.id}")
        if chat.get("status") not in (None, "active"):
            raise ClosedError(NOT_ADMIN)
        members = self._members(chat)
        if members is None:
            raise NotGivenError("audience")
        return members

    async def bot_name(self) -> str:
        """Returns whom to make an admin, in MAX."""
        told = await self._ask("me")
        return f"@{told['username']}" if told.get("username") else str(told.get("first_name") or self.title)

    async def updates(self, **said: str | int) -> Raw:
        """Returns updates; MAX holds the request until something happens, `timeout` seconds at most."""
        return await self._ask("updates", **said)

    async def _invited(self, name: str) -> Raw | None:
        """Returns the channel of that invitation, of those that the bot is in. Raises ClosedError."""
        marker: Raw = {}
        for _ in range(CHATS_LOOKED_THROUGH):
            told = await self._ask("chats", count=PAGE_POSTS, **marker)
            for chat in dicts(told.get("chats")):
                if str(chat.get("link") or "").rstrip("/").endswith(f"/{name}"):
                    return chat
            if _whole(told.get("marker")) is None:
                break
            marker = {"marker": told["marker"]}
        raise ClosedError(NOT_ADMIN)

    async def _require_admin(self, place: Place[str], chat: Raw) -> None:
        if chat.get("status") != "active":
            raise ClosedError(NOT_ADMIN)
        try:
            me = await self._ask(f"chats/{place.id}/members/me")
        except ClosedError:
            raise ClosedError(NOT_ADMIN) from None
        if not me.get("is_admin") and not me.get("is_owner"):
            raise ClosedError(NOT_ADMIN)

    def _members(self, chat: Raw) -> AudienceReading | None:
        count = _whole(chat.get("participants_count"))
        return None if count is None else AudienceReading(self._now(), count, 0)

    async def _ask(self, path: str, **said: str | int) -> Raw:
        """Asks with the token in a header, never in the address."""
        reply = await self._door.get(path, said, {"Authorization": self._key.get_secret_value()})
        if reply.status == 200 and isinstance(reply.body, dict):
            return reply.body
        match reply.status:
            case 401:
                raise RefusedError("bad key")
            case 403:
                raise ClosedError(NOT_ADMIN)
            case 404:
                raise ClosedError("nobody")
            case 429:
                raise WaitError(reply.retry_after_s or RATE_S)
            case _:
                raise AwayError(f"status {reply.status}")


def message_id(message: Any) -> str | None:
    body = message.get("body") if isinstance(message, dict) else None
    mid = body.get("mid") if isinstance(body, dict) else None
    return mid if isinstance(mid, str) and mid else None


def _post(message: Raw, now: int) -> Post | None:
    """Returns a post; None for what can't be named, or has no moment."""
    number, published_ms = message_id(message), _whole(message.get("timestamp"))
    if number is None or published_ms is None:
        return None
    body, link, stat = (part(message, name) for name in ("body", "link", "stat"))
    text = read_text(str(body.get("text") or ""))
    views = _whole(stat.get("views"))
    return post_of(
        number,
        text,
        published_at=published_ms // MS,
        now=now,
        post_format=_format(body),
        link=str(message["url"]) if message.get("url") else None,
        views=views if views is not None and views >= 0 else None,
        text_length=text.length,
        is_forwarded=link.get("type") == "forward",
    )


def _format(body: Raw) -> str:
    """Returns the format of a post; buttons under it are no part of it."""
    told = (str(one.get("type")) for one in dicts(body.get("attachments")))
    kinds = [kind for kind in told if not kind.endswith("keyboard")]
    if not kinds:
        return "text"
    if len(kinds) > 1 and set(kinds) <= {"image", "video"}:
        return "album"
    return _FORMATS.get(kinds[0], "other")


def _handle(chat: Raw) -> str | None:
    """Returns «news» of https://max.ru/news; None for an invitation, which is no name."""
    link = str(chat.get("link") or "").rstrip("/")
    head, _, name = link.rpartition("/")
    return name.lstrip("@").lower() if name and not head.endswith("join") and not _is_number(name) else None


def _is_number(name: str) -> bool:
    return name.removeprefix("-").isdecimal()


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
