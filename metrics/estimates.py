"""A number with its interval, its n and its denominator; and the three ways to average a ratio.

Values are percent. Intervals are 95 %, log-delta with Student's t over posts (docs/evidence.md#1.4: posts are the unit; nominal
95 % intervals of this kind covered 91-93 % at 7-28 posts, Wilson on pooled counts 34 %): p * exp(-+ t SE / p).
There is none for p = 0, for fewer than 2 observations, and for a median.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from metrics.frame import Bools, Floats
from metrics.student import t_quantile

# Why a number is None. Every code has its sentence in the locales.
REASONS = (
    "no_posts",  # nothing was published
    "too_few_posts",  # 1-2 posts: counts only
    "field_absent",  # the source does not give this counter
    "no_interactions",  # it gives none of the counters that make up an interaction
    "no_subscribers",  # no subscriber count is known
    "no_readings",  # nobody read the counter at that age
    "readings_too_rare",  # somebody did, but not often enough to tell the hour
    "inexact_moment",  # when the counter was read, or the hour of posting, is not known
    "under_an_hour",  # too young a post to expect anything of
    "no_views_yet",
    "views_fell",  # views are never taken back: the post was removed or replaced
    "never_together",  # no post has both the numerator and the denominator
    "zero_denominator",
    "other_components",  # the earlier posts lack the counters that this period's interactions consist of
    "posts_too_young",  # all but a few are younger than 24 hours
    "zero_rate",  # a change in percent from or to nothing
)
WIDEST_EXPONENT = 50.0  # beyond a factor of 10^21 an interval says nothing; this keeps it finite


@dataclass(frozen=True, slots=True)
class Estimate:
    """`value`, `low`, `high` in percent; `n` posts (days for `er_day`); `denominator` is the name of a quantity."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    denominator: str
    approximate: bool = False
    reason: str | None = None  # one of REASONS where value is None

    def without_value(self, reason: str) -> "Estimate":
        return replace(self, value=None, low=None, high=None, approximate=False, reason=reason)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Numerators and denominators of the observations that have both, with the variance that rounding adds to each.

    A denominator's rounding error is shared where one reading serves all (subscribers), its own where each has one.
    """

    numerator: Floats
    denominator: Floats
    numerator_variance: Floats
    denominator_variance: Floats
    denominator_shared: bool
    name: str
    approximate: Bools

    def where(self, chosen: Bools) -> "Pairs":
        return replace(
            self,
            numerator=self.numerator[chosen],
            denominator=self.denominator[chosen],
            numerator_variance=self.numerator_variance[chosen],
            denominator_variance=self.denominator_variance[chosen],
            approximate=self.approximate[chosen],
        )


def undefined(reason: str, denominator: str, n: int = 0) -> Estimate:
    return Estimate(None, None, None, n, denominator, approximate=False, reason=reason)


def pooled(pairs: Pairs) -> Estimate:
    """Returns the sum over the sum: what share of the denominator. Deng et al. 2018 for the delta method."""
    base = float(pairs.denominator.sum())
    if base <= 0:
        return undefined("zero_denominator", pairs.name, len(pairs.numerator))
    n = len(pairs.numerator)
    ratio = float(pairs.numerator.sum()) / base
    residual = pairs.numerator - ratio * pairs.denominator
    rounding = float(pairs.numerator_variance.sum() + ratio**2 * pairs.denominator_variance.sum())
    spread = _variance(residual) * n + rounding
    return _estimate(ratio, math.sqrt(spread) / base, pairs, n)


def mean(pairs: Pairs) -> Estimate:
    """Returns the mean of the ratios: what a typical observation does.

    Observations over nothing are left out.
    """
    ratios, kept = _ratios(pairs)
    n = len(ratios)
    if n == 0:
        return undefined("zero_denominator", pairs.name)
    ratio = float(ratios.mean())
    own = float((kept.numerator_variance / kept.denominator**2).sum()) / n**2
    error = kept.denominator_variance / kept.denominator**2
    below = (
        ratio**2 * float(error.max()) if kept.denominator_shared else float((ratios**2 * error).sum()) / n**2
    )
    return _estimate(ratio, math.sqrt(_variance(ratios) / n + own + below), kept, n)


def median(pairs: Pairs) -> Estimate:
    ratios, kept = _ratios(pairs)
    if len(ratios) == 0:
        return undefined("zero_denominator", pairs.name)
    approximate = bool(kept.approximate.any())
    return Estimate(100 * float(np.median(ratios)), None, None, len(ratios), pairs.name, approximate)


def _ratios(pairs: Pairs) -> tuple[Floats, Pairs]:
    kept = pairs.where(pairs.denominator > 0)
    return kept.numerator / kept.denominator, kept


def _variance(values: Floats) -> float:
    return float(values.var(ddof=1)) if len(values) > 1 else 0.0


def _estimate(ratio: float, standard_error: float, pairs: Pairs, n: int) -> Estimate:
    approximate = bool(pairs.approximate.any())
    value = 100 * ratio
    if n < 2 or ratio <= 0:
        return Estimate(value, None, None, n, pairs.name, approximate)
    exponent = min(t_quantile(n - 1) * standard_error / ratio, WIDEST_EXPONENT)
    return Estimate(
        value, value * math.exp(-exponent), value * math.exp(exponent), n, pairs.name, approximate
    )
