"""Once a minute: let go of what has served its time, by the ages of `storage.retention`.

Every transaction is short, and what was cut off goes on at the next run: what is left to do is in the database.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.core.clock import Clock
from storage.bulk import chunks
from storage.engine import ConflictError, Database
from storage.system import housekeeping, thinning

BUDGET_S = 20.0  # of each minute; the rest goes on in the next one
ROWS_AT_ONCE = 100
Sweep = Callable[[Path], None]


async def sweep_files(data_dir: Path, sweeps: Sequence[Sweep]) -> None:
    """Removes files that nobody waits for any more."""
    for sweep in sweeps:
        await asyncio.to_thread(sweep, data_dir)


async def keep_house(database: Database, clock: Clock, budget_s: float = BUDGET_S) -> bool:
    """Runs every chore; False where time was up before all were done."""
    now, end_s = int(clock.now().timestamp()), time.monotonic() + budget_s
    for chore in housekeeping.CHORES:
        while await housekeeping.forget_some(database, chore, now):
            if time.monotonic() > end_s:
                return False
    while await housekeeping.forget_watched(database, now):
        if time.monotonic() > end_s:
            return False
    return await _thin(database, now, end_s)


async def _thin(database: Database, now: int, end_s: float) -> bool:
    for level in thinning.LEVELS:
        while due := await _due(database, level, now):
            for channel_id in due:
                if time.monotonic() > end_s:
                    return False
                await _thin_channel(database, level, channel_id, now, end_s)
    return True


async def _due(database: Database, level: str, now: int) -> list[int]:
    async with database.read() as conn:
        return await thinning.due_channels(conn, level, now)


async def _thin_channel(database: Database, level: str, channel_id: int, now: int, end_s: float) -> None:
    """Thins a channel's readings; the rest of the channel is due again where time was up."""
    is_last = False
    while not is_last and time.monotonic() <= end_s:
        async with database.read() as conn:
            part = await thinning.next_part(conn, level, channel_id, now)
        for ids in chunks(part.ids, ROWS_AT_ONCE):
            async with database.begin() as conn:
                await thinning.forget(conn, part, ids)
        try:
            async with database.begin() as conn:
                await thinning.note_done(conn, part, now)
        except ConflictError:  # the channel was removed in this moment, or another process was faster
            return
        is_last = part.is_last
