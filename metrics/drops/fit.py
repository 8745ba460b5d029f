"""The threshold that a channel's own noise asks for: the rule over its history with the weeks in another order.

Weeks keep their days, so that weekends and neighbouring days stay what they are; a lasting change is taken off by a
running median before. What is left holds no drop, and every warning of it is a false one. Everything is computed for all
orders, days and thresholds at once (docs/alerts.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.drops.compared import Fit
from metrics.drops.comparison import clip_limits, share_of_days
from metrics.drops.parameters import (
    COOL_DOWN_DAYS,
    CRITICAL_DROP_PERCENT,
    DAY_PRIOR_DF,
    FIT_DAYS,
    FIT_FALSE_A_QUARTER,
    FIT_HIGHEST_Z,
    FIT_LARGEST_STEP_A_WEEK,
    FIT_LEAST_DAYS,
    FIT_LEAST_JUDGED_DAYS,
    FIT_MEDIAN_DAYS,
    HISTORY_DAYS,
    POST_PRIOR_DF,
    PRIORS,
    PROMISED_WITHIN_DAYS,
    QUARTER_DAYS,
    WEEKDAYS,
    WINDOW_DAYS,
    WINDOW_LEAST_POSTS,
    WINDOW_LONGEST_DAYS,
    WINDOW_POSTS,
    Priors,
    Rule,
)
from metrics.drops.series import Series, without
from metrics.drops.spans import Span, days_up_to
from metrics.frame import Bools, Floats, Ints

ORDERS = 48
JUDGED_WEEKS = 26  # of each order, after the history that the first of them needs
HISTORY_WEEKS = HISTORY_DAYS // WEEKDAYS + 1
STEP_Z = 0.1
MEDIAN_TAKES = 1.1  # the running median takes a fifth of the variance of D away with the level
CAUTION = 0.75  # of the false warnings allowed: a year of one channel tells its noise only so well
PROMISE_QUANTILE = 0.95
PROMISE_GATES = 1.25  # a promise within so many gates is taken from the fewest days
SEED = 20_250_106  # the same history gives the same threshold


@dataclass(frozen=True, slots=True)
class _Daily:
    """Number, sum and sum of squares of the posts of each day; the last axis is days from a block's first weekday."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Weeks without a gap in them, oldest first; `number` counts those left out, too."""

    daily: _Daily
    number: Ints
    judged_days: int  # with a window's posts

    @classmethod
    def none(cls) -> "_Weeks":
        return cls(_Daily(*(np.zeros((0, WEEKDAYS)) for _ in range(3))), np.zeros(0, dtype=np.int64), 0)


def fit(
    posts: Series,
    last: int,
    metric: str,
    rule: Rule,
    *,
    cut: Sequence[Span] = (),
    before: float | None = None,
) -> Fit:
    """From up to 364 days that end with `last`; `cut`: episodes and holidays; `before`: the threshold a week ago."""
    span = days_up_to(last, FIT_DAYS)
    rows = posts.rows(span)
    if rows.start == rows.stop:
        return Fit(None, 0, 0)
    days = last - int(posts.day[rows.start]) + 1
    weeks = _weeks(without(posts, cut), Span(last - days + 1, last), cut)
    judged = weeks.judged_days
    if days < FIT_LEAST_DAYS or judged < FIT_LEAST_JUDGED_DAYS:
        return Fit(None, days, judged)
    priors = PRIORS[metric]
    judged_all = _judge(_shuffled(weeks), priors)
    found = _threshold(judged_all, rule, rule.warning_z(metric, "exact"))
    step = math.inf if before is None else FIT_LARGEST_STEP_A_WEEK
    z = min(max(found, (before or 0.0) - step), (before or 0.0) + step)
    return Fit(round(z, 2), days, judged, *_promise(judged_all, z, rule))


def _weeks(posts: Series, span: Span, cut: Sequence[Span]) -> _Weeks:
    """Whole weeks that touch nothing cut out, the median of 29 days taken off."""
    count = span.days // WEEKDAYS
    first = span.last - count * WEEKDAYS + 1
    rows = posts.rows(Span(first, span.last))
    day, x = posts.day[rows] - first, posts.x[rows]
    if len(x) == 0:
        return _Weeks.none()
    touched = _fallen(day, x, count * WEEKDAYS)
    for one in cut:
        touched[max(0, one.first - first) : max(0, one.last - first + 1)] = True
    day, x = day[~touched[day]], x[~touched[day]]  # else the median of the days about a fall would follow it
    if len(x) == 0:
        return _Weeks.none()
    x = x - _running_median(day, x, count * WEEKDAYS, FIT_MEDIAN_DAYS)[day]
    low, high = clip_limits(x)
    x = np.minimum(np.maximum(x, low), high)
    parts = [np.bincount(day, weights, count * WEEKDAYS) for weights in (None, x, x * x)]
    whole = ~touched.reshape(count, WEEKDAYS).any(axis=1)
    kept = _Daily(*(np.asarray(part, dtype=np.float64).reshape(count, WEEKDAYS)[whole] for part in parts))
    near = np.convolve(parts[0], np.ones(WINDOW_LONGEST_DAYS))[: count * WEEKDAYS]
    judged = (near.reshape(count, WEEKDAYS)[whole] >= WINDOW_LEAST_POSTS).sum()
    return _Weeks(kept, np.flatnonzero(whole), int(judged))


