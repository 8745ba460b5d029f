"""Drops that a file shows by itself: told in its answer, and pushed to nobody (docs/evidence.md#A.6 (d))."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import structlog

from bot.answers.drops.gather import gather
from bot.answers.drops.request import EvaluationRequest, evaluate
from bot.answers.drops.words import of_a_file
from bot.core.locales import Translator
from bot.core.workers import Lane, WorkerDiedError, WorkerMemoryError, Workers, WorkerTimeoutError
from bot.notifications.preferences import country_of, rule_of
from metrics.drops.decision import ALARMS, Decision
from metrics.drops.parameters import Rule
from metrics.periods import local_date
from storage.engine import Database
from storage.workspace import posts, schedules
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

LOOKED_AT = 3  # channels of one file: the answer is waited for
log = structlog.stdlib.get_logger(__name__)


async def fresh_drops(
    database: Database, workers: Workers, workspace: Workspace, channels: Sequence[Channel], t: Translator
) -> list[str]:
    """Returns a line a drop; the answer comes without them where they could not be computed."""
    lines = []
    for channel in channels[:LOOKED_AT]:
        request = await _request(database, workspace, channel)
        if request is None:
            continue
        today = local_date(request.as_of, ZoneInfo(workspace.zone))
        lines += [
            of_a_file(channel.title, decision, t, today)
            for decision in await _decisions(workers, request)
            if decision.state in ALARMS
        ]
    return lines


async def _request(database: Database, workspace: Workspace, channel: Channel) -> EvaluationRequest | None:
    """Returns a request as of the newest reading, by the daily look's rule and holidays; or None."""
    async with database.read() as conn:
        span = await posts.span(conn, workspace.id, channel.id)
        if span is None:
            return None
        alerts = await schedules.get(conn, workspace.id, "alerts")
        rule = Rule() if alerts is None else rule_of(alerts)
        country = country_of(alerts, ZoneInfo(workspace.zone))
        return await gather(conn, workspace, [channel], {}, rule, span.observed_at, country)


async def _decisions(workers: Workers, request: EvaluationRequest) -> list[Decision]:
    try:
        found = await workers.run(evaluate, request, lane=Lane.BULK)
    except (WorkerTimeoutError, WorkerDiedError, WorkerMemoryError):
        log.warning("a file's drops were not looked for", exc_info=True)
        return []
    return [judged.decision for judged in found.judged]
