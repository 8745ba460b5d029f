"""The rule of docs/evidence.md#A.6: how far the window's level lies below the history's, and how sure that is."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from metrics.drops.compared import Comparison, NoComparison
from metrics.drops.parameters import (
    CLIP_DOWN_AT_LEAST,
    CLIP_MADS,
    DAY_PRIOR_DF,
    FLOORED_SHARE,
    HISTORY_LEAST_DAYS,
    HISTORY_LEAST_POSTS,
    MAD_FLOOR,
    MAD_TO_SD,
    POST_PRIOR_DF,
    START_GATE_SHARE,
    START_REACH_DAYS,
    WEEKDAYS,
    WINDOW_DAYS,
    WINDOW_LEAST_POSTS,
    Priors,
)
from metrics.drops.series import Series
from metrics.drops.spans import Span
from metrics.frame import Floats, Ints


@dataclass(frozen=True, slots=True)
class _Days:
    """Days with posts, oldest first."""

    day: Ints
    n: Ints
    mean: Floats
    weekday: Ints


def compare(posts: Series, window: Span, history: Span, priors: Priors) -> Comparison | NoComparison:
    past, now = posts.rows(history), posts.rows(window)
    reason = why_undecided(posts, window, history)
    if reason is not None:
        sizes = now.stop - now.start, history, past.stop - past.start
        return NoComparison(reason, window, *sizes, _distinct(posts.day[past]))
    low, high = clip_limits(posts.x[past])
    before, after = (np.minimum(np.maximum(posts.x[rows], low), high) for rows in (past, now))
    before_days, after_days = _by_day(posts.day[past], before), _by_day(posts.day[now], after)
    post_variance = _post_variance(before, before_days, priors)
    effects = _weekday_effects(before_days, len(before), post_variance, priors)
    levels = before_days.mean - effects[before_days.weekday]
    shift = _weighted(after_days.mean - effects[after_days.weekday], after_days.n)
    base = _weighted(levels, before_days.n)
    day_variance = _day_variance(levels, before_days.n, post_variance, priors)
    rounding = [_mean_rounding(posts, rows) for rows in (now, past)]
    variance = (
        (post_variance + rounding[0]) / len(after)
        + day_variance * share_of_days(len(after_days.n), priors.day_correlation)
        + (post_variance + rounding[1]) / len(before)
        + day_variance * _long_share_of_days(len(before_days.n), priors.day_correlation)
        + _curve_variance(posts, now, past)
    )
    return Comparison(
        shift - base,
        math.sqrt(variance),
        window,
        len(after),
        history,
        len(before),
        len(before_days.n),
        math.sqrt(rounding[0]),
        is_floored=int((posts.x[now] < low).sum()) > FLOORED_SHARE * len(after),
        newest=int(after_days.day[-1]),
        newest_shift=float(after_days.mean[-1] - effects[after_days.weekday[-1]]) - base,
    )


def start_of(posts: Series, compared: Comparison, priors: Priors, gate_percent: float) -> int:
    """Returns the day (an ordinal) since which the mean of three days is lower by half the gate.

    Lower than the history, that is. It looks back from the window's last day, 28 days at most; days without
    posts are passed over.
    """
    past = posts.rows(compared.history)
    low, high = clip_limits(posts.x[past])
    before = np.clip(posts.x[past], low, high)
    days = _by_day(posts.day[past], before)
    effects = _weekday_effects(days, len(before), _post_variance(before, days, priors), priors)
    base = _weighted(days.mean - effects[days.weekday], days.n)
    limit = base + START_GATE_SHARE * math.log1p(-gate_percent / 100)
    level = np.clip(posts.x, low, high) - effects[(posts.day - 1) % 7]
    started = last = compared.window.last
    for day in range(last, last - START_REACH_DAYS, -1):
        rows = posts.rows(Span(day - WINDOW_DAYS + 1, day))
        if rows.start == rows.stop or posts.day[rows.stop - 1] != day:
            continue
        if float(level[rows].sum()) >= limit * (rows.stop - rows.start):
            break
        started = day
    return started


def why_undecided(posts: Series, window: Span, history: Span) -> str | None:
    rows = posts.rows(history)
    if len(posts.x) == 0:
        return "no_data"
    in_window = posts.count(window)
    if in_window == 0:
        return "no_posts"
    if rows.stop - rows.start < HISTORY_LEAST_POSTS or _distinct(posts.day[rows]) < HISTORY_LEAST_DAYS:
        return "learning"
    return "too_few_posts" if in_window < WINDOW_LEAST_POSTS else None


def _distinct(day: Ints) -> int:
    return int(np.count_nonzero(day[1:] != day[:-1])) + (len(day) > 0)


def clip_limits(before: Floats) -> tuple[float, float]:
    centre = _median(before)
    reach = CLIP_MADS * max(MAD_TO_SD * _median(np.abs(before - centre)), MAD_FLOOR)
    return centre - max(reach, CLIP_DOWN_AT_LEAST), centre + reach


def _mean(values: Floats) -> float:
    return float(values.sum()) / len(values)


def _median(values: Floats) -> float:
    """Returns the median without the overhead of `np.median`.

    A replay asks for a hundred thousand of them.
    """
    ordered = np.sort(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[half])
    return float(ordered[half - 1] + ordered[half]) / 2


def _by_day(day: Ints, x: Floats) -> _Days:
    changes = np.flatnonzero(day[1:] != day[:-1])
    bounds = np.empty(len(changes) + 2, dtype=np.int64)
    bounds[0], bounds[1:-1], bounds[-1] = 0, changes + 1, len(day)
    starts = bounds[:-1]
    n, days = bounds[1:] - starts, day[starts]
    weekday = (days - 1) % 7  # day 1 of the calendar is a Monday
    return _Days(days, n, np.add.reduceat(x, starts) / n, weekday)


def _weighted(levels: Floats, n: Ints) -> float:
    return float(levels @ n) / float(n.sum())


def _weekday_effects(days: _Days, posts: int, post_variance: float, priors: Priors) -> Floats:
    """Returns what each weekday adds, shrunk towards nothing by what its posts and days can tell."""
    total = days.mean * days.n
    n = np.bincount(days.weekday, days.n, 7)
    k = np.bincount(days.weekday, minlength=7)
    known = np.maximum(n, 1), np.maximum(k, 1)
    means = np.bincount(days.weekday, total, 7) / known[0]
    deviation = means - float(total.sum()) / posts
    own = _weekday_variance(days, means, n, k, post_variance, priors)
    noise = priors.post_sd**2 / known[0] + priors.day_sd**2 / known[1]
    return np.asarray(np.where(k > 0, deviation * own / (own + noise), 0.0))


def _weekday_variance(
    days: _Days, means: Floats, n: Floats | Ints, k: Ints, post_variance: float, priors: Priors
) -> float:
    """Returns the variance of this channel's weekdays about each other, at least the prior's.

    What posts and days explain is taken off.
    """
    seen = k > 0
    if int(seen.sum()) < WEEKDAYS:
        return priors.weekday_sd**2
    within = days.mean - means[days.weekday]
    free = max(1, len(days.n) - WEEKDAYS)
    moment = float(within @ within) / free - post_variance * float((1 / days.n).sum()) / len(days.n)
    own = (free * max(0.0, moment) + DAY_PRIOR_DF * priors.day_sd**2) / (free + DAY_PRIOR_DF)
    about = means - float(means.sum()) / WEEKDAYS
    error = float((post_variance / n + own / k).sum()) / WEEKDAYS
    spread = float(about @ about) / (WEEKDAYS - 1) - error
    return max(priors.weekday_sd**2, spread)


def _post_variance(x: Floats, days: _Days, priors: Priors) -> float:
    residual = x - np.repeat(days.mean, days.n)
    free = len(x) - len(days.n)
    return (float(residual @ residual) + POST_PRIOR_DF * priors.post_sd**2) / (free + POST_PRIOR_DF)


def _day_variance(levels: Floats, n: Ints, post_variance: float, priors: Priors) -> float:
    k = len(levels)
    residual = levels - float(levels.sum()) / k
    moment = float(residual @ residual) / (k - 1) - post_variance * float((1 / n).sum()) / k
    own = (k - 1) * max(0.0, moment)
    return (own + DAY_PRIOR_DF * priors.day_sd**2) / (k - 1 + DAY_PRIOR_DF)


def _mean_rounding(posts: Series, rows: slice) -> float:
    return 0.0 if posts.rounding is None else _mean(posts.rounding[rows])


def _curve_variance(posts: Series, now: slice, past: slice) -> float:
    """Returns the variance that a growth curve unlike the channel's own adds to the difference.

    0 without a curve. A channel whose posts grow on differently than the fleet's looks changed at the end of
    every file.
    The curve's error is the channel's own, the same in all its posts: it cancels between posts of one age. Over the
    56 days of a history it hardly changes once the posts are months old, so that there docs/evidence.md#A.6 stands as it is.
    """
    if posts.curve_sd is None:
        return 0.0
    return (_mean(posts.curve_sd[now]) - _mean(posts.curve_sd[past])) ** 2


@lru_cache(maxsize=256)
def share_of_days(k: int, rho: float) -> float:
    """Returns the variance of the mean of k neighbouring days of unit variance."""
    return (k + 2 * sum((k - j) * rho**j for j in range(1, k))) / k**2


def _long_share_of_days(k: int, rho: float) -> float:
    """Returns the variance of the mean of k neighbouring days of unit variance, as it is for many days."""
    return (1 + rho) / (1 - rho) / k
