"""VK after its schema 5.199: groups.getById, utils.resolveScreenName, wall.get, wall.getById. Errors come with status 200."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.sandbox.clock import SandboxClock
from bot.sandbox.networks.content import Channels, NetworkChannel, NetworkPost
from bot.sandbox.networks.troubles import NetworkRequest, NetworkSide, meet

MOST_POSTS = 100
MOSCOW = timedelta(hours=3)
MESSAGES = {
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    9: "Flood control",
    10: "Internal server error: could not get application",
    14: "Captcha needed",
    15: "Access denied",
    18: "User was deleted or banned",
    19: "Content is unavailable",
    27: "Group authorization failed: method is unavailable with group auth.",
    29: "Rate limit reached",
    30: "This profile is private",
    100: "One of the parameters specified was missing or invalid",
    203: "Access to group denied",
}
_WALL_ERRORS = {"private": 15, "deleted": 18, "blocked": 19}


class VkError(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(MESSAGES.get(code, "Unknown error occurred"))
        self.code = code


class VkServer:
    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self.channels = Channels()
        self.side = NetworkSide()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post("/vk/method/{method}", self._answer)]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, said = request.match_info["method"], dict(await request.post())
        told = {name: str(value) for name, value in said.items()}
        key = told.pop("access_token", "")
        self.side.asked.append(NetworkRequest(method, told, "access_token" in request.query))
        trouble = self.side.take()
        if trouble is not None and not trouble[0].isdecimal():
            return await meet(request, *trouble)
        try:
            self._let_in(method, key, trouble)
            return web.json_response({"response": self._call(method, told)})
        except VkError as error:
            shown = [{"key": name, "value": value} for name, value in told.items()]
            body = {"error_code": error.code, "error_msg": str(error), "request_params": shown}
            return web.json_response({"error": body})

    def _let_in(self, method: str, key: str, trouble: tuple[str, str] | None) -> None:
        if trouble is not None:
            raise VkError(int(trouble[0]))
        if not key or (self.side.good_keys and key not in self.side.good_keys):
            raise VkError(5)
        if key.startswith("vk1.community") and method.startswith("wall."):
            raise VkError(27)
        day = (self._clock.now() + MOSCOW).date().isoformat()
        if method == "wall.get" and self.side.is_spent(day):
            raise VkError(29)

    def _call(self, method: str, said: Mapping[str, str]) -> Any:
        match method:
            case "groups.getById":
                return {"groups": [self._group(said)], "profiles": []}
            case "utils.resolveScreenName":
                return self._who(said)
            case "wall.get":
                return self._wall(said)
            case "wall.getById":
                return {"items": self._posts(said), "reaction_sets": []}
            case _:
                raise VkError(100)

    def _group(self, said: Mapping[str, str]) -> dict[str, Any]:
        channel = self.channels.named(said.get("group_id", ""))
        if channel is None or channel.state == "person":
            raise VkError(100)
        shown: dict[str, Any] = {
            "id": int(channel.id),
            "name": channel.title,
            "screen_name": channel.name,
            "is_closed": int(channel.state == "private"),
            "type": "page",
        }
        if channel.state in ("deleted", "blocked"):
            shown["deactivated"] = {"deleted": "deleted", "blocked": "banned"}[channel.state]
        elif channel.subscribers is not None and "members_count" in said.get("fields", ""):
            shown["members_count"] = channel.subscribers
        return shown

    def _who(self, said: Mapping[str, str]) -> Any:
        """Tells who a name is; nobody is an empty list."""
        channel = self.channels.named(said.get("screen_name", ""))
        if channel is None:
            return []
        return {"object_id": int(channel.id), "type": "user" if channel.state == "person" else "group"}

    def _wall(self, said: Mapping[str, str]) -> dict[str, Any]:
        channel = self._of(said.get("owner_id", ""))
        count, offset = int(said.get("count", 20)), int(said.get("offset", 0))
        if not 0 <= count <= MOST_POSTS:
            raise VkError(100)
        posts = channel.newest_first(self._clock.unix())
        posts.sort(key=lambda post: not post.is_pinned)  # a pinned one stands first
        return {
            "count": len(posts),
            "items": [_item(channel, post) for post in posts[offset : offset + count]],
        }

    def _posts(self, said: Mapping[str, str]) -> list[dict[str, Any]]:
        """Returns posts; those that are not there are left out."""
        found = []
        for named in said.get("posts", "").split(",")[:MOST_POSTS]:
            owner, _, number = named.partition("_")
            channel = self._of(owner)
            if number in channel.posts:
                found.append(_item(channel, channel.posts[number]))
        return found

    def _of(self, owner_id: str) -> NetworkChannel:
        channel = self.channels.known.get(owner_id.removeprefix("-"))
        if channel is None or not owner_id.startswith("-"):
            raise VkError(100)
        if channel.state in _WALL_ERRORS:
            raise VkError(_WALL_ERRORS[channel.state])
        return channel


def _item(channel: NetworkChannel, post: NetworkPost) -> dict[str, Any]:
    counters = {"views": post.views, "likes": post.likes, "comments": post.comments, "reposts": post.reposts}
    item: dict[str, Any] = {
        "id": int(post.id),
        "owner_id": -int(channel.id),
        "from_id": -int(channel.id),
        "date": post.published_at,
        "post_type": "post",
        "text": post.text,
        "marked_as_ads": int(post.is_ad),
        "attachments": _attachments(post),
        **{name: {"count": count} for name, count in counters.items() if count is not None},
    }
    if post.is_pinned:
        item["is_pinned"] = 1
    if post.is_repost:
        item["copy_history"] = [{"id": 1, "owner_id": -1, "date": post.published_at, "text": "theirs"}]
    return item


def _attachments(post: NetworkPost) -> list[dict[str, Any]]:
    if post.kind == "album":
        return [{"type": "photo", "photo": {}}] * 3
    return [{"type": post.kind, post.kind: {}}] if post.kind else []
