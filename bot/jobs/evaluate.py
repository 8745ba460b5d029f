"""Drops, once a local date: judged in one trip to a worker, then moved on and told in one transaction."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.background import compute
from bot.jobs.due import claim
from bot.jobs.settling import Hearing, News, settle_drops, settle_states
from bot.reports.alert.entry import evaluate
from bot.reports.alert.gather import gather
from bot.reports.alert.request import Evaluation
from bot.services import Services
from bot.unasked.preferences import chosen, country_of, is_paused, not_before, rule_of
from metrics.drops.parameters import Rule
from metrics.periods import local_date
from storage import channels, deliveries, episodes, schedules, workspaces
from storage.channels import Channel
from storage.engine import Connection
from storage.schedules import Schedule
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Evaluated:
    workspace: Workspace
    channels: list[Channel]
    rule: Rule
    evaluation: Evaluation
    on: date  # the workspace's local date
    now: int


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


async def judge_workspace(
    services: Services, workspace_id: int, schedule: Schedule | None
) -> Evaluated | None:
    """None where the workspace is gone. `schedule`: that of alerts; without one the usual rule and all channels."""
    now = int(services.clock.now().timestamp())
    async with services.database.read() as conn:
        workspace = await workspaces.get(conn, workspace_id)
        if workspace is None:
            return None
        meant = chosen(schedule, await channels.visible(conn, workspace_id))
        rule = Rule() if schedule is None else rule_of(schedule)
        tracked = await episodes.tracks(conn, workspace_id)
        request = await gather(
            conn, workspace, meant, tracked, rule, now, country_of(schedule, ZoneInfo(workspace.zone))
        )
    evaluation = await compute(services, evaluate, request)
    return Evaluated(workspace, meant, rule, evaluation, local_date(now, ZoneInfo(workspace.zone)), now)


async def settle(conn: Connection, done: Evaluated, hearing: Hearing) -> News:
    news = await settle_drops(conn, done.workspace, done.evaluation, done.rule, hearing, done.on)
    await settle_states(conn, done.workspace, done.channels, done.evaluation, news, hearing, done.now)
    return news
