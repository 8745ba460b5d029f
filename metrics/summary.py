"""A period's report: the headline, what stands beside it, and what it is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import pandas as pd

from metrics import change, quantities
from metrics.audience import subscribers_at
from metrics.change import Aged, Change
from metrics.estimates import Estimate, undefined
from metrics.formulas import FORMULAS, Formula
from metrics.frame import Bools
from metrics.interactions import OF_INTERACTIONS, Missing
from metrics.maturity import FINAL_H, YOUNG_H
from metrics.periods import Period, history, previous, zone_name
from metrics.posts import COUNTERS
from metrics.sample import Sample
from metrics.scope import Scope, comparable_days, days_of, open_scope

PAID_MINIMUM = 3  # from this many posts on paid ones stand beside the headline
FEW_BELOW = 5  # under this many posts the rates are marked


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts published in the period; `used` and `young` count those that the headline rests on."""

    used: int
    forwarded: int
    ads: int
    young: int  # read at under 7 days of age
    days: int  # days of the period that have begun
    silent_days: int  # of these, without an organic post


@dataclass(frozen=True, slots=True)
class Subscribers:
    """The count at `moment`; `read_at` is the reading it rests on, `moment` itself where it lies between two."""

    value: int
    moment: int
    read_at: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Side:
    period: Period
    posts: int
    rates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Summary:
    platform: str
    zone: str
    as_of: int
    period: Period
    posts: Counts
    fallback: bool  # nothing in the period: the rates are those of the last posts before its end
    few_posts: bool  # 3-4 posts
    components: tuple[str, ...]  # what an interaction is made of in this answer
    weights: Mapping[str, float]  # of weighted_er, by component
    missing: tuple[Missing, ...]
    totals: Mapping[str, int | None]  # counter -> sum over the used posts; None: nobody counted it
    subscribers: Subscribers | None
    organic: Side
    paid: Side | None  # from 3 posts on
    previous: Side
    history: Side
    change: Mapping[str, Change]
    approximate: bool

    @property
    def rates(self) -> Mapping[str, Estimate]:
        """The headline: every code of `formulas.FORMULAS`, organic posts only."""
        return self.organic.rates


def summarize(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
    weights: Mapping[str, float] | None = None,
    readings: pd.DataFrame | None = None,
) -> Summary:
    """The answer for one channel: tables of `frame.table` and `frame.audience_table`, `as_of` in unix seconds.

    `readings`: every reading of these posts, in the shape of `posts`; rates at 24 and 48 hours need them.
    """
    scope = open_scope(
        posts,
        audience,
        period=period,
        zone=zone,
        as_of=as_of,
        platform=platform,
        weights=weights,
        readings=readings,
    )
    return summary_of(scope)


def summary_of(scope: Scope) -> Summary:
    period, earlier = scope.period, (previous(scope.period), history(scope.period))
    organic = _side(scope, period, scope.used)
    paid = scope.within(period) & scope.own.is_ad
    sides = [_before(scope, side) for side in earlier]
    return Summary(
        platform=scope.platform,
        zone=zone_name(scope.zone),
        as_of=scope.as_of,
        period=period,
        posts=_counts(scope, int(paid.sum())),
        fallback=scope.fallback and bool(scope.used.any()),
        few_posts=PAID_MINIMUM <= organic.posts < FEW_BELOW,
        components=scope.choice.components,
        weights=scope.weights,
        missing=_missing(scope),
        totals=_totals(scope),
        subscribers=_subscribers(scope),
        organic=organic,
        paid=_side(scope, period, paid) if paid.sum() >= PAID_MINIMUM else None,
        previous=sides[0],
        history=sides[1],
        change=_changes(scope, *earlier),
        approximate=any(estimate.approximate for estimate in organic.rates.values()),
    )


def _side(scope: Scope, period: Period, chosen: Bools) -> Side:
    posts = scope.posts.take(chosen)
    days = days_of(scope, period, chosen, scope.posts)
    if scope.posts.size == 0:
        empty = {code: undefined("no_posts", formula.denominator) for code, formula in FORMULAS.items()}
        return Side(period, 0, empty)
    return Side(period, posts.size, {code: _rate(formula, posts, days) for code, formula in FORMULAS.items()})


def _before(scope: Scope, period: Period) -> Side:
    side = _side(scope, period, scope.organic(period))
    if scope.choice.comparable:
        return side
    rates = {
        code: rate.without_value("other_components") if FORMULAS[code].numerator in OF_INTERACTIONS else rate
        for code, rate in side.rates.items()
    }
    return Side(period, side.posts, rates)


def _rate(formula: Formula, posts: Sample, days: Sample) -> Estimate:
    if formula.rows == "days":
        return formula.compute(days)
    estimate = formula.compute(posts)
    if estimate.value is not None and estimate.n < formula.minimum_posts:
        return estimate.without_value("too_few_posts")
    return estimate


def _counts(scope: Scope, ads: int) -> Counts:
    organic = scope.organic(scope.period)
    days = days_of(scope, scope.period, organic, scope.posts).size
    return Counts(
        used=int(scope.used.sum()),
        forwarded=scope.forwarded,
        ads=ads,
        young=int((scope.own.age_h[scope.used] < FINAL_H).sum()),
        days=days,
        silent_days=days - len(np.unique(scope.own.day[organic])),
    )


def _missing(scope: Scope) -> tuple[Missing, ...]:
    absent = []
    if scope.used.any() and np.isnan(scope.own.counters["views"][scope.used]).all():
        absent.append(Missing("views", "field_absent"))
    if scope.audience.empty:
        absent.append(Missing("subscribers", "no_subscribers"))
    return (*absent, *scope.choice.missing)


def _totals(scope: Scope) -> dict[str, int | None]:
    used = {name: scope.own.counters[name][scope.used] for name in COUNTERS}
    return {name: None if np.isnan(values).all() else int(np.nansum(values)) for name, values in used.items()}


def _subscribers(scope: Scope) -> Subscribers | None:
    moment = min(scope.period.end_unix, scope.as_of)
    counted = subscribers_at(np.array([moment], dtype=np.int64), scope.audience)
    if np.isnan(counted.subscribers[0]):
        return None
    return Subscribers(
        round(counted.subscribers[0]),
        moment,
        int(counted.read_at[0]),
        approximate=bool(counted.approximate[0]),
    )


def _changes(scope: Scope, *earlier: Period) -> dict[str, Change]:
    if scope.fallback:
        nothing = change.nothing("no_posts")
        return dict.fromkeys(FORMULAS, Change(nothing, nothing))
    posts = quantities.at_7d(scope.posts, scope.own.age_h, scope.own.hour)
    now, *before = (_aged(scope, posts, period) for period in (scope.period, *earlier))
    return {
        code: Change(*(_difference(scope, formula, now, side) for side in before))
        for code, formula in FORMULAS.items()
    }


def _difference(scope: Scope, formula: Formula, now: Aged, before: Aged) -> change.Difference:
    if formula.numerator in OF_INTERACTIONS and not scope.choice.comparable:
        return change.nothing("other_components")
    return change.difference(formula, now, before)


def _aged(scope: Scope, posts: Sample, period: Period) -> Aged:
    organic = scope.organic(period)
    old = organic & (scope.own.age_h >= YOUNG_H)
    days = days_of(scope, period, old, posts)
    return Aged(
        posts=posts.take(old),
        age_h=scope.own.age_h[old],
        day=scope.own.day[old],
        days=days.take(comparable_days(scope, period, organic & ~old, days.size)),
        all_posts=int(organic.sum()),
    )
