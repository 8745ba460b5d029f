"""The person's side in Python: people, chats, the clock and faults of one sandbox.

async with Sandbox.started() as box:
    ann = await box.person("Ann", language="en")
    await ann.send("/er")
    answer = await ann.wait_for_answer()
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.demo.client_messages import Button, CallbackAnswer, Message, Press
from bot.demo.client_mtproto import Mtproto
from bot.demo.client_networks import Network
from bot.demo.client_people import Conversation, Person
from bot.demo.client_places import Channel, Group, Place
from bot.demo.client_tgstat import TgstatSide
from bot.demo.client_wire import Deadline, Json, SandboxError, Wire
from bot.sandbox.defaults import DEFAULT_TOKEN

if TYPE_CHECKING:
    from bot.sandbox.server import Server

__all__ = [
    "DEFAULT_TOKEN",
    "Button",
    "CallbackAnswer",
    "Channel",
    "Conversation",
    "Group",
    "Message",
    "Person",
    "Place",
    "Press",
    "Sandbox",
    "SandboxError",
]


class Sandbox:
    """A sandbox to act in. `server` is there when it runs in this process (`server.hooks`)."""

    def __init__(self, url: str, token: str = DEFAULT_TOKEN, server: Server | None = None) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.wire = Wire(self.url)
        self.mtproto = Mtproto(self.wire)
        self.tgstat = TgstatSide(self.wire)
        self.vk = Network(self.wire, "vk", "vk/method")
        self.youtube = Network(self.wire, "youtube", "youtube/v3")
        self.max = Network(self.wire, "max", "max")
        self._server = server

    @classmethod
    @asynccontextmanager
    async def started(
        cls,
        *,
        token: str = DEFAULT_TOKEN,
        port: int = 0,
        now: datetime | None = None,
        record: Path | None = None,
        enforce_limits: bool = False,
    ) -> AsyncIterator[Sandbox]:
        """Starts a server in this process, on a free port by default; `now` stops its clock there."""
        from bot.sandbox.server import Server  # noqa: PLC0415 a client alone needs no server

        async with (
            Server(token=token, port=port, now=now, record=record, enforce_limits=enforce_limits) as server,
            cls.connected(server.url, token, server) as box,
        ):
            yield box

    @classmethod
    @asynccontextmanager
    async def connected(
        cls, url: str, token: str = DEFAULT_TOKEN, server: Server | None = None
    ) -> AsyncIterator[Sandbox]:
        """Acts in a sandbox that runs already, perhaps in another process."""
        box = cls(url, token, server)
        try:
            yield box
        finally:
            await box.wire.close()

    @property
    def server(self) -> Server:
        """The server in this process. Raises LookupError when it runs elsewhere."""
        if self._server is None:
            raise LookupError("this sandbox runs in another process")
        return self._server

    async def person(
        self,
        first_name: str,
        *,
        language: str | None = "ru",
        username: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Makes a user. They have not opened the bot yet: the bot can't write to them first."""
        raw = await self.wire.post(
            "/sandbox/people",
            first_name=first_name,
            language=language,
            username=username,
            last_name=last_name,
        )
        return Person(self.wire, raw)

    async def channel(
        self, title: str, *, owner: Person, username: str | None = None, subscribers: int | None = None
    ) -> Channel:
        """Makes a channel; private without a username. The bot is not in it."""
        raw = await self.wire.post(
            "/sandbox/chats",
            type="channel",
            title=title,
            owner=owner.id,
            username=username,
            subscribers=subscribers,
        )
        return Channel(self.wire, raw, owner.id)

    async def group(
        self,
        title: str,
        *,
        owner: Person,
        members: Sequence[Person] = (),
        kind: Literal["group", "supergroup"] = "supergroup",
        topics: bool = False,
        bot: bool = True,
    ) -> Group:
        """Makes a group; the bot is added by the owner unless `bot` is False."""
        raw = await self.wire.post(
            "/sandbox/chats",
            type=kind,
            title=title,
            owner=owner.id,
            members=[member.id for member in members],
            is_forum=topics,
        )
        group = Group(self.wire, raw, owner.id)
        if bot:
            await group.add_bot()
        return group

    async def chats(self, person: Person | None = None) -> list[Json]:
        """Returns every chat, or those that `person` is in."""
        listed = await self.wire.get("/sandbox/chats", person=person.id if person else None)
        return list(listed["chats"])

    async def bot(self) -> Json:
        """Returns the bot as set: user, name, description, commands by scope and language, webhook."""
        profile: Json = await self.wire.get("/sandbox/bot")
        return profile

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.wire.get("/sandbox/clock"))["now"])

    async def set_clock(self, now: datetime, *, wait: bool = False) -> Json:
        """Stops the clock at `now`; with `wait`, until every clock client has acknowledged it."""
        answer: Json = await self.wire.post("/sandbox/clock", now=now.isoformat(), wait=wait)
        return answer

    async def advance(self, seconds: float, *, wait: bool = False) -> Json:
        """Moves the clock on by `seconds` and stops it there."""
        answer: Json = await self.wire.post("/sandbox/clock", advance_s=seconds, wait=wait)
        return answer

    async def fault(
        self,
        method: str | None = None,
        *,
        status: int = 500,
        retry_after_s: int | None = None,
        description: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        skip: int = 0,
        delay_s: float = 0.0,
        drop: bool = False,
        done: bool = False,
    ) -> None:
        """Makes the next `times` matching calls (after `skip` of them) fail.

        `retry_after_s` makes it a 429. `drop` cuts the connection instead of answering; `done` does what
        the method does before failing, as when an answer is lost on its way. `delay_s` holds the answer back.
        """
        await self.wire.post(
            "/sandbox/faults",
            method=method,
            status=status,
            retry_after=retry_after_s,
            description=description,
            chat_id=chat_id,
            times=times,
            skip=skip,
            delay_s=delay_s,
            drop=drop,
            done=done,
        )

    async def clear_faults(self) -> None:
        await self.wire.delete("/sandbox/faults")

    async def enforce_limits(self, *, enforce: bool = True) -> None:
        """Sets limits: 30 messages a second overall, 1 a second per chat with bursts, 20 a minute per group.

        It answers 429 beyond.
        """
        await self.wire.post("/sandbox/limits", enforce=enforce)

    async def calls(self, method: str | None = None) -> list[Json]:
        """Returns Bot API calls so far, oldest first, getUpdates left out.

        Each is `{n, method, params, status, error, at}`.
        """
        log = await self.wire.get("/sandbox/calls", method=method)
        return list(log["calls"])

    async def wait_for_calls(self, method: str, count: int = 1, *, timeout_s: float = 15.0) -> list[Json]:
        """Returns the calls of `method` so far, once there are `count`."""
        deadline = Deadline(timeout_s)
        while True:
            wait = deadline.poll_s(f"fewer than {count} calls of {method}")
            log = await self.wire.get("/sandbox/calls", method=method, count=count, wait=wait)
            if len(log["calls"]) >= count:
                return list(log["calls"])

    async def wait_for_call(
        self, method: str, wanted: Callable[[Json], bool], *, timeout_s: float = 15.0
    ) -> Json:
        """Returns the first call of `method`, made already or still to come, that satisfies `wanted`."""
        deadline, seen = Deadline(timeout_s), 0
        while True:
            wait = deadline.poll_s(f"no such call of {method}")
            log = await self.wire.get("/sandbox/calls", method=method, count=seen + 1, wait=wait)
            if found := next((call for call in log["calls"] if wanted(call)), None):
                return dict(found)
            seen = len(log["calls"])

    async def wait_until_read(self, *, timeout_s: float = 15.0) -> None:
        """Waits until the bot has taken and confirmed every update (its handlers may still run)."""
        deadline = Deadline(timeout_s)
        while True:
            state = await self.wire.get("/sandbox/updates", wait=deadline.poll_s("updates are left unread"))
            if state["pending"] == 0:
                return

    async def page_requests(self) -> list[str]:
        """Returns the public pages that were asked for, oldest first."""
        return list((await self.wire.get("/sandbox/pages"))["requests"])

    async def page_trouble(self, kind: str, detail: str = "", *, times: int = 1) -> None:
        """Meets the next requests for a page with busy, broken, moved, huge, packed, slow or nested.

        `detail`: the Retry-After of busy, the Location of moved.
        """
        await self.wire.post("/sandbox/pages/troubles", kind=kind, detail=detail, times=times)

    async def inject(self, update: Json) -> int:
        """Queues any raw update (without update_id); returns its update_id."""
        return int((await self.wire.post("/sandbox/updates", update=update))["update_id"])
