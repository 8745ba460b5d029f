"""A request -> the arithmetic of an answer in words. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.request import EngagementRequest, resolve
from bot.answers.tables import asked_tables
from bot.core.locales import translator
from bot.features.explain.request import ExplainRequest
from bot.features.explain.words import explanation
from metrics import periods
from metrics.reckoning import reckon
from metrics.scope import Scope

SECONDARY = ("view_rate", "er_by_reach", "er_by_subscribers", "er_day")  # as they stand in `/er`


def explanation_of(request: ExplainRequest) -> str:
    asked = request.engagement
    scope = scope_of(asked)
    codes = [request.about] if request.about else [scope.basis.headline, *SECONDARY]
    told = [reckon(scope, code) for code in dict.fromkeys(codes)]
    shown = [one for place, one in enumerate(told) if place == 0 or one.estimate.value is not None]
    return explanation(shown, scope, request, translator(asked.language).on(asked.platform))


def scope_of(asked: EngagementRequest) -> Scope:
    """Returns the answer's own posts; a file of one day is all about that day, as in `/er`."""
    zone = ZoneInfo(asked.zone)
    tables = asked_tables(asked)
    scope = tables.scope(resolve(asked.period, asked.as_of, zone))
    today = periods.today(asked.as_of, zone)
    if not scope.used.any() and scope.period.end == today.start:
        unfinished = tables.scope(today)
        return scope if unfinished.fallback or not unfinished.used.any() else unfinished
    return scope
