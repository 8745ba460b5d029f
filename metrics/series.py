"""The same numbers day by day, as they stand, with the band of the days before: what a chart draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

import numpy as np
import pandas as pd

from metrics import maturity, quantities
from metrics.frame import Floats, Ints
from metrics.maturity import FINAL_H, YOUNG_H
from metrics.periods import Period, dates, history, local_date, noons
from metrics.sample import Sample
from metrics.scope import Scope, open_scope

BAND = (0.1, 0.5, 0.9)
BAND_MINIMUM_DAYS = 10
ONE = "one"  # the denominator of a mean a post


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    numerator: str
    denominator: str
    pooled: bool
    scale: float  # 100: percent


KINDS = (
    Kind("er_by_views", "interactions", "views", pooled=True, scale=100),
    Kind("view_rate", "views", "subscribers", pooled=False, scale=100),
    Kind("er_by_subscribers", "interactions", "subscribers", pooled=False, scale=100),
    Kind("views_per_post", "views", ONE, pooled=False, scale=1),
    Kind("interactions_per_post", "interactions", ONE, pooled=False, scale=1),
)
MAIN_ORDER = ("er_by_views", "er_by_subscribers", "interactions_per_post", "view_rate", "views_per_post")


@dataclass(frozen=True, slots=True)
class Line:
    """Percent, or a mean a post. `values`, `approximate` and the band have an entry a day, `dots` one a post.

    The band is the 10-90 % range of the history's days and their median, each brought to the age at which that day
    was read: a young day is compared with what days of the past were when they were as young.
    """

    code: str
    values: tuple[float | None, ...]
    dots: tuple[float | None, ...]
    average: float | None
    approximate: tuple[bool, ...]
    low: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """`days` are local dates; `main` is the line to draw first, None where there is nothing to draw."""

    days: tuple[date, ...]
    posts: tuple[int, ...]  # organic posts of each day
    final: tuple[bool, ...]  # every post of the day was read at 7 days or more
    published_at: tuple[int, ...]  # of each dot, unix seconds
    dot_final: tuple[bool, ...]
    lines: Mapping[str, Line]
    main: str | None


def series(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
) -> Series:
    """Days of the period; where it is empty, those from the first to the last of the posts that stand in for it."""
    scope = open_scope(posts, audience, period=period, zone=zone, as_of=as_of, platform=platform)
    if scope.fallback and scope.used.any():
        moments = scope.own.published_at[scope.used]
        span = dates(local_date(int(moments.min()), zone), local_date(int(moments.max()), zone), zone)
        scope = open_scope(posts, audience, period=span, zone=zone, as_of=as_of, platform=platform)
    return series_of(scope)


def series_of(scope: Scope) -> Series:
    chosen = np.flatnonzero(scope.organic(scope.period))
    last = min(scope.period.last, local_date(scope.as_of, scope.zone))
    size = max(0, (last - scope.period.first).days + 1)
    day = scope.own.day[chosen] - (scope.period.first - scope.window_first).days
    counts = np.bincount(day, minlength=size)
    age_h = scope.own.age_h[chosen]
    ages = _ages(scope, last, day, age_h, counts)
    lines = {kind.code: _line(scope, kind, chosen, day, ages) for kind in KINDS}
    young = np.bincount(day[age_h < FINAL_H], minlength=size)
    return Series(
        days=tuple(scope.period.first + timedelta(days=number) for number in range(size)),
        posts=tuple(counts.tolist()),
        final=tuple((np.where(counts > 0, young == 0, ages >= FINAL_H)).tolist()),
        published_at=tuple(scope.own.published_at[chosen].tolist()),
        dot_final=tuple((age_h >= FINAL_H).tolist()),
        lines=lines,
        main=next((code for code in MAIN_ORDER if lines[code].average is not None), None),
    )


def _line(scope: Scope, kind: Kind, chosen: Ints, day: Ints, ages: Floats) -> Line:
    posts = scope.posts.take(chosen)
    values, dots, average = _averages(kind, posts, day, len(ages))
    rough = posts.is_rough(kind.numerator) | posts.is_rough(kind.denominator)
    low, centre, high = _band(scope, kind, ages)
    return Line(
        code=kind.code,
        values=_plain(values),
        dots=_plain(dots),
        average=_plain(average)[0],
        approximate=tuple((np.bincount(day[rough], minlength=len(ages)) > 0).tolist()),
        low=_plain(low),
        centre=_plain(centre),
        high=_plain(high),
    )


def _averages(kind: Kind, posts: Sample, day: Ints, size: int) -> tuple[Floats, Floats, Floats]:
    """A value a day, a value a post, and one for all posts; NaN where undefined."""
    above = posts.of(kind.numerator)
    below = np.ones(posts.size) if kind.denominator == ONE else posts.of(kind.denominator)
    both = ~np.isnan(above) & (np.nan_to_num(below) > 0)
    ratios = np.divide(above, below, out=np.full(posts.size, np.nan), where=both)
    if not kind.pooled:
        above, below = ratios, np.ones(posts.size)
    whole = np.zeros(int(both.sum()), dtype=np.int64)
    return (
        kind.scale * _summed_ratio(above[both], below[both], day[both], size),
        kind.scale * ratios,
        kind.scale * _summed_ratio(above[both], below[both], whole, 1),
    )


def _summed_ratio(above: Floats, below: Floats, group: Ints, size: int) -> Floats:
    base = np.bincount(group, below, size)
    ratios = np.divide(np.bincount(group, above, size), base, out=np.full(size, np.nan), where=base > 0)
    return np.asarray(ratios)


def _band(scope: Scope, kind: Kind, ages: Floats) -> tuple[Floats, ...]:
    """The history's days at 7 days of age, brought to the age of each day of the period."""
    before = history(scope.period)
    chosen = np.flatnonzero(scope.organic(before) & (scope.own.age_h >= YOUNG_H))
    own = scope.own
    posts = quantities.at_7d(scope.posts.take(chosen), own.age_h[chosen], own.hour[chosen])
    day = own.day[chosen] - (before.first - scope.window_first).days
    values = _averages(kind, posts, day, before.days)[0]
    values = values[~np.isnan(values)]
    if len(values) < BAND_MINIMUM_DAYS or not _comparable(scope, kind):
        return tuple(np.full(len(ages), np.nan) for _ in BAND)
    share = _share(kind.numerator, ages) / _share(kind.denominator, ages)
    return tuple(quantile * share for quantile in np.quantile(values, BAND))


def _comparable(scope: Scope, kind: Kind) -> bool:
    return scope.choice.comparable or kind.numerator != "interactions"


def _share(quantity: str, ages: Floats) -> Floats:
    curve = maturity.CURVES.get(quantity)
    return np.ones(len(ages)) if curve is None else curve.share(ages)


def _ages(scope: Scope, last: date, day: Ints, age_h: Floats, counts: Ints) -> Floats:
    """Mean age in hours at which each day's posts were read; of a silent day, what a post at noon would have."""
    noon = np.array(noons(scope.period.first, last, scope.zone), dtype=np.int64)
    total = np.bincount(day, age_h, len(noon))
    return np.divide(total, counts, out=(scope.as_of - noon) / 3600, where=counts > 0)


def _plain(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in values.tolist())
