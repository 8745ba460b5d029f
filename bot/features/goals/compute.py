"""A request -> what there is of each metric that a goal may aim at. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.goal_facts import facts_of
from bot.answers.request import EngagementRequest, resolve
from bot.answers.tables import asked_tables
from bot.features.goals.request import Facts, FactsRequest
from metrics.series import series_of
from metrics.summary import summary_of


def measure_all(request: FactsRequest) -> Facts:
    return {channel: _facts(asked) for channel, asked in request.channels.items()}


def _facts(asked: EngagementRequest) -> dict[str, float | None]:
    period = resolve(asked.period, asked.as_of, ZoneInfo(asked.zone))
    scope = asked_tables(asked).scope(period)
    return facts_of(summary_of(scope), series_of(scope))
