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
from storage.system import collection

SOON_S = 0.05  # what has ended within this was in no danger
log = structlog.stdlib.get_logger(__name__)


class Begun:
    """Keeps the counts in the database as they should be: a run that goes on is counted once, one that waits is not.

    What should be and what is are known here; one transaction at a time brings them together.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: dict[int, bool] = {}  # what is, by the update that is being handled
        self._waits: Counter[int] = Counter()  # by the update whose run waits
        self._turn = asyncio.Lock()
        self._tasks = Tasks()
        self._is_counting = False

    async def start(self, first: Sequence[int], again: Sequence[int]) -> None:
        """Begins the run of the task that calls: `first` were never run before, `again` in an earlier life."""
        await self.begin_again(again)
        self.begin(first)
        _RUN.set((self, (*first, *again)))

    def begin(self, update_ids: Iterable[int]) -> None:
        """Begins first runs; returns at once."""
        self._run(update_ids)
        if not self._is_counting:
            self._is_counting = True
            self._tasks.start(self._count(), name="count runs")

    async def begin_again(self, update_ids: Sequence[int]) -> None:
        """Begins later runs; returns when they are counted."""
        if update_ids:
            self._run(update_ids)
            await self._settle()

    def end(self, update_ids: Iterable[int]) -> None:
        for update_id in update_ids:
            self._counted.pop(update_id, None)

    async def pause(self, update_ids: Sequence[int]) -> None:
        """Returns when none of them is counted; a count that is on its way is taken back afterwards."""
        self._waits.update(update_ids)
        if any(self._counted.get(one) for one in update_ids):
            await self._settle()

    async def go_on(self, update_ids: Sequence[int]) -> None:
        """Returns when those that wait for nothing any more, and have not ended, are counted again."""
        self._waits.subtract(update_ids)
        self._waits += Counter()  # keeps those that wait
        await self._settle()

    async def close(self) -> None:
        """Closes the count: runs that an ordered stop cut off were no failures and are not counted."""
        self._waits.update(list(self._counted))
        await self._settle()
        await self._tasks.finish(timeout_s=SOON_S)

    def _run(self, update_ids: Iterable[int]) -> None:
        for one in update_ids:
            self._counted.setdefault(one, False)

    async def _settle(self) -> None:
        async with self._turn:
            if not self._amiss():
                return
            async with self._database.begin() as conn:
                amiss = self._amiss()  # when it is our turn to write, most have ended
                for should_be, change in (True, collection.begin_again), (False, collection.forget_runs):
                    if changed := [one for one, wanted in amiss.items() if wanted == should_be]:
                        await change(conn, changed)
            self._counted.update({one: wanted for one, wanted in amiss.items() if one in self._counted})

    def _amiss(self) -> dict[int, bool]:
        """Returns whether each run should be counted that is not as it should be."""
        should_be = {one: not self._waits[one] for one in self._counted}
        return {one: wanted for one, wanted in should_be.items() if wanted != self._counted[one]}

    async def _count(self) -> None:
        try:
            await asyncio.sleep(SOON_S)
            while self._amiss():
                await self._settle()
                await asyncio.sleep(SOON_S)
        except StorageError as error:
            log.warning("runs are not counted", reason=str(error))
        finally:
            self._is_counting = False


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
