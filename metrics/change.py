"""How a period stands against earlier posts, both sides brought to 7 days (docs/evidence.md#A.4).

The difference is that of the means of the logs of the posts (never of the pooled figures: docs/evidence.md#1.3). Its standard
error has four parts: the posts' own spread, that of whole days (posts of one day rise and fall together), rounding,
and how far a channel's growth curve lies from the fleet's where the two sides were read at different ages. Counters
that hardly ever move are compared by their sums instead: the log of a count of 0 or 1 says little.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from metrics import estimates, maturity
from metrics.curves import Curves
from metrics.estimates import Pairs
from metrics.frame import Bools, Floats, Ints
from metrics.registry import Rate
from metrics.sample import Sample
from metrics.student import t_quantile

MINIMUM = 3  # posts (days for er_day) on each side
SPARSE_BELOW = 5.0  # mean count under which sums are compared (docs/evidence.md#1.3)
WHOLE_NUMBER_VARIANCE = 1 / 12  # a counter is a whole number: the rounding of an exact one
# Day-level sd of the log and its next-day correlation (docs/evidence.md#3.1, #3.3), of views and of what people do with them.
DAY_VIEWS = (0.09, 0.4)
DAY_INTERACTIONS = (0.12, 0.1)
_Z = NormalDist().inv_cdf(0.975)
_VIEW_LIKE = ("views", "reach", "views_24h", "views_48h")


@dataclass(frozen=True, slots=True)
class Difference:
    """Percent by which the period stands above (below: negative) the earlier posts."""

    percent: float | None
    low: float | None
    high: float | None
    n: int  # posts (days for er_day) of the period that are old enough
    n_before: int
    approximate: bool = False
    reason: str | None = None
    is_sure: bool = False  # same ages or the channel's own growth: an arrow may be drawn

    @property
    def direction(self) -> int:
        """1 above, -1 below, 0 where chance or a foreign curve may explain it."""
        if not self.is_sure or self.low is None or self.high is None:
            return 0
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True, slots=True)
class Change:
    previous: Difference
    history: Difference


SAME_AGE_TIMES = (
    1.25  # middle ages of two sides that may be compared as they stand, where posts grow for weeks
)


@dataclass(frozen=True, slots=True)
class AgedSide:
    """One side of a comparison: its posts of 24 hours and more, at 7 days."""

    posts: Sample
    age_h: Floats
    by: npt.NDArray[np.object_]  # of basis.AGES
    day: Ints
    days: Sample  # its days without a younger post
    all_posts: int  # younger ones included
    curves: Curves


@dataclass(frozen=True, slots=True)
class _Level:
    """The log of a side's level. `variance` shrinks with the posts and goes with t; `fixed` does not."""

    log: float
    variance: float
    fixed: float
    n: int


def difference(formula: Rate, now: AgedSide, before: AgedSide) -> Difference:
    """Returns the change between two sides in percent; `reason` says why there is none.

    Medians have a percent and no interval.
    """
    rows = (now.days, before.days) if formula.rows == "days" else (now.posts, before.posts)
    sides = [_pairs(formula, sample) for sample in rows]
    n, n_before = (len(pairs.numerator) for pairs in sides)
    reason = _why_not(formula, now, rows, sides)
    if reason is not None:
        return Difference(None, None, None, n, n_before, reason=reason)
    approximate = any(bool(pairs.approximate.any()) for pairs in sides)
    if formula.average == "median":
        return _of_medians(sides, n, n_before, approximate)
    by_sums = formula.rows == "days" or min(float(pairs.numerator.mean()) for pairs in sides) < SPARSE_BELOW
    level = _level_of_sums if by_sums else _level_of_logs
    first, second = (level(pairs) for pairs in sides)
    common = _common_variance(formula, now, before)
    half = _half_width(first, second, common)
    log = first.log - second.log
    is_sure = all(_is_sure(side) for side in (now, before)) and _are_alike(now, before)
    return Difference(
        _percent(log), _percent(log - half), _percent(log + half), n, n_before, approximate, is_sure=is_sure
    )


def nothing(reason: str) -> Difference:
    return Difference(None, None, None, 0, 0, reason=reason)


def _pairs(formula: Rate, sample: Sample) -> Pairs:
    both = sample.pairs(formula.numerator, formula.denominator)
    return both.where(both.denominator > 0)


def _why_not(formula: Rate, now: AgedSide, rows: tuple[Sample, Sample], sides: list[Pairs]) -> str | None:
    if now.posts.size < MINIMUM <= now.all_posts:
        return "posts_too_young"
    for sample, pairs in zip(rows, sides, strict=True):
        if len(pairs.numerator) == 0:
            return sample.why_empty(formula.numerator, formula.denominator)
        if len(pairs.numerator) < MINIMUM:
            return "too_few_posts"
        if pairs.numerator.sum() <= 0:
            return "zero_rate"
    return None


def _of_medians(sides: list[Pairs], n: int, n_before: int, approximate: bool) -> Difference:
    now, before = (estimates.median(pairs).value or 0.0 for pairs in sides)
    if before <= 0:
        return Difference(None, None, None, n, n_before, reason="zero_rate")
    return Difference(100 * (now / before - 1), None, None, n, n_before, approximate)


