"""Drops, once a local date: judged, then moved on and told in one transaction."""

from bot.answers.drops.judging import EvaluatedWorkspace, judge_workspace, settle
from bot.answers.drops.settling import Hearing, News
from bot.notifications.due import claim
from bot.notifications.preferences import is_paused, not_before
from bot.notifications.services import Services
from storage.engine import Connection
from storage.workspace import deliveries, schedules
from storage.workspace.schedules import Schedule


async def run_alerts(services: Services, schedule: Schedule) -> None:
    """Runs the alerts: what falls is told in one message a workspace; quiet hours hold it."""
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
    conn: Connection, schedule: Schedule, done: EvaluatedWorkspace, news: News, *, subject: str, due_at: int
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
