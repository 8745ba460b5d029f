"""Runs are counted where they begin: what merely waited when the program died has no part in its death.

A first run never waits for its count, because the count may have to wait for somebody else's long write. It is written
beside the run, for many at once, and not at all for what ends sooner. A later run is counted before it begins: one that
ends the program within a moment, at every start, is known by then. While a run only waits for a service elsewhere it
is not counted either, or a long wait would be blamed for whatever ends the program meanwhile.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar

import structlog

from bot.core.tasks import Tasks
from bot.telegram.slots import free_slot
from storage.engine import Database, StorageError
from storage.system import collection as everywhere_collection

SOON_S = 0.05  # what has ended within this was in no danger
log = structlog.stdlib.get_logger(__name__)


class Begun:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: dict[int, bool] = {}  # by the update that is being handled
        self._waits: Counter[int] = Counter()  # by the update whose run waits
        self._tasks = Tasks()
        self._is_counting = False

    async def start(self, first: Sequence[int], again: Sequence[int]) -> None:
        """Begins the run of the task that calls: `first` were never run before, `again` in an earlier life."""
        await self.begin_again(again)
        self.begin(first)
        _RUN.set((self, (*first, *again)))

    def begin(self, update_ids: Iterable[int]) -> None:
        """Begins first runs; returns at once."""
        self._counted.update(dict.fromkeys(update_ids, False))
        if not self._is_counting:
            self._is_counting = True
            self._tasks.start(self._count(), name="count runs")

    async def begin_again(self, update_ids: Iterable[int]) -> None:
        """Begins later runs; returns when they are counted."""
        again = list(update_ids)
        if again:
            async with self._database.begin() as conn:
                await everywhere_collection.begin_again(conn, again)
            self._counted.update(dict.fromkeys(again, True))

    def end(self, update_ids: Iterable[int]) -> None:
        for update_id in update_ids:
            self._counted.pop(update_id, None)

    async def pause(self, update_ids: Sequence[int]) -> None:
        """Returns when none of them is counted."""
        counted = [one for one in update_ids if not self._waits[one] and self._counted.get(one)]
        self._waits.update(update_ids)
        self._counted.update(dict.fromkeys(counted, False))
        await self._forget(counted)

    async def go_on(self, update_ids: Sequence[int]) -> None:
        """Returns when those that wait for nothing any more, and have not ended, are counted again."""
        self._waits.subtract(update_ids)
        ready = [one for one in update_ids if not self._waits[one]]
        for one in ready:
            del self._waits[one]
        await self.begin_again(one for one in ready if one in self._counted)

    async def close(self) -> None:
        """Closes the count: runs that an ordered stop cut off were no failures and are not counted."""
        await self._tasks.finish(timeout_s=SOON_S)
        await self._forget([update_id for update_id, is_counted in self._counted.items() if is_counted])

    async def _forget(self, counted: Sequence[int]) -> None:
        if counted:
            async with self._database.begin() as conn:
                await everywhere_collection.forget_runs(conn, counted)

    async def _count(self) -> None:
        try:
            await asyncio.sleep(SOON_S)
            while self._uncounted():
                async with self._database.begin() as conn:
                    going_on = self._uncounted()  # when it is our turn to write, most have ended
                    if going_on:
                        await everywhere_collection.begin_again(conn, going_on)
                there = [one for one in going_on if one in self._counted]
                self._counted.update({one: not self._waits[one] for one in there})
                await self._forget(
                    [one for one in going_on if self._waits[one]]
                )  # it began to wait meanwhile
                await asyncio.sleep(SOON_S)
        except StorageError as error:
            log.warning("runs are not counted", reason=str(error))
        finally:
            self._is_counting = False

    def _uncounted(self) -> list[int]:
        return [one for one, is_counted in self._counted.items() if not is_counted and not self._waits[one]]


_RUN: ContextVar[tuple[Begun, Sequence[int]] | None] = ContextVar("run", default=None)


@asynccontextmanager
async def waiting_elsewhere() -> AsyncIterator[None]:
    """Frees the handler's slot around a wait for a service other than Telegram; its run is not counted.

    Nothing happens outside of handlers.
    """
    free_slot()
    run = _RUN.get()
    if run is None:
        yield
        return
    begun, update_ids = run
    await begun.pause(update_ids)
    try:
        yield
    except asyncio.CancelledError:  # an ordered stop cuts it off: it does not go on
        raise
    except BaseException:
        await begun.go_on(update_ids)
        raise
    await begun.go_on(update_ids)
