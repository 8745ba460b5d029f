"""A request -> why a channel fell. Runs in workers."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from bot.answers.report import Report
from bot.answers.request import EngagementRequest, resolve
from bot.core.locales import translator
from bot.features.causes.request import CausesRequest, OtherChannel
from bot.features.causes.words import words
from metrics.causes.beside import Beside
from metrics.causes.explain import explain, shift_of
from metrics.causes.found import Explanation
from metrics.drops.holidays import holidays
from metrics.frame import audience_table, table
from metrics.json_shape import shape
from metrics.posts import Post
from metrics.scope import Scope, open_scope
from metrics.summary import Summary, summary_of
from metrics.verdict import Fell, verdict

LIKE_VIEWS = ("views", "reach")


def build_report(request: CausesRequest) -> Report:
    found = explained(request)
    text = words(found, request, translator(request.engagement.language))
    return Report(text=text, data={"causes": shape(asdict(found))}, fell=_earlier(found))


def _earlier(found: Explanation) -> Fell | None:
    """Returns the fall before the period, whose days are those to ask about; None where there is none."""
    for cause in found.causes:
        last = cause.facts.get("last")
        if cause.code == "earlier" and isinstance(last, date):
            return Fell(found.metric, last + timedelta(days=1), found.last)
    return None


def explained(request: CausesRequest) -> Explanation:
    """Explains the metric that was told to have fallen; else the level, and where that has not, ER."""
    asked = request.engagement
    summary = summary_of(_scope(asked, table(asked.posts)))
    posts = table([*asked.posts, *request.deleted])
    scope = _scope(asked, posts) if request.deleted else _scope(asked, table(asked.posts))
    level = summary.basis.denominator if summary.basis.denominator in LIKE_VIEWS else "er"
    if request.metric:
        return _explain(scope, posts, request.metric, request, is_known=True)
    is_below = _is_below(summary, asked)
    found = _explain(scope, posts, level, request, is_known=is_below)
    if found.reason is None or level == "er":
        return replace(found, is_doubtful=found.reason is None and not is_below)
    of_rate = _explain(scope, posts, "er", request, is_known=False)
    return of_rate if of_rate.reason is None else found


def _is_below(summary: Summary, asked: EngagementRequest) -> bool:
    return verdict(summary, asked.episode).code == "below"


def _explain(
    scope: Scope, posts: pd.DataFrame, metric: str, request: CausesRequest, *, is_known: bool
) -> Explanation:
    year = scope.period.last.year
    shifts = (_shift(other, request.engagement, metric) for other in request.others)
    beside = Beside(
        others=[shift for shift in shifts if shift is not None],
        deleted=[row.external_id for row in request.deleted],
        gaps=request.engagement.gaps,
        holidays=holidays(request.country, year - 1, year),
    )
    return explain(scope, posts, metric, beside, is_known=is_known)


def _shift(other: OtherChannel, asked: EngagementRequest, metric: str) -> float | None:
    if not other.posts:
        return None
    scope = open_scope(
        table(other.posts),
        audience_table(other.audience),
        period=resolve(asked.period, asked.as_of, ZoneInfo(asked.zone)),
        zone=ZoneInfo(asked.zone),
        as_of=asked.as_of,
        platform=other.platform,
    )
    return shift_of(scope, metric)


def _scope(asked: EngagementRequest, posts: pd.DataFrame) -> Scope:
    readings: Sequence[Post] = asked.readings
    return open_scope(
        posts,
        audience_table(asked.audience),
        period=resolve(asked.period, asked.as_of, ZoneInfo(asked.zone)),
        zone=ZoneInfo(asked.zone),
        as_of=asked.as_of,
        platform=asked.platform,
        readings=table(readings) if readings else None,
    )
