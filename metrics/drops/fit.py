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
from metrics.drops.comparison import share_of_days
from metrics.drops.parameters import (
    COOL_DOWN_DAYS,
    DAY_PRIOR_DF,
    FIT_DAYS,
    FIT_FALSE_A_QUARTER,
    FIT_HIGHEST_Z,
    FIT_LARGEST_STEP_A_WEEK,
    FIT_LEAST_DAYS,
    FIT_LEAST_JUDGED_DAYS,
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
from metrics.drops.weeks import HISTORY_WEEKS, Daily, shuffled, whole_weeks
from metrics.frame import Floats, Ints

STEP_Z = 0.1
FITTED_FROM_Z = 1.2
FITTED_TIMES = (0.25, 13.0)  # of the openings allowed: a line is laid through what lies between
MEDIAN_TAKES = 1.1  # the running median takes a fifth of the variance of D away with the level
CAUTION = 0.75  # of the false warnings allowed: a year of one channel tells its noise only so well
PROMISE_QUANTILE = 0.95
PROMISE_GATES = 1.25  # a promise within so many gates is taken from the fewest days


def fit(
    posts: Series,
    last: int,
    metric: str,
    rule: Rule,
    *,
    cut: Sequence[Span] = (),
    before: float | None = None,
) -> Fit:
    """Returns the threshold that a channel's own noise asks for, from up to 364 days that end with `last`.

    `cut`: episodes and holidays; `before`: the threshold a week ago.
    """
    span = days_up_to(last, FIT_DAYS)
    rows = posts.rows(span)
    if rows.start == rows.stop:
        return Fit(None, 0, 0)
    days = last - int(posts.day[rows.start]) + 1
    weeks = whole_weeks(without(posts, cut), Span(last - days + 1, last), cut)
    judged = weeks.judged_days
    if days < FIT_LEAST_DAYS or judged < FIT_LEAST_JUDGED_DAYS:
        return Fit(None, days, judged)
    priors = PRIORS[metric]
    judged_all = _judge(shuffled(weeks), priors)
    found = _threshold(judged_all, rule.warning_z(metric, "exact"))
    step = math.inf if before is None else FIT_LARGEST_STEP_A_WEEK
    z = min(max(found, (before or 0.0) - step), (before or 0.0) + step)
    return Fit(round(z, 2), days, judged, *_promise(judged_all, z, rule))


@dataclass(frozen=True, slots=True)
class _Judgements:
    """Holds how each window compares with its history, by order and day after the first history."""

    shift: Floats  # D; NaN where the window holds too few posts
    se: Floats
    length: Ints  # days of the window


def _judge(daily: Daily, priors: Priors) -> _Judgements:
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
    return _Judgements(shift, np.sqrt(variance), length)


@dataclass(frozen=True, slots=True)
class _History:
    """Holds what is estimated from the 56 days that begin with each day, by order and first day."""

    effects: Floats  # and by weekday
    base: Floats
    post: Floats  # variance of a post within its day
    day: Floats
    error: Floats  # the base's own variance

    @classmethod
    def of(cls, daily: Daily, priors: Priors) -> "_History":
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


def _threshold(judged: _Judgements, lowest: float) -> float:
    """Returns the threshold at which the openings, with the cool-down, become few enough.

    The gate is left out: where it rules, it rules beside any threshold, and one that took it in would leap from the
    lowest to the highest by a single week. The logs of the openings lie on a line over z squared, as those of normal
    noise do; read off the line, a threshold rests on all the low stretches of a year, not on its two deepest.
    """
    grid = np.arange(FITTED_FROM_Z, FIT_HIGHEST_Z + STEP_Z / 2, STEP_Z)
    openings = _openings(judged, grid)
    allowed = CAUTION * FIT_FALSE_A_QUARTER
    known = (openings <= FITTED_TIMES[1] * allowed) & (openings >= FITTED_TIMES[0] * allowed)
    if known.sum() < 2:
        few = grid[openings <= allowed]
        return max(lowest, float(few[0])) if len(few) else FIT_HIGHEST_Z
    logs = np.log(openings[known])
    slope, start = np.polyfit(grid[known] ** 2, logs, 1, w=np.sqrt(openings[known]))
    square = (math.log(allowed) - start) / slope if slope < 0 else math.inf
    return min(max(math.sqrt(max(square, 0.0)), lowest), FIT_HIGHEST_Z)


def _openings(judged: _Judgements, grid: Floats) -> Floats:
    """Returns the expected openings in a quarter of a year at each threshold of the grid."""
    z = -np.nan_to_num(judged.shift) / judged.se
    quiet = np.zeros((len(grid), len(z)), dtype=np.int64)
    openings = np.zeros(len(grid))
    for number in range(z.shape[1]):
        opens = (z[:, number] >= grid[:, None]) & (quiet <= number)
        openings += opens.sum(axis=1)
        quiet[opens] = number + COOL_DOWN_DAYS
    return openings * QUARTER_DAYS / z.size


def _promise(judged: _Judgements, z: float, rule: Rule) -> tuple[float | None, int | None]:
    """Returns the drop that nineteen of twenty starts show, gate and threshold passed, and in how many days.

    The days are the fewest that show a drop near the gate. On each day after the start a window holds the
    share of its days that have passed since; then the history does, too.
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
    """Returns the sums over the 56 days from each day on, by weekday of the blocks."""
    days = np.arange(part.shape[1])
    return np.stack(
        [_sliding(np.where(days % WEEKDAYS == weekday, part, 0)) for weekday in range(WEEKDAYS)], axis=-1
    )
