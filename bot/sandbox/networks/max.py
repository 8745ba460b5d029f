"""MAX after its schema 0.0.30: chats, messages back in time, updates by long polling. Messages are seen by an admin only."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.sandbox.clock import SandboxClock
from bot.sandbox.networks.content import Channels, NetworkChannel, NetworkPost
from bot.sandbox.networks.troubles import NetworkRequest, NetworkSide, meet

MOST = 100
LONGEST_POLL_S = 25.0
MS = 1000
BOT = {"user_id": 77, "first_name": "Отклик", "username": "otklik_max_bot", "is_bot": True}
_KINDS = {"photo": ["image"], "video": ["video"], "album": ["image", "image"], "link": ["share"]}


class MaxError(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class MaxServer:
    """A channel's `state`: open (public, the bot is an admin), private (the same, by invitation), foreign (public, the bot is no
    admin). Its `name` is that of its link, «join/…» for a private one.
    """

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self.channels = Channels()
        self.side = NetworkSide()
        self._updates: list[dict[str, Any]] = []
        self._committed = 0
        self._news = asyncio.Condition()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get(r"/max/{path:.+}", self._answer)]

    async def tell(self, kind: str, channel: NetworkChannel, post_id: str = "") -> None:
        """Tells an update: bot_added, bot_removed, message_created, message_edited, message_removed."""
        update: dict[str, Any] = {"update_type": kind, "timestamp": self._clock.unix() * MS}
        if kind in ("message_created", "message_edited"):
            update["message"] = _message(channel, channel.posts[post_id])
        else:
            update |= {"chat_id": int(channel.id), "message_id": post_id}
        async with self._news:
            self._updates.append(update)
            self._news.notify_all()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path, said = request.match_info["path"], dict(request.query)
        self.side.asked.append(NetworkRequest(path, said, "access_token" in request.query))
        trouble = self.side.take()
        if trouble is not None and not trouble[0].isdecimal():
            return await meet(request, *trouble)
        try:
            self._let_in(request.headers.get("Authorization", ""), trouble)
            if path == "updates":
                return web.json_response(await self._poll(said))
            return web.json_response(self._call(path, said))
        except MaxError as error:
            return web.json_response({"code": error.code, "message": error.code}, status=error.status)

    def _let_in(self, key: str, trouble: tuple[str, str] | None) -> None:
        if not key or (self.side.good_keys and key not in self.side.good_keys):
            raise MaxError(401, "verify.token")
        if trouble is not None:
            raise MaxError(int(trouble[0]), trouble[1] or "error")
        if self.side.is_spent(self._clock.now().date().isoformat()):
            raise MaxError(429, "too.many.requests")

    def _call(self, path: str, said: Mapping[str, str]) -> dict[str, Any]:
        match path.split("/"):
            case ["me"]:
                return BOT
            case ["messages"]:
                return {"messages": self._messages(said)}
            case ["chats"]:
                return {"chats": [_chat(one) for one in self.channels if _is_admin(one)], "marker": None}
            case ["chats", name]:
                return _chat(self._named(name))
            case ["chats", name, "members", "me"]:
                return self._membership(self._named(name))
            case _:
                raise MaxError(404, "not.found")

    def _named(self, name: str) -> NetworkChannel:
        channel = self.channels.named(name)
        if channel is None or channel.state == "deleted":
            raise MaxError(404, "chat.not.found")
        return channel

    def _membership(self, channel: NetworkChannel) -> dict[str, Any]:
        if not _is_admin(channel):
            raise MaxError(403, "chat.denied")
        return {**BOT, "is_owner": False, "is_admin": True, "permissions": ["read_all_messages"]}

    def _messages(self, said: Mapping[str, str]) -> list[dict[str, Any]]:
        """Returns messages, newest first, from `from` back to `to`; by their ids those that are there."""
        if ids := said.get("message_ids"):
            wanted = ids.split(",")[:MOST]
            found = [
                (one, one.posts[number]) for number in wanted for one in self.channels if number in one.posts
            ]
            return [_message(channel, post) for channel, post in found if _is_admin(channel)]
        channel = self._named(said.get("chat_id", ""))
        if not _is_admin(channel):
            raise MaxError(403, "chat.denied")
        start, end = int(said.get("from", 2**62)), int(said.get("to", 0))
        posts = [
            post
            for post in channel.newest_first(self._clock.unix())
            if end <= post.published_at * MS <= start
        ]
        return [_message(channel, post) for post in posts[: min(int(said.get("count", 50)), MOST)]]

    async def _poll(self, said: Mapping[str, str]) -> dict[str, Any]:
        """Returns updates, held until something happens; what stands before `marker` is not told again."""
        self._committed = max(self._committed, int(said.get("marker", self._committed)))
        wait_s = min(float(said.get("timeout", 30)), LONGEST_POLL_S)
        async with self._news:
            if len(self._updates) <= self._committed and wait_s:
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait_s):
                        await self._news.wait()
            return {"updates": self._updates[self._committed :], "marker": len(self._updates)}


def _is_admin(channel: NetworkChannel) -> bool:
    return channel.state in ("open", "private")


def _chat(channel: NetworkChannel) -> dict[str, Any]:
    return {
        "chat_id": int(channel.id),
        "type": "channel" if channel.state != "person" else "dialog",
        "status": "active" if _is_admin(channel) else "left",
        "title": channel.title,
        "icon": None,
        "last_event_time": 0,
        "participants_count": channel.subscribers or 0,
        "is_public": channel.state != "private",
        "link": f"https://max.ru/{channel.name}",
        "description": None,
    }


def _message(channel: NetworkChannel, post: NetworkPost) -> dict[str, Any]:
    return {
        "recipient": {"chat_id": int(channel.id), "chat_type": "channel", "user_id": None},
        "timestamp": post.published_at * MS,
        "link": {"type": "forward", "message": {}} if post.is_repost else None,
        "body": {
            "mid": post.id,
            "seq": post.published_at,
            "text": post.text,
            "attachments": [{"type": kind, "payload": {}} for kind in _KINDS.get(post.kind or "", [])],
        },
        "stat": None if post.views is None else {"views": post.views},
        "url": f"https://max.ru/{channel.name}/{post.id}" if channel.state != "private" else None,
    }
