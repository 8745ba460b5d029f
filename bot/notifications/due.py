"""Every tick: what is due is handed to its runner, which claims it and puts what comes of it into the outbox."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.core import tracing
from bot.notifications.kind import Kinds
from bot.notifications.recurrence import next_due
from bot.notifications.services import Services
from storage.engine import Connection
from storage.system import due
from storage.workspace import workspaces
from storage.workspace.schedules import Schedule

PAGE = 1_000
SIDE_BY_SIDE = 3
log = structlog.stdlib.get_logger(__name__)


async def run_due(services: Services, kinds: Kinds) -> None:
    """Runs each due schedule once, several side by side. What fails stays due till the next tick.

    What others tell of comes first: a summary of the same minute knows what the alerts have found.
    """
    seen: set[int] = set()
    later: list[Schedule] = []
    while True:
        async with services.database.read() as conn:
            waiting = await due.due_schedules(conn, _now(services), PAGE + len(seen))
        fresh = [schedule for schedule in waiting if schedule.id not in seen]
        if not fresh:
            break
        seen.update(schedule.id for schedule in fresh)
        await _run_all(services, kinds, [one for one in fresh if _is_first(one, kinds)])
        later += [one for one in fresh if not _is_first(one, kinds)]
    await _run_all(services, kinds, later)


def _is_first(schedule: Schedule, kinds: Kinds) -> bool:
    kind = kinds.get(schedule.kind)
    return kind is not None and kind.is_first


async def _run_all(services: Services, kinds: Kinds, schedules: Sequence[Schedule]) -> None:
    gate = asyncio.Semaphore(SIDE_BY_SIDE)
    async with asyncio.TaskGroup() as running:
        for schedule in schedules:
            running.create_task(_run(services, kinds, schedule, gate))


async def claim(conn: Connection, schedule: Schedule, now: int) -> bool:
    """Tells whether it is this caller's to do; the next one comes after `now`.

    A day missed is not caught up with.
    """
    workspace = await workspaces.get(conn, schedule.workspace_id)
    if workspace is None or schedule.next_due_at is None:
        return False
    following = next_due(schedule, workspace.zone, now)
    return await due.claim_due(conn, schedule.id, schedule.next_due_at, following)


async def _run(services: Services, kinds: Kinds, schedule: Schedule, gate: asyncio.Semaphore) -> None:
    tracing.begin("s", schedule.id)
    async with gate:
        await services.answering.stand_aside()
        try:
            run = kinds[schedule.kind].run
            assert run is not None
            await run(services, schedule)
        except Exception:
            log.exception("what was due failed", schedule=schedule.id, kind=schedule.kind)


def _now(services: Services) -> int:
    return int(services.clock.now().timestamp())
