"""A summary whose time has come: its days are fixed, and it goes into the outbox. Words and picture are made when it leaves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.drops.judging import judge_workspace, settle
from bot.answers.drops.settling import Hearing
from bot.features.summaries.composing import make_digest_ahead, without_old_files
from bot.features.summaries.request import covered
from bot.notifications.due import claim
from bot.notifications.preferences import chosen, is_paused, not_before
from bot.notifications.services import Services
from metrics.drops.parameters import COMPARED_AT_H, METRICS
from metrics.periods import local_date
from storage.engine import Connection
from storage.workspace import channels, deliveries, episodes, schedules, workspaces
from storage.workspace.deliveries import Delivery
from storage.workspace.schedules import Schedule
from storage.workspace.workspaces import Workspace

UNHEARD = Hearing(is_told=False, muted={})  # for the lines of the summary alone


@dataclass(frozen=True, slots=True)
class _Plan:
    """Holds what a summary is made from, ahead or when it is due.

    `is_judged`: its drops need no look of its own.
    """

    workspace: Workspace
    alerts: Schedule | None
    is_judged: bool


async def run_digest(services: Services, schedule: Schedule) -> None:
    """Runs a summary; where nobody asked for alerts, drops are evaluated here for its lines alone."""
    now = int(services.clock.now().timestamp())
    plan = await _plan(services, schedule, now)
    if plan is None:
        return
    done = None if plan.is_judged else await judge_workspace(services, plan.workspace.id, plan.alerts)
    async with services.database.begin() as conn:
        if not await claim(conn, schedule, now):
            return
        if done is not None:
            await settle(conn, done, UNHEARD)
        if not is_paused(schedule, now) and await _has_news(conn, schedule, plan.workspace, now):
            await _enqueue(conn, schedule, plan.workspace, now)


async def prepare_digest(services: Services, schedule: Schedule) -> None:
    """Prepares what takes long while nobody waits: drops are judged, then picture and words made."""
    now = int(services.clock.now().timestamp())
    plan = await _plan(services, schedule, now)
    if plan is None:
        return
    if not plan.is_judged and _may_be_judged(schedule, plan.workspace, now):
        done = await judge_workspace(services, plan.workspace.id, plan.alerts)
        if done is not None:
            async with services.database.begin() as conn:
                await settle(conn, done, UNHEARD)
    await make_digest_ahead(services, schedule)


async def _plan(services: Services, schedule: Schedule, now: int) -> _Plan | None:
    """Returns the plan; None where the workspace is gone."""
    async with services.database.read() as conn:
        workspace = await workspaces.get(conn, schedule.workspace_id)
        if workspace is None:
            return None
        alerts = await schedules.get(conn, workspace.id, "alerts")
        return _Plan(workspace, alerts, await _is_judged(conn, workspace, alerts, now))


async def _has_news(conn: Connection, schedule: Schedule, workspace: Workspace, now: int) -> bool:
    """Tells whether any channel of a daily summary lives of more than an old file.

    Of a workspace without channels nobody is told.
    """
    meant = chosen(schedule, await channels.visible(conn, workspace.id))
    if schedule.frequency != "daily" or not meant:
        return True
    return bool(await without_old_files(conn, workspace, meant, now))


def _may_be_judged(schedule: Schedule, workspace: Workspace, now: int) -> bool:
    """Tells whether drops may be judged: on the due date, once yesterday's last post is old enough."""
    zone = ZoneInfo(workspace.zone)
    is_due_today = local_date(schedule.next_due_at or 0, zone) == local_date(now, zone)
    return is_due_today and datetime.fromtimestamp(now, zone).hour >= COMPARED_AT_H["views"]


async def _is_judged(conn: Connection, workspace: Workspace, alerts: Schedule | None, now: int) -> bool:
    """Tells whether this date's drops were judged before, or will be by alerts that somebody asked for."""
    if alerts is not None and alerts.is_on:
        return True
    meant = chosen(alerts, await channels.visible(conn, workspace.id))
    known = await episodes.evaluated(conn, workspace.id, local_date(now, ZoneInfo(workspace.zone)))
    return known.issuperset((channel.id, metric) for channel in meant for metric in METRICS)


async def _enqueue(conn: Connection, schedule: Schedule, workspace: Workspace, now: int) -> None:
    """Enqueues a summary; what is still waiting from before is folded into this one."""
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
    """Returns the first day that no summary told of, or None.

    That is of those taken back, and of the time nobody was there to send any.
    """
    days = [one.payload["missed_since"] or one.payload["first"] for one in folded]
    earliest = min([covered(schedule.frequency, due_on)[0], *map(date.fromisoformat, days)])
    return earliest if earliest < first else None
