"""Drops, once a local date: judged, then moved on and told in one transaction."""

from bot.jobs.due import claim
from bot.jobs.settling import Hearing, News
from bot.reports.alert.judging import Evaluated, judge_workspace, settle
from bot.services import Services
from bot.unasked.preferences import is_paused, not_before
from storage import deliveries, schedules
from storage.engine import Connection
from storage.schedules import Schedule


async def run_alerts(services: Services, schedule: Schedule) -> None:
    """What falls is told in one message a workspace; quiet hours hold it."""
    done = await judge_workspace(services, schedule.workspace_id, schedule)
    if done is None:
        return
    async with services.database.begin() as conn:
        if not await claim(conn, schedule, done.now):
            return
        muted = await schedules.muted(conn, schedule.workspace_id, done.now)
        news = await settle(conn, done, Hearing(not is_paused(schedule, done.now), muted))
        if news.is_empty:
            return
        due_at = schedule.next_due_at or done.now
        await enqueue_alert(conn, schedule, done, news, subject=done.on.isoformat(), due_at=due_at)


async def enqueue_alert(
    conn: Connection, schedule: Schedule, done: Evaluated, news: News, *, subject: str, due_at: int
) -> None:
    await deliveries.enqueue(
        conn,
        schedule.workspace_id,
        kind="alert",
        subject=subject,
        due_at=due_at,
        payload=news.payload(),
        thread_id=schedule.thread_id,
        not_before=not_before(schedule, done.workspace.zone, done.now),
        now=done.now,
    )
