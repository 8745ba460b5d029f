"""A channel's history as whole weeks without a drop in them, and those weeks in other orders."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.drops.comparison import clip_limits
from metrics.drops.parameters import (
    CRITICAL_DROP_PERCENT,
    FIT_DAYS,
    FIT_MEDIAN_DAYS,
    HISTORY_DAYS,
    QUARTER_DAYS,
    WEEKDAYS,
    WINDOW_LEAST_POSTS,
    WINDOW_LONGEST_DAYS,
)
from metrics.drops.series import Series
from metrics.drops.spans import Span
from metrics.frame import Bools, Floats, Ints

ORDERS = 48
JUDGED_WEEKS = 26  # of each order, after the history that the first of them needs
HISTORY_WEEKS = HISTORY_DAYS // WEEKDAYS + 1
SEED = 20_250_106  # the same history gives the same threshold


@dataclass(frozen=True, slots=True)
class Daily:
    """Number, sum and sum of squares of the posts of each day; the last axis is days from a block's first weekday."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks without a gap in them, oldest first; `number` counts those left out, too."""

    daily: Daily
    number: Ints
    judged_days: int  # with a window's posts

    @classmethod
    def none(cls) -> "Weeks":
        return cls(Daily(*(np.zeros((0, WEEKDAYS)) for _ in range(3))), np.zeros(0, dtype=np.int64), 0)


def whole_weeks(posts: Series, span: Span, cut: Sequence[Span]) -> Weeks:
    """Returns the whole weeks that touch nothing cut out, with the median of 29 days taken off."""
    count = span.days // WEEKDAYS
    first = span.last - count * WEEKDAYS + 1
    rows = posts.rows(Span(first, span.last))
    day, x = posts.day[rows] - first, posts.x[rows]
    if len(x) == 0:
        return Weeks.none()
    touched = _fallen(day, x, count * WEEKDAYS)
    for one in cut:
        touched[max(0, one.first - first) : max(0, one.last - first + 1)] = True
    day, x = day[~touched[day]], x[~touched[day]]  # else the median of the days about a fall would follow it
    if len(x) == 0:
        return Weeks.none()
    x = x - _running_median(day, x, count * WEEKDAYS, FIT_MEDIAN_DAYS)[day]
    low, high = clip_limits(x)
    x = np.minimum(np.maximum(x, low), high)
    parts = [np.bincount(day, weights, count * WEEKDAYS) for weights in (None, x, x * x)]
    whole = ~touched.reshape(count, WEEKDAYS).any(axis=1)
    kept = Daily(*(np.asarray(part, dtype=np.float64).reshape(count, WEEKDAYS)[whole] for part in parts))
    near = np.convolve(parts[0], np.ones(WINDOW_LONGEST_DAYS))[: count * WEEKDAYS]
    judged = (near.reshape(count, WEEKDAYS)[whole] >= WINDOW_LEAST_POSTS).sum()
    return Weeks(kept, np.flatnonzero(whole), int(judged))


def _fallen(day: Ints, x: Floats, days: int) -> Bools:
    """Tells which days belong to falls that nobody recorded.

    Their week's median lies as low as a critical drop below the quarter's. So do the days beside them, from
    half that depth on. Weekdays are levelled before: a quiet weekend is no fall.
    """
    level = x - _weekday_medians(day, x)[day % WEEKDAYS]
    below = _running_median(day, level, days, WEEKDAYS) - _running_median(day, level, days, QUARTER_DAYS)
    limit = math.log1p(-CRITICAL_DROP_PERCENT / 100)
    low = below <= limit / 2
    run = np.cumsum(np.diff(low, prepend=False))
    fallen = low & np.isin(run, run[below <= limit])
    return np.asarray(np.convolve(fallen, np.ones(WEEKDAYS), "same") > 0)


def _weekday_medians(day: Ints, x: Floats) -> Floats:
    """Returns the median of each weekday, 0 for one without posts."""
    of_weekday = [x[day % WEEKDAYS == weekday] for weekday in range(WEEKDAYS)]
    return np.array([np.median(values) if len(values) else 0.0 for values in of_weekday])


def _running_median(day: Ints, x: Floats, days: int, width: int) -> Floats:
    """Returns, for each day, the median of the daily means of the days about it.

    An odd width keeps every edge of a longer change where it is.
    """
    n = np.bincount(day, minlength=days)
    means = np.where(n > 0, np.bincount(day, x, days) / np.maximum(n, 1), np.nan)
    half = width // 2
    padded = np.concatenate((np.full(half, np.nan), means, np.full(half, np.nan)))
    around = np.lib.stride_tricks.sliding_window_view(padded, width)
    known = np.isfinite(around).any(axis=1)
    median = np.zeros(days)
    median[known] = np.nanmedian(around[known], axis=1)
    return median


def shuffled(weeks: Weeks) -> Daily:
    """Returns the weeks in many random orders.

    Each week has its own lot, so that weeks left out change nothing about the order of the others.
    """
    wanted = HISTORY_WEEKS + JUDGED_WEEKS
    times = -(-wanted // len(weeks.number))
    lots = np.random.default_rng(SEED).random((ORDERS, wanted, FIT_DAYS // WEEKDAYS))
    order = lots[:, :times, weeks.number].argsort(axis=-1).reshape(ORDERS, -1)[:, :wanted]
    daily = weeks.daily
    return Daily(*(part[order].reshape(ORDERS, -1) for part in (daily.n, daily.total, daily.squares)))
