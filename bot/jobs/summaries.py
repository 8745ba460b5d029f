"""A summary whose time has come: its days are fixed, and it goes into the outbox. Words and picture are made when it leaves."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.jobs.due import claim
from bot.jobs.evaluate import judge_workspace, settle
from bot.jobs.settling import Hearing
from bot.reports.digest.request import covered
from bot.services import Services
from bot.unasked.preferences import is_paused, not_before
from metrics.periods import local_date
from storage import deliveries, schedules, workspaces
from storage.deliveries import Delivery
from storage.engine import Connection
from storage.schedules import Schedule
from storage.workspaces import Workspace


async def run_digest(services: Services, schedule: Schedule) -> None:
    """Where nobody asked for alerts, drops are evaluated here, for the lines of the summary alone."""
    async with services.database.read() as conn:
        alerts = await schedules.get(conn, schedule.workspace_id, "alerts")
        workspace = await workspaces.get(conn, schedule.workspace_id)
    if workspace is None:
        return
    now = int(services.clock.now().timestamp())
    done = None
    if alerts is None or not alerts.is_on:
        done = await judge_workspace(services, workspace.id, alerts)
    async with services.database.begin() as conn:
        if not await claim(conn, schedule, now):
            return
        if done is not None:
            await settle(conn, done, Hearing(is_told=False, muted={}))
        if not is_paused(schedule, now):
            await _enqueue(conn, schedule, workspace, now)


async def _enqueue(conn: Connection, schedule: Schedule, workspace: Workspace, now: int) -> None:
    """What is still waiting from before is folded into this one."""
    due_at, zone = schedule.next_due_at or now, ZoneInfo(workspace.zone)
    folded = await deliveries.fold(conn, workspace.id, "digest", before=due_at)
    first, last = covered(schedule.frequency, local_date(now, zone))
    missed = _missed(schedule, folded, local_date(due_at, zone), first)
    await deliveries.enqueue(
        conn,
        workspace.id,
        kind="digest",
        subject=schedule.frequency,
        due_at=due_at,
        payload=_payload(schedule.frequency, first, last, missed),
        thread_id=schedule.thread_id,
        not_before=not_before(schedule, workspace.zone, now),
        now=now,
    )


def _payload(frequency: str, first: date, last: date, missed: date | None) -> dict[str, Any]:
    return {
        "frequency": frequency,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "missed_since": None if missed is None else missed.isoformat(),
    }


def _missed(schedule: Schedule, folded: list[Delivery], due_on: date, first: date) -> date | None:
    """The first day that no summary told of: of those taken back, and of the time nobody was there to send any."""
    days = [one.payload["missed_since"] or one.payload["first"] for one in folded]
    earliest = min([covered(schedule.frequency, due_on)[0], *map(date.fromisoformat, days)])
    return earliest if earliest < first else None
