"""Drops of a workspace: judged in one trip to a worker, then moved on in the transaction that tells them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.answers.drops.gather import gather
from bot.answers.drops.request import Evaluation, evaluate
from bot.answers.drops.settling import Hearing, News, settle_drops, settle_states
from bot.notifications.background import compute
from bot.notifications.preferences import chosen, country_of, rule_of
from bot.notifications.services import Services
from metrics.drops.parameters import Rule
from metrics.periods import local_date
from storage.engine import Connection
from storage.workspace import channels, episodes, workspaces
from storage.workspace.channels import Channel
from storage.workspace.schedules import Schedule
from storage.workspace.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class EvaluatedWorkspace:
    workspace: Workspace
    channels: list[Channel]
    rule: Rule
    evaluation: Evaluation
    on: date  # the workspace's local date
    now: int


async def judge_workspace(
    services: Services, workspace_id: int, schedule: Schedule | None
) -> EvaluatedWorkspace | None:
    """Judges a workspace; None where it is gone.

    `schedule`: that of alerts; without one the usual rule and all channels.
    """
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
    return EvaluatedWorkspace(
        workspace, meant, rule, evaluation, local_date(now, ZoneInfo(workspace.zone)), now
    )


async def settle(conn: Connection, done: EvaluatedWorkspace, hearing: Hearing) -> News:
    news = await settle_drops(conn, done.workspace, done.evaluation, done.rule, hearing, done.on)
    await settle_states(conn, done.workspace, done.channels, done.evaluation, news, hearing, done.now)
    return news
