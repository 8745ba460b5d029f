"""What posts came to at 7 days, on logs: the scale on which posts, groups of posts and channels are compared.

Means of logs estimate a level best (docs/evidence.md#1.3), and the half keeps a post without interactions finite.
"""

from dataclasses import dataclass

import numpy as np

from metrics.change import DAY_INTERACTIONS, DAY_VIEWS, curve_variance
from metrics.curves import Curves
from metrics.estimates import WIDEST_EXPONENT
from metrics.frame import Bools, Floats, Ints
from metrics.maturity import FINAL_H
from metrics.registry import EVERY, ONE, Rate
from metrics.sample import ABSENT, Sample
from metrics.scope import Scope, compared

HALF = 0.5  # docs/evidence.md#1.3: log((I + .5) / V); also what stands in for 0 views
AT_7D = np.array([FINAL_H])
PRIOR_POSTS = 8  # docs/evidence.md#A.6: what the usual spread of posts weighs beside a sample's own
VIEWS_USUAL_SD, ER_USUAL_SD = 0.14, 0.6  # of the log, between the posts of a channel (docs/evidence.md#3.1)
VIEWS_KAPPA_POSTS, ER_KAPPA_POSTS = 8, 16  # docs/evidence.md#6: s^2 / tau^2, of groups of one channel's posts
MINIMUM_POSTS = 3  # docs/evidence.md#A.1: with 1-2 posts counts only


@dataclass(frozen=True, slots=True)
class Measure:
    """`usual_sd`: of the log, between the posts of a channel; `kappa`: posts that shrink a group's mean."""

    code: str
    rate: Rate
    usual_sd: float
    day_sd: float
    kappa: float

    @property
    def numerator(self) -> str:
        return self.rate.numerator

    @property
    def denominator(self) -> str:
        return self.rate.denominator

    @property
    def scale(self) -> float:
        return self.rate.scale


def _measure(code: str, rate: Rate) -> Measure:
    if rate.numerator != "views":
        return Measure(code, rate, ER_USUAL_SD, DAY_INTERACTIONS[0], ER_KAPPA_POSTS)
    return Measure(code, rate, VIEWS_USUAL_SD, DAY_VIEWS[0], VIEWS_KAPPA_POSTS)


MEASURES = {"views": _measure("views", EVERY["views_per_post"])} | {
    code: _measure(code, EVERY[code])
    for code in (
        "er_by_views",
        "er_by_reach",
        "er_by_subscribers",
        "view_rate",
        "forward_rate",
        "comment_rate",
    )
}


@dataclass(frozen=True, slots=True)
class Results:
    """Posts of 24 hours and more. `own`: their rows in the scope's own posts; `posts`: their quantities at 7 days."""

    own: Ints
    day: Ints
    age_h: Floats
    posts: Sample
    curves: Curves

    def take(self, chosen: Bools | Ints) -> "Results":
        return Results(
            self.own[chosen], self.day[chosen], self.age_h[chosen], self.posts.take(chosen), self.curves
        )

    def logs(self, measure: Measure) -> Floats:
        """Returns the log of each post's ratio, NaN where the post lacks one of the two."""
        above = self.posts.of(measure.numerator)
        above = np.maximum(above, HALF) if measure.numerator == "views" else above + HALF
        below = self.below(measure)
        ratios: Floats = np.divide(above, below, out=np.full(self.posts.size, np.nan), where=below > 0)
        return np.log(ratios)

    def below(self, measure: Measure) -> Floats:
        return np.ones(self.posts.size) if measure.denominator == ONE else self.posts.of(measure.denominator)

    def known(self, measure: Measure) -> "Results":
        return self.take(~np.isnan(self.logs(measure)))

    def why_empty(self, measure: Measure) -> str:
        if measure.denominator != ONE or self.posts.size == 0:
            return self.posts.why_empty(measure.numerator, measure.denominator)
        return ABSENT.get(measure.numerator, "field_absent")


def results(scope: Scope, chosen: Bools) -> Results:
    """Returns those of the chosen own posts that are old enough to be compared."""
    own = np.flatnonzero(chosen & compared(scope))
    age_h = np.where(scope.own.by[own] == "readings", FINAL_H, scope.own.age_h[own])
    return Results(own, scope.own.day[own], age_h, scope.posts.take(own), scope.curves)


def blended_variance(logs: Floats, usual_sd: float) -> float:
    """Returns the variance of one post's log, blended with the usual one, which weighs as much as 8 posts."""
    squares = float(((logs - logs.mean()) ** 2).sum()) if len(logs) else 0.0
    return (squares + PRIOR_POSTS * usual_sd**2) / (max(len(logs) - 1, 0) + PRIOR_POSTS)


def whole_days_variance(measure: Measure, *sides: Results) -> float:
    """Returns the variance that whole days add.

    Posts of one day rise and fall together, however many they are.
    """
    return sum(measure.day_sd**2 / max(1, len(np.unique(side.day))) for side in sides)


def growth_variance(measure: Measure, side: Results, other_ages_h: Floats = AT_7D) -> float:
    """Returns the variance of the curve's error, which shows where two sides were read at different ages."""
    named = (measure.numerator, measure.denominator)
    return sum(curve_variance(name, side.curves, side.age_h, other_ages_h) for name in named)


def value_of(log: float, scale: float) -> float:
    return scale * float(np.exp(log))


def percent_of(log: float) -> float:
    return 100 * float(np.expm1(np.clip(log, -WIDEST_EXPONENT, WIDEST_EXPONENT)))
