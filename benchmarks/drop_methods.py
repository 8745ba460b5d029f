"""Ways to find a drop in posts by day: the rule of `metrics.drops`, and what else people use, for comparison.

A method answers with the days (ordinals) on which it would have spoken; all are quiet for 7 days after that.
"""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from benchmarks.drop_channels import FIRST_DAY
from metrics.drops import episodes
from metrics.drops.decision import judge
from metrics.drops.look import look
from metrics.drops.parameters import COOL_DOWN_DAYS, Rule
from metrics.drops.series import Series
from metrics.drops.spans import Span
from metrics.frame import Floats, Ints

Method = Callable[["Values", int, int], list[int]]  # values, first day, last day

SIGMA_DAYS, CHART_DAYS = 28, 56
SIGMAS = 3.0  # mean minus k sigma
EWMA_WEIGHT, EWMA_LIMIT = 0.3, 2.7  # docs/evidence.md#3.2 (F)
CUSUM_SLACK, CUSUM_LIMIT = 0.5, 4.0  # docs/evidence.md#3.2 (G)


class Values:
    """One metric of one channel; what `metrics.drops.sources` makes of posts, without the posts."""

    basis = "exact"

    def __init__(self, metric: str, posts: Series) -> None:
        self.metric = metric
        self.posts = posts
        self.published = posts.day

    def compared(self, _window: Span, _history: Span) -> Series:
        return self.posts


def by_rule(
    rule: Rule, fitted_z: float | None = None, *, holidays: Sequence[Span] = (), pushed_only: bool = False
) -> Method:
    def openings(values: Values, first: int, last: int) -> list[int]:
        track, found = episodes.NEW, []
        for day in range(first, last + 1):
            since = None if track.since is None else track.since.toordinal()
            seen = look(
                values,
                day,
                rule,
                frozen=track.frozen,
                since=since,
                was_slow=track.is_slow,
                holidays=holidays,
            )
            decision = judge(
                seen.compared,
                rule,
                metric=seen.metric,
                basis=seen.basis,
                is_slow=seen.is_slow,
                fitted_z=fitted_z,
                is_holiday=seen.is_holiday,
            )
            step = episodes.advance(track, decision, rule, date.fromordinal(day))
            track = step.track
            if "opened" in step.events and (decision.is_pushed or not pushed_only):
                found.append(day)
        return found

    return openings


def below_sigmas(values: Values, first: int, last: int) -> list[int]:
    """Finds days whose mean is under that of 28 days less 3 sigma: of the values, as people do it."""
    means = _day_means(values.posts.day, np.exp(values.posts.x))
    return _spaced(_standardised(means, SIGMA_DAYS) < -SIGMAS, first, last)


def ewma(values: Values, first: int, last: int) -> list[int]:
    """Finds days by the exponentially weighted mean of the days' standardised log means."""
    z = _standardised(_day_means(values.posts.day, values.posts.x), CHART_DAYS)
    limit = EWMA_LIMIT * np.sqrt(EWMA_WEIGHT / (2 - EWMA_WEIGHT))
    level, below = 0.0, np.zeros(len(z), dtype=np.bool_)
    for number, value in enumerate(np.nan_to_num(z)):
        level = (1 - EWMA_WEIGHT) * level + EWMA_WEIGHT * value
        below[number] = level < -limit
    return _spaced(below, first, last)


def cusum(values: Values, first: int, last: int) -> list[int]:
    """Finds days by the cumulative sum of what they lie below the mean by more than half a sigma."""
    z = _standardised(_day_means(values.posts.day, values.posts.x), CHART_DAYS)
    total, below = 0.0, np.zeros(len(z), dtype=np.bool_)
    for number, value in enumerate(np.nan_to_num(z)):
        total = max(0.0, total - value - CUSUM_SLACK)
        below[number] = total > CUSUM_LIMIT
        total = 0.0 if below[number] else total
    return _spaced(below, first, last)


def _day_means(day: Ints, x: Floats) -> Floats:
    """Returns one value a day from FIRST_DAY on; NaN where nothing was posted."""
    number = day - FIRST_DAY
    n = np.bincount(number)
    return np.where(n > 0, np.bincount(number, x) / np.maximum(n, 1), np.nan)


def _standardised(means: Floats, days: int) -> Floats:
    """Returns each day against the `days` before it, in their sd."""
    known = np.nan_to_num(means)
    sums = [np.concatenate(([0.0], np.cumsum(part))) for part in (~np.isnan(means), known, known**2)]
    starts = np.maximum(np.arange(len(means)) - days, 0)
    n, total, squares = (part[np.arange(len(means))] - part[starts] for part in sums)
    n = np.maximum(n, 2)
    variance = np.maximum((squares - total**2 / n) / (n - 1), 1e-12)
    return np.asarray((means - total / n) / np.sqrt(variance))


def _spaced(below: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], first: int, last: int) -> list[int]:
    found: list[int] = []
    for number in np.flatnonzero(below):
        day = FIRST_DAY + int(number)
        if first <= day <= last and (not found or day >= found[-1] + COOL_DOWN_DAYS):
            found.append(day)
    return found
