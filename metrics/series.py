"""The same numbers day by day, at the same age, with the band of the days before: what a chart draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

import numpy as np
import pandas as pd

from metrics.curves import Curves
from metrics.frame import Bools, Floats, Ints
from metrics.maturity import FINAL_H
from metrics.periods import Period, dates, history, local_date, noons
from metrics.registry import EVERY, LEVELS, Rate
from metrics.sample import Sample
from metrics.scope import Scope, comparable_days, compared, open_scope

BAND = (0.1, 0.5, 0.9)
BAND_MINIMUM_DAYS = 10
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


@dataclass(frozen=True, slots=True)
class Line:
    """Percent, or a mean a post. `values`, `approximate` and the band have an entry a day, `dots` one a post.

    `average`: over the posts that the answer's basis counts, the very value its words tell; None of 1-2 posts. The band is
    the 10-90 % range of the history's days and their median, at the same age as the days themselves.
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
    final: tuple[bool, ...]  # every post of the day counts, and was read at 7 days or more
    covered: tuple[bool, ...]  # the data tells of the day
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
    readings: pd.DataFrame | None = None,
    growth: Curves | None = None,
) -> Series:
    """Days of the period; where it is empty, those from the first to the last of the posts that stand in for it."""

    def opened(days: Period) -> Scope:
        return open_scope(
            posts,
            audience,
            period=days,
            zone=zone,
            as_of=as_of,
            platform=platform,
            readings=readings,
            growth=growth,
        )

    scope = opened(period)
    if scope.fallback and scope.used.any():
        moments = scope.own.published_at[scope.used]
        span = dates(local_date(int(moments.min()), zone), local_date(int(moments.max()), zone), zone)
        scope = opened(span)
    return series_of(scope)


def series_of(scope: Scope) -> Series:
    chosen = np.flatnonzero(scope.organic(scope.period))
    last = min(scope.period.last, local_date(scope.as_of, scope.zone))
    size = max(0, (last - scope.period.first).days + 1)
    day = scope.own.day[chosen] - (scope.period.first - scope.window_first).days
    counts = np.bincount(day, minlength=size)
    final = ~scope.own.is_exact[chosen] | (scope.own.age_h[chosen] >= FINAL_H)
    nobody = np.zeros(len(scope.used), dtype=np.bool_)
    covered = comparable_days(scope, scope.period, nobody, size)
    covered[day] = True
    lines = {kind.code: _line(scope, kind, chosen, day, covered) for kind in KINDS}
    return Series(
        days=tuple(scope.period.first + timedelta(days=number) for number in range(size)),
        posts=tuple(counts.tolist()),
        final=tuple((np.bincount(day[~final], minlength=size) == 0).tolist()),
        covered=tuple(covered.tolist()),
        published_at=tuple(_moments(scope, chosen)),
        dot_final=tuple(final.tolist()),
        lines=lines,
        main=next((code for code in MAIN_ORDER if lines[code].average is not None), None),
    )


def _moments(scope: Scope, chosen: Ints) -> list[int]:
    """When each post came out; noon of a post of which only the date is known."""
    own = scope.own
    day = [scope.window_first + timedelta(days=int(number)) for number in own.day[chosen]]
    return [
        int(at) if known else noons(one, one, scope.zone)[0]
        for at, known, one in zip(own.published_at[chosen], own.time_known[chosen], day, strict=True)
    ]


def _line(scope: Scope, kind: Rate, chosen: Ints, day: Ints, covered: Bools) -> Line:
    size = len(covered)
    posts = scope.posts.take(chosen)
    values, dots, _ = _averages(kind, posts, day, size)
    used = scope.posts.take(scope.used)
    nowhere = np.zeros(used.size, dtype=np.int64)
    average = _averages(kind, used, nowhere, 1)[2] if used.size >= MINIMUM_POSTS else np.array([np.nan])
    rough = posts.is_rough(kind.numerator) | posts.is_rough(kind.denominator)
    low, centre, high = (np.where(covered, side, np.nan) for side in _band(scope, kind))
    return Line(
        code=kind.code,
        values=_plain(values),
        dots=_plain(dots),
        average=_plain(average)[0],
        approximate=tuple((np.bincount(day[rough], minlength=size) > 0).tolist()),
        low=_plain(low),
        centre=_plain(centre),
        high=_plain(high),
    )


def _averages(kind: Rate, posts: Sample, day: Ints, size: int) -> tuple[Floats, Floats, Floats]:
    """A value a day, a value a post, and one for all posts; NaN where undefined."""
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


def _band(scope: Scope, kind: Rate) -> tuple[float, ...]:
    """The history's days."""
    before = history(scope.period)
    chosen = np.flatnonzero(scope.organic(before) & compared(scope))
    day = scope.own.day[chosen] - (before.first - scope.window_first).days
    values = _averages(kind, scope.posts.take(chosen), day, before.days)[0]
    values = values[~np.isnan(values)]
    if len(values) < BAND_MINIMUM_DAYS or not _comparable(scope, kind):
        return tuple(np.nan for _ in BAND)
    return tuple(np.quantile(values, BAND).tolist())


def _comparable(scope: Scope, kind: Rate) -> bool:
    return scope.choice.comparable or kind.numerator != "interactions"


def _plain(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in values.tolist())
