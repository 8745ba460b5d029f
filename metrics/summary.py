"""A period's report: the headline, what stands beside it, and what it is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cache, partial

import numpy as np
import pandas as pd

from metrics import change
from metrics.audience import subscribers_at
from metrics.basis import Basis
from metrics.change import AgedSide, Change
from metrics.curves import Curves
from metrics.estimates import Estimate, undefined
from metrics.formulas import FORMULAS
from metrics.frame import Bools
from metrics.interactions import OF_INTERACTIONS, Missing
from metrics.lazily import Lazily
from metrics.maturity import FINAL_H
from metrics.periods import Period, history, previous, zone_name
from metrics.posts import COUNTERS
from metrics.registry import EVERY, Rate
from metrics.rows import rows_of, value_of_rows
from metrics.scope import Scope, comparable_days, compared, days_of, open_scope
from metrics.single_posts import spread, without_biggest
from metrics.verdict import Verdict, verdict

PAID_MINIMUM = 3  # from this many posts on paid ones stand beside the headline
FEW_BELOW = 5  # under this many posts the rates are marked


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts published in the period; `used` and `young` count those that the headline rests on."""

    used: int
    forwarded: int
    ads: int
    young: int  # known to be read at under 7 days of age
    days: int  # days of the period that the data covers
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
    basis: Basis
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
    level: Change  # of what the basis' level is: views, reach or interactions by subscribers
    history_days: int  # that the data covers before the period, of those that it is compared with
    spread: tuple[float, float, float] | None  # lowest, median and highest headline rate of a single post
    without_biggest: Estimate | None  # the headline without the one post that has most of the interactions
    biggest_share: float | None  # its part of all interactions, percent
    approximate: bool
    is_rounded: bool  # the source rounds the counters of these posts

    @property
    def rates(self) -> Mapping[str, Estimate]:
        """The headline: every code of `formulas.FORMULAS`, organic posts only."""
        return self.organic.rates

    @property
    def headline(self) -> Estimate:
        return self.organic.rates[self.basis.headline]

    @property
    def verdict(self) -> Verdict:
        return verdict(self)


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
    growth: Curves | None = None,
) -> Summary:
    """Returns the answer for one channel.

    Its tables are those of `frame.table` and `frame.audience_table`; `as_of` is in unix seconds.
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
        growth=growth,
    )
    return summary_of(scope)


def summary_of(scope: Scope) -> Summary:
    period, earlier = scope.period, (previous(scope.period), history(scope.period))
    organic = _side(scope, period, scope.used)
    paid = scope.within(period) & scope.own.is_ad
    sides = [_before(scope, side) for side in earlier]
    changes = _changes(scope, *earlier)
    share, rest = without_biggest(scope)
    return Summary(
        platform=scope.platform,
        zone=zone_name(scope.zone),
        as_of=scope.as_of,
        period=period,
        posts=_counts(scope, int(paid.sum())),
        fallback=scope.fallback and bool(scope.used.any()),
        few_posts=PAID_MINIMUM <= organic.posts < FEW_BELOW,
        basis=scope.basis,
        components=scope.choice.components,
        weights=scope.weights,
        missing=_missing(scope),
        totals=_totals(scope),
        subscribers=_subscribers(scope),
        organic=organic,
        paid=_side(scope, period, paid) if paid.sum() >= PAID_MINIMUM else None,
        previous=sides[0],
        history=sides[1],
        change=Lazily((code for code in changes if code in FORMULAS), changes.__getitem__),
        level=changes[scope.basis.level],
        history_days=_history_days(scope, earlier[1]),
        spread=spread(scope),
        without_biggest=rest,
        biggest_share=share,
        approximate=any(estimate.approximate for estimate in organic.rates.values()),
        is_rounded=bool((scope.raw.is_rough("views") | scope.raw.is_rough("interactions"))[scope.used].any()),
    )


def _side(scope: Scope, period: Period, chosen: Bools) -> Side:
    if scope.posts.size == 0:
        empty = {code: undefined("no_posts", formula.denominator) for code, formula in FORMULAS.items()}
        return Side(period, 0, empty)
    rows = cache(partial(rows_of, scope, period, chosen))
    rates = Lazily(FORMULAS, lambda code: value_of_rows(code, rows()))
    return Side(period, int(chosen.sum()), rates)


def _before(scope: Scope, period: Period) -> Side:
    side = _side(scope, period, scope.organic(period) & ~scope.own.is_young)
    if scope.choice.comparable:
        return side

    def rate_of(code: str) -> Estimate:
        rate = side.rates[code]
        return rate.without_value("other_components") if FORMULAS[code].numerator in OF_INTERACTIONS else rate

    return replace(side, rates=Lazily(FORMULAS, rate_of))


def _counts(scope: Scope, ads: int) -> Counts:
    organic = scope.organic(scope.period)
    begun = days_of(scope, scope.period, organic, scope.posts).size
    covered = comparable_days(scope, scope.period, np.zeros(len(organic), dtype=np.bool_), begun)
    busy = np.unique(scope.own.day[organic] - (scope.period.first - scope.window_first).days)
    return Counts(
        used=int(scope.used.sum()),
        forwarded=scope.forwarded,
        ads=ads,
        young=int((scope.own.is_exact & (scope.own.age_h < FINAL_H))[scope.used].sum()),
        days=int(covered.sum()),
        silent_days=int(covered.sum()) - int(covered[busy].sum()),
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


def _history_days(scope: Scope, history: Period) -> int:
    """Returns how many days of the history the table knows, from its first day on."""
    if scope.known_since is None or scope.known_since >= scope.period.first:
        return 0
    return min(history.days, (scope.period.first - scope.known_since).days)


def _changes(scope: Scope, *earlier: Period) -> Mapping[str, Change]:
    """Returns the changes of every rate and level."""
    if scope.fallback:
        nothing = change.nothing("no_posts")
        return dict.fromkeys(EVERY, Change(nothing, nothing))
    sides = cache(lambda: [aged_side(scope, period) for period in (scope.period, *earlier)])

    def change_of(code: str) -> Change:
        now, *before = sides()
        return Change(*(_difference(scope, EVERY[code], now, side) for side in before))

    return Lazily(EVERY, change_of)


def _difference(scope: Scope, rate: Rate, now: AgedSide, before: AgedSide) -> change.Difference:
    if rate.numerator in OF_INTERACTIONS and not scope.choice.comparable:
        return change.nothing("other_components")
    return change.difference(rate, now, before)


def aged_side(scope: Scope, period: Period) -> AgedSide:
    """Returns the posts of a period as comparisons take them: of a day and more, at 7 days."""
    organic = scope.organic(period)
    old = organic & compared(scope)
    days = days_of(scope, period, old, scope.posts)
    return AgedSide(
        posts=scope.posts.take(old),
        age_h=scope.own.age_h[old],
        by=scope.own.by[old],
        day=scope.own.day[old],
        days=days.take(comparable_days(scope, period, organic & ~old, days.size)),
        all_posts=int(organic.sum()),
        curves=scope.curves,
    )
