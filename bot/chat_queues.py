"""Order within a chat, chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from bot.tasks import Tasks

T = TypeVar("T")
log = structlog.stdlib.get_logger(__name__)


class ChatQueues(Generic[T]):
    """Hands the items of one chat to `handle` one after another; at most `at_once` items are handled together."""

    def __init__(self, handle: Callable[[T], Awaitable[None]], *, at_once: int) -> None:
        self._handle = handle
        self._slots = asyncio.Semaphore(at_once)
        self._chats: dict[int, deque[T]] = {}
        self._tasks = Tasks()
        self._closing = False
        self._waiting = 0
        self._shrunk = asyncio.Event()

    def put(self, chat: int, item: T) -> None:
        self._waiting += 1
        if chat in self._chats:
            self._chats[chat].append(item)
        else:
            self._chats[chat] = deque([item])
            self._tasks.start(self._work_off(chat), name=f"chat {chat}")

    def take(self, chat: int, wanted: Callable[[T], bool]) -> list[T]:
        """Out of the order of a chat, for the handler of one of its items: those that belong to it."""
        waiting = self._chats.get(chat, deque())
        taken = [item for item in waiting if wanted(item)]
        if taken:
            kept = [item for item in waiting if not wanted(item)]
            waiting.clear()
            waiting.extend(kept)
            self._waiting -= len(taken)
            self._shrunk.set()
        return taken

    @property
    def waiting(self) -> int:
        return self._waiting

    async def below(self, limit: int) -> None:
        """Wait until fewer than `limit` items are here."""
        while self._waiting >= limit:
            self._shrunk.clear()
            await self._shrunk.wait()

    async def close(self, *, timeout_s: float) -> bool:
        """Begin nothing more; give what runs `timeout_s`, then cancel it. False if something was cut off."""
        self._closing = True
        return await self._tasks.finish(timeout_s=timeout_s)

    async def _work_off(self, chat: int) -> None:
        items = self._chats[chat]
        try:
            while items and not self._closing:
                async with self._slots:
                    await self._handle_one(items.popleft())
        finally:
            del self._chats[chat]

    async def _handle_one(self, item: T) -> None:
        try:
            if not self._closing:  # it may have begun while this one waited for a slot
                await self._handle(item)
        except Exception:
            log.exception("an item of a chat failed")  # and the chat's next ones go on
        finally:
            self._waiting -= 1
            self._shrunk.set()