def _level_of_logs(pairs: Pairs) -> _Level:
    n = len(pairs.numerator)
    raised = pairs.numerator + 0.5
    logs = np.log(raised / pairs.denominator)
    error = np.maximum(pairs.numerator_variance, WHOLE_NUMBER_VARIANCE) / raised**2
    below = pairs.denominator_variance / pairs.denominator**2
    fixed = float(below.max()) if pairs.denominator_shared else float(below.sum()) / n**2
    return _Level(float(logs.mean()), float(logs.var(ddof=1)) / n, float(error.sum()) / n**2 + fixed, n)


def _level_of_sums(pairs: Pairs) -> _Level:
    n = len(pairs.numerator)
    total, base = float(pairs.numerator.sum()), float(pairs.denominator.sum())
    residual = pairs.numerator - total / base * pairs.denominator
    error = float(np.maximum(pairs.numerator_variance, WHOLE_NUMBER_VARIANCE).sum()) / total**2
    below = float(pairs.denominator_variance.max()) / float(pairs.denominator.mean()) ** 2
    return _Level(math.log(total / base), float(residual.var(ddof=1)) * n / total**2, error + below, n)


def _common_variance(formula: Rate, now: AgedSide, before: AgedSide) -> float:
    """Returns the variance of the difference that more posts do not take away."""
    used = [_used(formula, side) for side in (now, before)]
    curves = sum(
        curve_variance(
            quantity,
            now.curves,
            *(_ages(side, chosen) for side, chosen in zip((now, before), used, strict=True)),
        )
        for quantity in (formula.numerator, formula.denominator)
    )
    if formula.rows == "days":  # they are observations themselves
        return curves
    days = sum(
        sd**2 * _correlated(len(np.unique(side.day[chosen])), rho)
        for sd, rho in _day_levels(formula)
        for side, chosen in zip((now, before), used, strict=True)
    )
    return days + curves


def _day_levels(formula: Rate) -> tuple[tuple[float, float], ...]:
    """Returns sd and correlation of each level that rises and falls by day.

    Interactions by subscribers vary with the day's views, and with what people do with them.
    """
    if formula.numerator in _VIEW_LIKE:
        return (DAY_VIEWS,)
    return (DAY_INTERACTIONS,) if formula.denominator in _VIEW_LIKE else (DAY_VIEWS, DAY_INTERACTIONS)


def _used(formula: Rate, side: AgedSide) -> Bools:
    return np.asarray(
        ~np.isnan(side.posts.of(formula.numerator)) & (np.nan_to_num(side.posts.of(formula.denominator)) > 0)
    )


def _correlated(days: int, rho: float) -> float:
    """Returns the variance of a mean of `days` values whose correlation falls by rho a day.

    Each value has unit variance.
    """
    apart = np.arange(1, days)
    return float(days + 2 * ((days - apart) * rho**apart).sum()) / days**2


def _ages(side: AgedSide, chosen: Bools) -> Floats:
    """Returns the ages, in hours, at which the counters were read; a reading at 7 days needs no curve."""
    return np.where(side.by[chosen] == "readings", maturity.FINAL_H, side.age_h[chosen])


def _is_sure(side: AgedSide) -> bool:
    return side.curves.kind != "fleet_curve" or bool((side.by == "readings").all())


def _are_alike(now: AgedSide, before: AgedSide) -> bool:
    """Where posts grow for weeks and no curve says how, the one side must not be read much later in life than the other."""
    if not now.curves.grows_for_weeks or now.curves.kind != "none":
        return True
    everything = (np.ones(side.posts.size, dtype=np.bool_) for side in (now, before))
    ages = [_ages(side, chosen) for side, chosen in zip((now, before), everything, strict=True)]
    if not all(map(len, ages)):
        return True
    middle = sorted(float(np.median(one)) for one in ages)
    return middle[1] <= SAME_AGE_TIMES * middle[0]


def curve_variance(quantity: str, curves: Curves, ages: Floats, ages_before: Floats) -> float:
    """Returns the variance that the curve's error adds to a difference.

    Between posts of the same age it cancels; before and after 7 days the two add up.
    A channel that is done early lies above the curve before 7 days and below it afterwards.
    """
    if quantity not in maturity.CURVES or not len(ages) or not len(ages_before):
        return 0.0
    sides = [(curves.sd(quantity, side), side < maturity.FINAL_H) for side in (ages, ages_before)]
    young = [float(np.where(is_young, sd, 0).mean()) for sd, is_young in sides]
    old = [float(np.where(is_young, 0, sd).mean()) for sd, is_young in sides]
    return (abs(young[0] - young[1]) + abs(old[0] - old[1])) ** 2


def _half_width(first: _Level, second: _Level, common: float) -> float:
    """Returns the half width of the interval.

    It takes Welch's t for what the posts say, the normal quantile for the rest.
    """
    variance = first.variance + second.variance
    parts = first.variance**2 / (first.n - 1) + second.variance**2 / (second.n - 1)
    df = max(1, int(variance**2 / parts)) if parts > 0 else first.n + second.n - 2
    fixed = first.fixed + second.fixed + common
    return min(math.sqrt(t_quantile(df) ** 2 * variance + _Z**2 * fixed), estimates.WIDEST_EXPONENT)


def _percent(log: float) -> float:
    return 100 * math.expm1(log)
