"""The best and the weakest posts of a period: at 7 days of age, and without what chance alone explains."""

from dataclasses import dataclass
from datetime import tzinfo
from statistics import NormalDist

import numpy as np
import pandas as pd

from metrics.curves import Curves
from metrics.estimates import WIDEST_EXPONENT
from metrics.formulas import FORMULAS
from metrics.frame import texts
from metrics.periods import Period
from metrics.ranking.reasons import reasons
from metrics.ranking.weighing import WeighedPosts, weigh
from metrics.results import (
    MEASURES,
    MINIMUM_POSTS,
    Measure,
    Results,
    results,
    value_of,
)
from metrics.scope import Scope, open_scope

SHOWN = 5
BY = ("er_by_views", "er_by_reach", "er_by_subscribers", "views")  # the first of them that the posts have
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
    """`usual`: the rate that every answer tells of these posts; of views their mean. No post is both best and weakest."""

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
    readings: pd.DataFrame | None = None,
    growth: Curves | None = None,
) -> Top:
    """Returns the best and the weakest organic own posts; of an empty period the last ones before its end.

    `by`: one of BY.
    """
    scope = open_scope(
        posts,
        audience,
        period=period,
        zone=zone,
        as_of=as_of,
        platform=platform,
        readings=readings,
        growth=growth,
    )
    old = results(scope, scope.used)
    measure = MEASURES[by or _first_known(scope, old)]
    known = old.known(measure)
    young = scope.basis.young
    if known.posts.size < MINIMUM_POSTS:
        return _nothing(scope, measure, known.posts.size, young, _why(scope, old, known, measure))
    comparison = weigh(scope, measure, known)
    best_first = np.lexsort((scope.own.ids[known.own].astype(str), -comparison.logs)).tolist()
    count = min(shown, known.posts.size // 2)
    return Top(
        period=period,
        by=measure.code,
        denominator=measure.denominator,
        components=scope.choice.components,
        n=known.posts.size,
        young=young,
        usual=_usual(scope, measure),
        best=tuple(_post(comparison, row, posts, is_best=True) for row in best_first[:count]),
        weakest=tuple(_post(comparison, row, posts, is_best=False) for row in best_first[::-1][:count]),
        reason=None,
    )


def _post(made: WeighedPosts, row: int, table: pd.DataFrame, *, is_best: bool) -> RankedPost:
    own, one = made.scope.own, int(made.known.own[row])
    raw = made.scope.raw
    title, link = (texts(table, name, own.rows[[one]])[0] for name in ("title", "link"))
    log, half = float(made.logs[row]), min(_Z * float(made.sds[row]), WIDEST_EXPONENT)
    scale = made.measure.scale
    return RankedPost(
        external_id=str(own.ids[one]),
        published_at=int(own.published_at[one]),
        title=title,
        link=link,
        value=value_of(log, scale),
        low=value_of(log - half, scale),
        high=value_of(log + half, scale),
        as_it_stands=_as_it_stands(made, one),
        times_usual=value_of(log, scale) / (_usual(made.scope, made.measure) or 1.0),
        age_h=float(own.age_h[one]),
        views=_whole(raw.of("views")[one]),
        interactions=_whole(raw.of("interactions")[one]),
        n=made.known.posts.size,
        reasons=reasons(made.scope, made.usual, one, is_best=is_best),
    )


def _as_it_stands(made: WeighedPosts, one: int) -> float:
    raw, measure = made.scope.raw, made.measure
    below = float(raw.of(measure.denominator)[one])
    return measure.scale * float(raw.of(measure.numerator)[one]) / below


def _usual(scope: Scope, measure: Measure) -> float | None:
    used = scope.posts.take(scope.used)
    if measure.code in FORMULAS:
        return FORMULAS[measure.code].compute(used).value
    return float(np.nanmean(used.of(measure.numerator)))


def _first_known(scope: Scope, old: Results) -> str:
    """Returns the first rate, beginning with the answer's headline, that three posts have."""
    order = (scope.basis.headline, *BY)
    enough = (code for code in order if old.known(MEASURES[code]).posts.size >= MINIMUM_POSTS)
    return next(enough, BY[0])


def _why(scope: Scope, old: Results, known: Results, measure: Measure) -> str:
    if scope.used.any() and not old.posts.size:
        there = int(scope.used.sum()) + int(scope.young.sum())
        return "posts_too_young" if there >= MINIMUM_POSTS else "too_few_posts"  # waiting would not help
    return "too_few_posts" if known.posts.size else old.why_empty(measure)


def _nothing(scope: Scope, measure: Measure, n: int, young: int, reason: str) -> Top:
    components = scope.choice.components
    return Top(scope.period, measure.code, measure.denominator, components, n, young, None, (), (), reason)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
