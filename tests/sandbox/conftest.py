"""A sandbox in this process and a real aiogram bot that talks to it over HTTP."""

import struct
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from bot.demo.client import Person, Sandbox

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVERY_KIND = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
]


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started(now=NOON) as started:
        yield started


@pytest.fixture
async def bot(box: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(box.url))
    # Closed by hand: aiogram's own close sleeps a quarter of a second.
    async with await session.create_session():
        yield Bot(box.token, session=session)


@pytest.fixture
async def ann(box: Sandbox, bot: Bot) -> Person:
    """A person who has opened the bot; that update is read."""
    person = await box.person("Ann", language="en", username="ann")
    await person.start()
    await Inbox(bot).read()
    return person


class Inbox:
    """Reads updates as the bot would, confirming them."""

    def __init__(self, bot: Bot, allowed: list[str] | None = None) -> None:
        self.bot = bot
        self.offset = 0
        self.allowed = allowed

    async def read(self) -> list[Update]:
        found = await self.bot.get_updates(offset=self.offset, timeout=0, allowed_updates=self.allowed)
        if found:
            self.offset = found[-1].update_id + 1
            await self.bot.get_updates(offset=self.offset, timeout=0)
        return found

    async def kinds(self) -> list[str]:
        return [update.event_type for update in await self.read()]

    async def one(self) -> Update:
        """The only update there is."""
        (update,) = await self.read()
        return update


@pytest.fixture
async def inbox(bot: Bot) -> Inbox:
    """An inbox that asked for every kind of update."""
    listening = Inbox(bot, EVERY_KIND)
    await listening.read()
    return listening


def png(width: int, height: int) -> bytes:
    """A real picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x40" * width) * height, 1)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
