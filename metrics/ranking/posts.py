"""The best and the weakest posts of a period: at 7 days of age, and without what chance alone explains.

A post's own figure is shrunk towards the channel's usual one by how well it is known: 3 reactions to 100 views say
little, 300 to 10 000 say the same for certain. What is known badly is its count, its rounding and its age.
"""

from dataclasses import dataclass
from datetime import tzinfo
from statistics import NormalDist

import numpy as np
import pandas as pd

from metrics.estimates import WIDEST_EXPONENT
from metrics.frame import Floats, texts
from metrics.maturity import CURVES
from metrics.periods import Period, history
from metrics.ranking.reasons import reasons
from metrics.results import (
    HALF,
    MEASURES,
    MINIMUM_POSTS,
    ONE,
    Measure,
    Results,
    blended_variance,
    results,
    value_of,
)
from metrics.scope import Scope, open_scope

SHOWN = 5
BY = ("er_by_views", "er_by_subscribers", "views")  # the first of them that the posts have
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class RankedPost:
    """`value`, `low`, `high`: at 7 days, shrunk; percent or views. `as_it_stands`: by the counters as they were read."""

    external_id: str
    published_at: int
    title: str | None
    link: str | None
    value: float
    low: float
    high: float
    as_it_stands: float
    times_usual: float  # value / the channel's usual one
    age_h: float
    views: int | None
    interactions: int | None
    n: int  # posts it is compared with
    reasons: tuple[str, ...]  # of reasons.WHY, the strongest first, then what to be careful about


@dataclass(frozen=True, slots=True)
class Top:
    """`usual`: the geometric mean of the period's posts and of 56 days before it. No post is both best and weakest."""

    period: Period
    by: str
    denominator: str
    components: tuple[str, ...]
    n: int  # posts of the period that are compared
    young: int  # posts of the period under 24 hours, left out
    usual: float | None
    best: tuple[RankedPost, ...]
    weakest: tuple[RankedPost, ...]
    reason: str | None  # one of estimates.REASONS where nothing is ranked


def top(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
    by: str | None = None,
    shown: int = SHOWN,
) -> Top:
    """Organic own posts; of an empty period the last ones before its end. `by`: one of BY."""
    scope = open_scope(posts, audience, period=period, zone=zone, as_of=as_of, platform=platform)
    old = results(scope, scope.used)
    measure = MEASURES[by or _first_known(old)]
    known = old.known(measure)
    young = int(scope.used.sum()) - old.posts.size
    if known.posts.size < MINIMUM_POSTS:
        return _nothing(scope, measure, known.posts.size, young, _why(scope, old, known, measure))
    comparison = _compare(scope, measure, known)
    best_first = np.lexsort((scope.own.ids[known.own].astype(str), -comparison.logs)).tolist()
    count = min(shown, known.posts.size // 2)
    return Top(
        period=period,
        by=measure.code,
        denominator=measure.denominator,
        components=scope.choice.components,
        n=known.posts.size,
        young=young,
        usual=value_of(comparison.usual_log, measure.scale),
        best=tuple(_post(comparison, row, posts, is_best=True) for row in best_first[:count]),
        weakest=tuple(_post(comparison, row, posts, is_best=False) for row in best_first[::-1][:count]),
        reason=None,
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """`logs`, `sds`: shrunk, a value a known post."""

    scope: Scope
    measure: Measure
    known: Results
    usual: Results
    usual_log: float
    logs: Floats
    sds: Floats


def _compare(scope: Scope, measure: Measure, known: Results) -> _Comparison:
    usual = results(scope, scope.used | scope.organic(history(scope.period))).known(measure)
    usual_logs = usual.logs(measure)
    usual_log = float(usual_logs.mean())
    between = _spread(measure, usual_logs, _errors(scope, measure, usual, usual_log))
    error = _errors(scope, measure, known, usual_log)
    weight = between / (between + error)
    logs = usual_log + weight * (known.logs(measure) - usual_log)
    return _Comparison(scope, measure, known, usual, usual_log, logs, np.sqrt(weight * error))


def _spread(measure: Measure, logs: Floats, errors: Floats) -> float:
    """Variance between the channel's posts beyond the errors of each; the usual sd of channels is halved at most."""
    between = blended_variance(logs, measure.usual_sd) - float(errors.mean())
    return max(between, (measure.usual_sd / 2) ** 2)


def _errors(scope: Scope, measure: Measure, some: Results, usual_log: float) -> Floats:
    """Variance of the log of each post: that of its count, of its rounding, and of bringing it to 7 days.

    A count of nothing is as uncertain as the count that was to be expected.
    """
    raw = scope.posts.take(some.own)
    below = np.ones(raw.size) if measure.denominator == ONE else raw.of(measure.denominator)
    counts = {
        measure.numerator: np.maximum(raw.of(measure.numerator), np.exp(usual_log) * below),
        measure.denominator: below,
    }
    error = np.zeros(raw.size)
    for name in counts.keys() & CURVES.keys():
        count = counts[name] + HALF
        error += 1 / count + raw.variance(name) / count**2 + CURVES[name].sd(some.age_h) ** 2
    return error


def _post(made: _Comparison, row: int, table: pd.DataFrame, *, is_best: bool) -> RankedPost:
    own, one = made.scope.own, int(made.known.own[row])
    raw = made.scope.posts
    log, half = float(made.logs[row]), min(_Z * float(made.sds[row]), WIDEST_EXPONENT)
    scale = made.measure.scale
    return RankedPost(
        external_id=str(own.ids[one]),
        published_at=int(own.published_at[one]),
        title=texts(table, "title")[own.rows[one]],
        link=texts(table, "link")[own.rows[one]],
        value=value_of(log, scale),
        low=value_of(log - half, scale),
        high=value_of(log + half, scale),
        as_it_stands=_as_it_stands(made, one),
        times_usual=value_of(log - made.usual_log, 1),
        age_h=float(own.age_h[one]),
        views=_whole(raw.of("views")[one]),
        interactions=_whole(raw.of("interactions")[one]),
        n=made.known.posts.size,
        reasons=reasons(made.scope, made.usual, one, is_best=is_best),
    )


def _as_it_stands(made: _Comparison, one: int) -> float:
    raw, measure = made.scope.posts, made.measure
    below = 1.0 if measure.denominator == ONE else float(raw.of(measure.denominator)[one])
    return measure.scale * float(raw.of(measure.numerator)[one]) / below


def _first_known(old: Results) -> str:
    enough = (code for code in BY if old.known(MEASURES[code]).posts.size >= MINIMUM_POSTS)
    return next(enough, BY[0])


def _why(scope: Scope, old: Results, known: Results, measure: Measure) -> str:
    if scope.used.any() and not old.posts.size:
        return "posts_too_young"
    return "too_few_posts" if known.posts.size else old.why_empty(measure)


def _nothing(scope: Scope, measure: Measure, n: int, young: int, reason: str) -> Top:
    components = scope.choice.components
    return Top(scope.period, measure.code, measure.denominator, components, n, young, None, (), (), reason)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
