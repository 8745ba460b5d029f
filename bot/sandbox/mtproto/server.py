"""The server: connections, sessions, and what it remembers of them."""

import asyncio
import os
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from telethon.tl import functions, types

from bot.sandbox.hooks import Call, DropConnection, Hooks
from bot.sandbox.mtproto import secrets
from bot.sandbox.mtproto.answers import Answers, RefusedError, refusal
from bot.sandbox.mtproto.envelope import (
    UNKNOWN_KEY,
    ClientMessage,
    Frames,
    MessageIds,
    Sealer,
    Sending,
    in_clear,
    open_sealed,
    read_clear,
    result,
)
from bot.sandbox.mtproto.exchange import Exchange
from bot.sandbox.mtproto.troubles import Troubles
from bot.sandbox.world import World

_AROUND = (
    functions.InvokeWithLayerRequest,
    functions.InitConnectionRequest,
    functions.InvokeWithoutUpdatesRequest,
)
_PINGS = (functions.PingRequest, functions.PingDelayDisconnectRequest)
_NEVER = 3600  # seconds of silence


@dataclass(frozen=True, slots=True)
class MtprotoRequest:
    """A request as it came; `no_updates`: whoever asked wants none."""

    method: str
    no_updates: bool
    numbers: int  # of messages
    key_id: int


@dataclass(slots=True)
class Talk:
    """One connection: the key in the making, and the session once there is one."""

    frames: Frames
    ids: MessageIds = field(default_factory=MessageIds)
    exchange: Exchange = field(default_factory=Exchange)
    sealers: dict[int, Sealer] = field(default_factory=dict)
    wants_salt: bool = False


class MtprotoServer:
    def __init__(self, world: World) -> None:
        self.troubles = Troubles()
        self.hooks = Hooks()
        self.asked: list[MtprotoRequest] = []
        self.connections = 0
        self.acknowledged: set[int] = set()
        self._answers = Answers(world, self.troubles)
        self._keys: dict[int, Any] = {}
        # The id a key was agreed on under, by each id it may come back under.
        self._agreed: dict[int, int] = {}
        self._salt = int.from_bytes(os.urandom(7), "little")
        self._server: asyncio.Server | None = None
        self._talking: set[asyncio.Task[Any]] = set()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def how_to_connect(self) -> dict[str, str | int]:
        return {"host": "127.0.0.1", "port": self.port, "public_key": secrets.public_key_text()}

    def forget(self, *, keys: bool = False) -> None:
        """Forgets who had logged in; with `keys` the server has never heard of them."""
        self._answers.logged_in.clear()
        if keys:
            self._keys.clear()
            self._agreed.clear()

    def remember(self, key: Any) -> None:
        """Remembers a key under every id that the client may have for it: who logs in by one is logged in by all."""
        known = {one.key_id: one for one in secrets.as_kept(key)}
        self._keys.update(known)
        self._agreed.update(dict.fromkeys(known, key.key_id))

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self._answers.address = ("127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for talking in self._talking:
            talking.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)
        self._server = None

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        talk = Talk(Frames(reader, writer), wants_salt=self.troubles.of_connection("salt"))
        ends = (asyncio.IncompleteReadError, ConnectionError, DropConnection, asyncio.CancelledError)
        with suppress(
            *ends
        ):  # the client goes, a trouble cuts the line, or the server stops: each ends the talk
            if not self.troubles.of_connection("close"):
                while True:
                    await self._hear(talk, await talk.frames.read())
        self._talking.discard(task)
        await talk.frames.close()

    async def _hear(self, talk: Talk, payload: bytes) -> None:
        (key_id,) = struct.unpack("<Q", payload[:8])
        if key_id == 0:
            await talk.frames.write(in_clear(talk.ids.next(), talk.exchange.answer(read_clear(payload))))
            if (key := talk.exchange.key) is not None:
                self.remember(key)
            return
        if key_id not in self._keys:
            await talk.frames.write(UNKNOWN_KEY)
            raise ConnectionError("a key that nobody knows")
        key = self._keys[key_id]
        opened = open_sealed(payload, key)
        is_new = opened.session_id not in talk.sealers
        sealer = talk.sealers.setdefault(opened.session_id, Sealer(key, opened.session_id, self._salt))
        sending = [self._greeting(opened.said[0])] if is_new else []
        for said in opened.said:
            sending += await self._answer(talk, said, self._agreed[key_id])
        if sending:
            await talk.frames.write(sealer.seal(talk.ids, sending))

    def _greeting(self, first: ClientMessage) -> Sending:
        made = types.NewSessionCreated(first_msg_id=first.message_id, unique_id=1, server_salt=self._salt)
        return Sending(bytes(made))

    async def _answer(self, talk: Talk, said: ClientMessage, key_id: int) -> list[Sending]:
        body, no_updates = said.body, False
        while isinstance(body, _AROUND):
            no_updates |= isinstance(body, functions.InvokeWithoutUpdatesRequest)
            body = body.query
        if isinstance(body, types.MsgsAck):
            self.acknowledged.update(body.msg_ids)
            return []
        if talk.wants_salt:
            talk.wants_salt = False
            wrong = types.BadServerSalt(said.message_id, said.sequence, 48, self._salt)
            return [Sending(bytes(wrong), counts=False)]
        if isinstance(body, _PINGS):
            return [Sending(bytes(types.Pong(msg_id=said.message_id, ping_id=body.ping_id)), counts=False)]
        received = Sending(bytes(types.MsgsAck([said.message_id])), counts=False)
        return [received, result(said.message_id, await self._carry_out(body, no_updates, key_id))]

    async def _carry_out(self, request: Any, no_updates: bool, key_id: int) -> bytes:
        """Returns the answer to a request. Raises DropConnection where the connection is to be cut."""
        name = type(request).__name__.removesuffix("Request")
        numbers = len(request.id) if name == "GetMessages" else 0
        self.asked.append(MtprotoRequest(name, no_updates, numbers, key_id))
        call = Call(name, {"numbers": numbers})
        await self.hooks.run_before(call)
        trouble = self.troubles.of_request(name)
        if trouble is not None and trouble.kind in ("flood", "error"):
            return refusal(*trouble.error)
        if trouble is not None and trouble.kind == "silent":
            await asyncio.sleep(_NEVER)
        if trouble is not None:
            raise DropConnection
        try:
            answered = self._answers.to(request, key_id)
        except RefusedError as error:
            return refusal(error.code, error.name)
        await self.hooks.run_after(call)
        return answered
