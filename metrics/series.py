"""The same numbers day by day, at the same age, with the band of the days before: what a chart draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.curves import Curves
from metrics.frame import Bools, Floats, Ints
from metrics.maturity import FINAL_H
from metrics.periods import Period, dates, day_starts, history, local_date, noons
from metrics.registry import EVERY, LEVELS, Rate
from metrics.sample import Sample
from metrics.scope import Scope, comparable_days, compared, open_scope

BAND = (0.1, 0.5, 0.9)
BAND_MINIMUM_DAYS = 10
MOST_DOTS = 4_000  # of a line: more cannot be told apart in a picture
EXTREMES = 2  # of a day, always drawn
GOLDEN = (5**0.5 - 1) / 2  # its multiples spread evenly over 0-1
MINIMUM_POSTS = 3  # with 1-2 posts counts only, in the picture too


KINDS = tuple(
    EVERY[code] for code in ("er_by_views", "er_by_reach", "view_rate", "er_by_subscribers", *LEVELS)
)
MAIN_ORDER = (
    "er_by_views",
    "er_by_reach",
    "er_by_subscribers",
    "interactions_per_post",
    "view_rate",
    "views_per_post",
)


class Dot(NamedTuple):
    """One post. `published_at`: unix seconds, noon of a post of which only the date is known."""

    published_at: int
    value: float
    final: bool


@dataclass(frozen=True)
class Line:
    """Percent, or a mean a post. `values`, `approximate` and the band have an entry a day.

    `average`: over the posts that the answer's basis counts, the very value its words tell; None of 1-2 posts. The band is
    the 10-90 % range of the history's days and their median, at the same age as the days themselves.
    """

    code: str
    values: tuple[float | None, ...]
    average: float | None
    approximate: tuple[bool, ...]
    low: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    high: tuple[float | None, ...]
    every: "_Posts" = field(repr=False, compare=False)

    @cached_property  # most lines are never drawn, and a busy year has tens of thousands of posts
    def dots(self) -> tuple[Dot, ...]:
        """The posts that have a value, oldest first; of a crowd those that stand for it, see `_standing_for`."""
        posts = self.every
        drawn = _standing_for(posts.day, posts.each, posts.final)
        moments = _moments(posts.scope, posts.rows[drawn])
        return tuple(map(Dot, moments, posts.each[drawn].tolist(), posts.final[drawn].tolist()))


@dataclass(frozen=True, slots=True)
class _Posts:
    """The posts of a line as arrays: rows of the scope, number of the day, value of each (NaN: none), whether it is final."""

    scope: Scope
    rows: Ints
    day: Ints
    each: Floats
    final: Bools


@dataclass(frozen=True, slots=True)
class Series:
    """`days` are local dates; `main` is the line to draw first, None where there is nothing to draw."""

    days: tuple[date, ...]
    posts: tuple[int, ...]  # of each day, those that the answer counts
    young: tuple[
        int, ...
    ]  # of each day, those under 24 hours, which it does not count yet: they have no value here
    final: tuple[bool, ...]  # every post of the day counts, and was read at 7 days or more
    covered: tuple[bool, ...]  # the data tells of the day
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
    readings: pd.DataFrame | None = None,
    growth: Curves | None = None,
) -> Series:
    """Returns the days of the period, as `series_of` draws them."""
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
    return series_of(scope)


def series_of(scope: Scope) -> Series:
    """Returns the days of the very posts that the answer counts: no value that its words leave out.

    Where the period is empty, the days run from the first to the last of the posts that stand in for it;
    those are compared with nothing, and have no band.
    """
    period = _drawn_days(scope)
    chosen, young = np.flatnonzero(scope.used), np.flatnonzero(scope.young)
    last = min(period.last, local_date(scope.as_of, scope.zone))
    size = max(0, (last - period.first).days + 1)
    starts = np.array(day_starts(period.first, last, scope.zone), dtype=np.int64)
    day, young_day = (
        np.searchsorted(starts, scope.own.published_at[rows], side="right") - 1 for rows in (chosen, young)
    )
    final = ~scope.own.is_exact[chosen] | (scope.own.age_h[chosen] >= FINAL_H)
    nobody = np.zeros(len(scope.used), dtype=np.bool_)
    covered = comparable_days(scope, period, nobody, size)
    covered[day] = True
    drawn = _SeriesSource(scope, chosen, day, covered, final)
    lines = {kind.code: _line(drawn, kind) for kind in KINDS}
    unfinished = np.bincount(np.concatenate((day[~final], young_day)), minlength=size)
    return Series(
        days=tuple(period.first + timedelta(days=number) for number in range(size)),
        posts=tuple(np.bincount(day, minlength=size).tolist()),
        young=tuple(np.bincount(young_day, minlength=size).tolist()),
        final=tuple((unfinished == 0).tolist()),
        covered=tuple(covered.tolist()),
        lines=lines,
        main=next((code for code in MAIN_ORDER if lines[code].average is not None), None),
    )


def _drawn_days(scope: Scope) -> Period:
    if not scope.fallback or not scope.used.any():
        return scope.period
    moments, zone = scope.own.published_at[scope.used | scope.young], scope.zone
    return dates(local_date(int(moments.min()), zone), local_date(int(moments.max()), zone), zone)


def _standing_for(day: Ints, values: Floats, final: Bools) -> Ints:
    """Returns which posts are drawn: all, or of each crowded day a few.

    Of a crowded day these are the lowest, the highest and some evenly between by rank.
    By rank the cloud keeps its quantiles, to which the axis is made to fit. Each day starts its count elsewhere, or the
    same ranks of all days would stand in stripes.
    """
    known = np.flatnonzero(~np.isnan(values))
    if len(known) <= MOST_DOTS:
        return known
    part = 2 * day[known] + final[known]  # posts that are not final look different
    ordered = known[np.lexsort((values[known], part))]
    counts = np.unique(part, return_counts=True)[1]
    size, start = np.repeat(counts, counts), np.repeat(np.cumsum(counts) - counts, counts)
    place = np.arange(len(known)) - start
    most = max(EXTREMES, MOST_DOTS // len(counts))
    step = max(0, most - EXTREMES - 1) / size
    shift = np.repeat(np.arange(len(counts)) * GOLDEN % 1, counts)
    between = np.floor(place * step + shift) > np.floor((place - 1) * step + shift)
    kept = between | (place == 0) | (place == size - 1) | (size <= most)
    return np.sort(ordered[kept])


def _moments(scope: Scope, chosen: Ints) -> list[int]:
    """Returns when each post came out, in unix seconds; noon of a post of which only the date is known."""
    own = scope.own
    moments = own.published_at[chosen]
    for row in np.flatnonzero(~own.time_known[chosen]).tolist():
        day = local_date(int(moments[row]), scope.zone)
        moments[row] = noons(day, day, scope.zone)[0]
    return [int(moment) for moment in moments]


class _SeriesSource:
    """What every line is read off, taken out of the scope once."""

    def __init__(self, scope: Scope, rows: Ints, day: Ints, covered: Bools, final: Bools) -> None:
        self.scope, self.rows, self.day, self.covered, self.final = scope, rows, day, covered, final
        self.posts = scope.posts.take(rows)
        self.before = history(scope.period)
        earlier = np.flatnonzero(scope.organic(self.before) & compared(scope))
        self.earlier = scope.posts.take(earlier)
        self.earlier_day = scope.own.day[earlier] - (self.before.first - scope.window_first).days


def _line(drawn: _SeriesSource, kind: Rate) -> Line:
    size, posts, day = len(drawn.covered), drawn.posts, drawn.day
    values, each, average = _averages(kind, posts, day, size)
    if posts.size < MINIMUM_POSTS:
        average = np.array([np.nan])
    rough = posts.is_rough(kind.numerator) | posts.is_rough(kind.denominator)
    low, centre, high = (np.where(drawn.covered, side, np.nan) for side in _band(drawn, kind))
    return Line(
        code=kind.code,
        values=_plain(values),
        average=_plain(average)[0],
        approximate=tuple((np.bincount(day[rough], minlength=size) > 0).tolist()),
        low=_plain(low),
        centre=_plain(centre),
        high=_plain(high),
        every=_Posts(drawn.scope, drawn.rows, day, each, drawn.final),
    )


def _averages(kind: Rate, posts: Sample, day: Ints, size: int) -> tuple[Floats, Floats, Floats]:
    """Returns a value a day, a value a post, and one for all posts; NaN where undefined."""
    above = posts.of(kind.numerator)
    below = posts.of(kind.denominator)
    both = ~np.isnan(above) & (np.nan_to_num(below) > 0)
    ratios = np.divide(above, below, out=np.full(posts.size, np.nan), where=both)
    if kind.average != "pooled":
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


def _band(drawn: _SeriesSource, kind: Rate) -> tuple[float, ...]:
    """Returns the quantiles of the history's days; NaN where there are too few, or none to compare with."""
    values = _averages(kind, drawn.earlier, drawn.earlier_day, drawn.before.days)[0]
    values = values[~np.isnan(values)]
    if drawn.scope.fallback or len(values) < BAND_MINIMUM_DAYS or not _comparable(drawn.scope, kind):
        return tuple(np.nan for _ in BAND)
    return tuple(np.quantile(values, BAND).tolist())


def _comparable(scope: Scope, kind: Rate) -> bool:
    return scope.choice.comparable or kind.numerator != "interactions"


def _plain(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in values.tolist())
