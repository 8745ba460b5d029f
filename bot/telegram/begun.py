"""Runs are counted where they begin: what merely waited when the program died has no part in its death.

A first run never waits for its count, because the count may have to wait for somebody else's long write. It is written
beside the run, for many at once, and not at all for what ends sooner. A later run is counted before it begins: one that
ends the program within a moment, at every start, is known by then.
"""

import asyncio
from collections.abc import Iterable

import structlog

from bot.core.tasks import Tasks
from storage.engine import Database, StorageError
from storage.system import collection as everywhere_collection

SOON_S = 0.05  # what has ended within this was in no danger
log = structlog.stdlib.get_logger(__name__)


class Begun:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: dict[int, bool] = {}  # by the update that is being handled
        self._tasks = Tasks()
        self._is_counting = False

    def begin(self, update_ids: Iterable[int]) -> None:
        """First runs; returns at once."""
        self._counted.update(dict.fromkeys(update_ids, False))
        if not self._is_counting:
            self._is_counting = True
            self._tasks.start(self._count(), name="count runs")

    async def begin_again(self, update_ids: Iterable[int]) -> None:
        """Later runs; returns when they are counted."""
        again = list(update_ids)
        if again:
            async with self._database.begin() as conn:
                await everywhere_collection.begin_again(conn, again)
            self._counted.update(dict.fromkeys(again, True))

    def end(self, update_ids: Iterable[int]) -> None:
        for update_id in update_ids:
            self._counted.pop(update_id, None)

    async def close(self) -> None:
        """Runs that an ordered stop cut off were no failures: they are not counted."""
        await self._tasks.finish(timeout_s=SOON_S)
        cut_off = [update_id for update_id, is_counted in self._counted.items() if is_counted]
        if cut_off:
            async with self._database.begin() as conn:
                await everywhere_collection.forget_runs(conn, cut_off)

    async def _count(self) -> None:
        try:
            await asyncio.sleep(SOON_S)
            while self._uncounted():
                async with self._database.begin() as conn:
                    going_on = self._uncounted()  # when it is our turn to write, most have ended
                    if going_on:
                        await everywhere_collection.begin_again(conn, going_on)
                self._counted.update({one: True for one in going_on if one in self._counted})
                await asyncio.sleep(SOON_S)
        except StorageError as error:
            log.warning("runs are not counted", reason=str(error))
        finally:
            self._is_counting = False

    def _uncounted(self) -> list[int]:
        return [update_id for update_id, is_counted in self._counted.items() if not is_counted]