def _fallen(day: Ints, x: Floats, days: int) -> Bools:
    """Days of falls that nobody recorded: their week's median lies as low as a critical drop below the quarter's."""
    week = _running_median(day, x, days, WEEKDAYS)
    quarter = _running_median(day, x, days, QUARTER_DAYS)
    fallen = week <= quarter + math.log1p(-CRITICAL_DROP_PERCENT / 100)
    return np.asarray(np.convolve(fallen, np.ones(WEEKDAYS), "same") > 0)


def _running_median(day: Ints, x: Floats, days: int, width: int) -> Floats:
    """Of the daily means of the days about each day. An odd width keeps every edge of a longer change where it is."""
    n = np.bincount(day, minlength=days)
    means = np.where(n > 0, np.bincount(day, x, days) / np.maximum(n, 1), np.nan)
    half = width // 2
    padded = np.concatenate((np.full(half, np.nan), means, np.full(half, np.nan)))
    around = np.lib.stride_tricks.sliding_window_view(padded, width)
    known = np.isfinite(around).any(axis=1)
    median = np.zeros(days)
    median[known] = np.nanmedian(around[known], axis=1)
    return median


def _shuffled(weeks: _Weeks) -> _Daily:
    """Each week has its own lot, so that weeks left out change nothing about the order of the others."""
    wanted = HISTORY_WEEKS + JUDGED_WEEKS
    times = -(-wanted // len(weeks.number))
    lots = np.random.default_rng(SEED).random((ORDERS, wanted, FIT_DAYS // WEEKDAYS))
    order = lots[:, :times, weeks.number].argsort(axis=-1).reshape(ORDERS, -1)[:, :wanted]
    daily = weeks.daily
    return _Daily(*(part[order].reshape(ORDERS, -1) for part in (daily.n, daily.total, daily.squares)))


@dataclass(frozen=True, slots=True)
class _Judged:
    """By order and day after the first history."""

    shift: Floats  # D; NaN where the window holds too few posts
    se: Floats
    length: Ints  # days of the window


def _judge(daily: _Daily, priors: Priors) -> _Judged:
    sums = [_running(part) for part in (daily.n, daily.total)]
    last = np.arange(HISTORY_WEEKS * WEEKDAYS - 1, daily.n.shape[1])
    length = np.full((len(daily.n), len(last)), WINDOW_LONGEST_DAYS)
    for days in range(WINDOW_LONGEST_DAYS - 1, WINDOW_DAYS - 1, -1):
        enough = sums[0][:, last + 1] - sums[0][:, last + 1 - days] >= WINDOW_POSTS
        length[enough] = days
    order = np.arange(len(daily.n))[:, None]
    first = last + 1 - length
    history = _History.of(daily, priors)
    at = order, first - (HISTORY_WEEKS - 1) * WEEKDAYS
    posts = sums[0][:, last + 1] - sums[0][order, first]
    level = sums[1][:, last + 1] - sums[1][order, first]
    k = np.zeros(posts.shape)
    for back in range(WINDOW_LONGEST_DAYS):
        inside = back < length
        there = daily.n[:, last - back] * inside
        level -= there * history.effects[(*at, (last - back) % WEEKDAYS)]
        k += there > 0
    known = posts >= WINDOW_LEAST_POSTS
    n = np.maximum(posts, 1)
    shares = np.array(
        [0.0, *(share_of_days(days, priors.day_correlation) for days in range(1, WINDOW_LONGEST_DAYS + 1))]
    )
    variance = history.post[at] / n + history.day[at] * shares[k.astype(int)] + history.error[at]
    shift = np.where(known, MEDIAN_TAKES * (level / n - history.base[at]), np.nan)
    return _Judged(shift, np.sqrt(variance), length)


@dataclass(frozen=True, slots=True)
class _History:
    """Of the 56 days from each day on, by order and first day."""

    effects: Floats  # and by weekday
    base: Floats
    post: Floats  # variance of a post within its day
    day: Floats
    error: Floats  # the base's own variance

    @classmethod
    def of(cls, daily: _Daily, priors: Priors) -> "_History":
        weekly = [_by_weekday(part) for part in (daily.n, daily.total)]
        has = (daily.n > 0).astype(float)
        mean = daily.total / np.maximum(daily.n, 1)
        k_w, mean_w, square_w = (_by_weekday(part) for part in (has, mean * has, mean * mean * has))
        n, k = np.maximum(weekly[0].sum(-1), 1), np.maximum(k_w.sum(-1), 2)
        within = _sliding(daily.squares - daily.total * mean)
        post = (within + POST_PRIOR_DF * priors.post_sd**2) / (n - k + POST_PRIOR_DF)
        inverse = _sliding(has / np.maximum(daily.n, 1)) / k
        means = weekly[1] / np.maximum(weekly[0], 1)
        overall = weekly[1].sum(-1) / n
        about = (square_w - 2 * means * mean_w + k_w * means**2).sum(-1)
        own = _weekday_variance(means, weekly[0], k_w, about, post, inverse, priors)[..., None]
        noise = priors.post_sd**2 / np.maximum(weekly[0], 1) + priors.day_sd**2 / np.maximum(k_w, 1)
        effects = np.where(k_w > 0, (means - overall[..., None]) * own / (own + noise), 0)
        base = overall - (weekly[0] * effects).sum(-1) / n
        levels = (mean_w - k_w * effects).sum(-1)
        squares = (square_w - 2 * effects * mean_w + k_w * effects**2).sum(-1)
        moment = (squares - levels**2 / k) / (k - 1) - post * inverse
        day = ((k - 1) * np.maximum(0, moment) + DAY_PRIOR_DF * priors.day_sd**2) / (k - 1 + DAY_PRIOR_DF)
        rho = priors.day_correlation
        return cls(effects, base, post, day, post / n + day * (1 + rho) / (1 - rho) / k)


def _weekday_variance(
    means: Floats, n: Floats, k: Floats, about: Floats, post: Floats, inverse: Floats, priors: Priors
) -> Floats:
    free = np.maximum(1, k.sum(-1) - WEEKDAYS)
    moment = np.maximum(0, about / free - post * inverse)
    day = (free * moment + DAY_PRIOR_DF * priors.day_sd**2) / (free + DAY_PRIOR_DF)
    noise = (post[..., None] / np.maximum(n, 1) + day[..., None] / np.maximum(k, 1)).mean(-1)
    spread = np.where((k > 0).all(-1), means.var(axis=-1, ddof=1) - noise, 0)
    return np.asarray(np.maximum(priors.weekday_sd**2, spread))


def _threshold(judged: _Judged, rule: Rule, lowest: float) -> float:
    """The lowest on the grid whose openings, with the cool-down, are few enough."""
    grid = np.arange(lowest, FIT_HIGHEST_Z + STEP_Z / 2, STEP_Z)
    shift = np.nan_to_num(judged.shift)
    deep = shift <= math.log1p(-rule.gate_percent / 100)
    z = np.where(deep, -shift / judged.se, -np.inf)
    quiet = np.zeros((len(grid), len(z)), dtype=np.int64)
    openings = np.zeros(len(grid))
    for number in range(z.shape[1]):
        opens = (z[:, number] >= grid[:, None]) & (quiet <= number)
        openings += opens.sum(axis=1)
        quiet[opens] = number + COOL_DOWN_DAYS
    few = openings <= CAUTION * FIT_FALSE_A_QUARTER * z.size / QUARTER_DAYS
    return float(grid[few][0]) if few.any() else FIT_HIGHEST_Z


def _promise(judged: _Judged, z: float, rule: Rule) -> tuple[float | None, int | None]:
    """The drop that nineteen of twenty starts show, gate and threshold passed, in the fewest days that show one near the gate.

    On each day after the start a window holds the share of its days that have passed since; then the history does, too.
    """
    gate = -math.log1p(-rule.gate_percent / 100)
    needed = np.nan_to_num(np.maximum(z * judged.se, gate) + judged.shift, nan=np.inf)
    starts = needed.shape[1] - max(PROMISED_WITHIN_DAYS) + 1
    least = np.full((len(needed), starts), np.inf)
    found: tuple[float | None, int | None] = (None, None)
    for day in range(max(PROMISED_WITHIN_DAYS)):
        part = slice(day, day + starts)
        in_history = np.maximum(0, day + 1 - judged.length[:, part]) / HISTORY_DAYS
        share = np.minimum(1.0, (day + 1) / judged.length[:, part]) - in_history
        least = np.minimum(least, np.maximum(needed[:, part], 0) / share)
        if day + 1 in PROMISED_WITHIN_DAYS:
            drop = float(np.quantile(least, PROMISE_QUANTILE, method="higher"))
            if math.isfinite(drop):
                found = -100 * math.expm1(-drop), day + 1
                if found[0] is not None and found[0] <= PROMISE_GATES * rule.gate_percent:
                    break
    return found


def _running(part: Floats) -> Floats:
    return np.concatenate((np.zeros((len(part), 1)), np.cumsum(part, axis=1)), axis=1)


def _sliding(part: Floats) -> Floats:
    sums = _running(part)
    return np.asarray(sums[:, HISTORY_DAYS:] - sums[:, :-HISTORY_DAYS])


def _by_weekday(part: Floats) -> Floats:
    """Sums over the 56 days from each day on, by weekday of the blocks."""
    days = np.arange(part.shape[1])
    return np.stack(
        [_sliding(np.where(days % WEEKDAYS == weekday, part, 0)) for weekday in range(WEEKDAYS)], axis=-1
    )
