"""A request -> what there is of each metric that a goal may aim at. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.goal_facts import facts_of
from bot.answers.request import EngagementRequest, resolve
from bot.features.goals.request import Facts, FactsRequest
from metrics.frame import audience_table, table
from metrics.scope import open_scope
from metrics.series import series_of
from metrics.summary import summary_of


def measure_all(request: FactsRequest) -> Facts:
    return {channel: _facts(asked) for channel, asked in request.channels.items()}


def _facts(asked: EngagementRequest) -> dict[str, float | None]:
    zone = ZoneInfo(asked.zone)
    scope = open_scope(
        table(asked.posts),
        audience_table(asked.audience),
        period=resolve(asked.period, asked.as_of, zone),
        zone=zone,
        as_of=asked.as_of,
        platform=asked.platform,
        readings=table(asked.readings) if asked.readings else None,
    )
    return facts_of(summary_of(scope), series_of(scope))
