"""A place among those who are handled at the same time, not held by whoever waits for a network."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType


class Slot:
    """Holds the place of a handler's run until it ends, or begins to wait for a network slow by intent."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots = slots
        self._is_held = True
        self._freed = asyncio.Event()

    def free(self) -> None:
        """Frees the place: the chat's next update begins, and what goes on is finished beside it."""
        self._freed.set()
        self._give()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[None]:
        """Lends the place to another chat within the block; the chat's own next update waits as before."""
        if not self._is_held:  # freed, or lent by a block around this one
            yield
            return
        self._give()
        try:
            yield
        finally:
            if not self._freed.is_set():
                await self._slots.acquire()
                self._is_held = True

    async def freed(self) -> None:
        await self._freed.wait()

    def _give(self) -> None:
        if self._is_held:
            self._is_held = False
            self._slots.release()


HELD: ContextVar[Slot | None] = ContextVar("slot", default=None)


def free_slot() -> None:
    """Frees the slot of the handler that runs here; nothing happens outside of handlers."""
    if slot := HELD.get():
        slot.free()


@asynccontextmanager
async def lent_slot() -> AsyncIterator[None]:
    """Lends the slot of the handler that runs here; nothing happens outside of handlers."""
    slot = HELD.get()
    if slot is None:
        yield
        return
    async with slot.lent():
        yield


class LendSlots(BaseRequestMiddleware):
    """Lends the place to another chat during every call of the Bot API.

    Whatever the call waits for: its server, a 429, a share of the sends.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        async with lent_slot():
            return await make_request(bot, method)
