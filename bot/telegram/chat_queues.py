"""Order within a chat, chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from bot.core.tasks import Tasks
from bot.telegram.slots import HELD, Slot

T = TypeVar("T")
log = structlog.stdlib.get_logger(__name__)


MOST_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Together(Generic[T]):
    """Items that may be handled in one go, as long as they follow each other."""

    fits: Callable[[T], bool]
    handle: Callable[[list[T]], Awaitable[None]]


class ChatQueues(Generic[T]):
    """Hands the items of one chat to `handle` one after another; at most `at_once` chats are served at a time.

    Of `together` items all that wait in a row are handed over at once. A run that frees its slot before it ends goes on
    beside the others; `close` waits for it as well.
    """

    def __init__(
        self,
        handle: Callable[[T], Awaitable[None]],
        *,
        at_once: int,
        together: Together[T] | None = None,
    ) -> None:
        self._handle = handle
        self._together = together
        self._slots = asyncio.Semaphore(at_once)
        self._chats: dict[int, deque[T]] = {}
        self._held: dict[int, asyncio.Event] = {}
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

    def hold(self, chat: int) -> None:
        """Holds a chat: nothing of it begins until it is let go."""
        self._held.setdefault(chat, asyncio.Event())

    def let_go(self, chat: int) -> None:
        if held := self._held.pop(chat, None):
            held.set()

    async def done(self, chat: int) -> None:
        """Waits until nothing of this chat waits or holds a place."""
        while chat in self._chats:
            self._shrunk.clear()
            await self._shrunk.wait()

    def take(self, chat: int, wanted: Callable[[T], bool]) -> list[T]:
        """Takes out of a chat's order, for the handler of one of its items, those that belong to it."""
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
        """Waits until fewer than `limit` items are here."""
        while self._waiting >= limit:
            self._shrunk.clear()
            await self._shrunk.wait()

    async def close(self, *, timeout_s: float) -> bool:
        """Begins nothing more; gives what runs `timeout_s`, then cancels it; False if something was cut."""
        self._closing = True
        for chat in list(self._held):
            self.let_go(chat)
        return await self._tasks.finish(timeout_s=timeout_s)

    async def _work_off(self, chat: int) -> None:
        items = self._chats[chat]
        try:
            if held := self._held.get(chat):
                await held.wait()
            while items and not self._closing:
                await self._slots.acquire()
                slot = Slot(self._slots)
                self._tasks.start(self._handle_in(slot, self._next_run(items)), name=f"run of chat {chat}")
                await slot.freed()
        finally:
            del self._chats[chat]
            self._shrunk.set()

    async def _handle_in(self, slot: Slot, run: list[T]) -> None:
        """Handles a run in a task of its own: one that gives its slot back goes on beside the chat's next."""
        HELD.set(slot)
        try:
            await self._handle_run(run)
        finally:
            slot.free()

    def _next_run(self, items: deque[T]) -> list[T]:
        run = [items.popleft()]
        if self._together is not None and self._together.fits(run[0]):
            while items and len(run) < MOST_TOGETHER and self._together.fits(items[0]):
                run.append(items.popleft())
        return run

    async def _handle_run(self, run: list[T]) -> None:
        try:
            if self._closing:  # it may have begun while this one waited for a slot
                return
            if self._together is not None and self._together.fits(run[0]):
                await self._together.handle(run)
            else:
                await self._handle(run[0])
        except Exception:
            log.exception("an item of a chat failed")  # and the chat's next ones go on
        finally:
            self._waiting -= len(run)
            self._shrunk.set()
