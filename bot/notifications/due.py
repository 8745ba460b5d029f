"""Every tick: what is due is handed to its runner, which claims it and puts what comes of it into the outbox."""

import asyncio

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
    """Runs each due schedule once, several side by side. What fails stays due till the next tick."""
    seen: set[int] = set()
    gate = asyncio.Semaphore(SIDE_BY_SIDE)
    while True:
        async with services.database.read() as conn:
            waiting = await due.due_schedules(conn, _now(services), PAGE + len(seen))
        fresh = [schedule for schedule in waiting if schedule.id not in seen]
        if not fresh:
            return
        seen.update(schedule.id for schedule in fresh)
        async with asyncio.TaskGroup() as running:
            for schedule in fresh:
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
