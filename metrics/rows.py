"""The posts and the days that one answer's rates are computed from, and each rate of them."""

from dataclasses import dataclass

import numpy as np

from metrics.estimates import Estimate, undefined
from metrics.formulas import FORMULAS, Formula
from metrics.frame import Bools
from metrics.periods import Period
from metrics.registry import EVERY
from metrics.sample import ABSENT, Sample
from metrics.scope import Scope, comparable_days, days_of


@dataclass(frozen=True, slots=True)
class Rows:
    """What rates are computed from: posts, and the local days that the data covers."""

    posts: Sample
    days: Sample


def rows_of(scope: Scope, period: Period, chosen: Bools) -> Rows:
    days = days_of(scope, period, chosen, scope.posts)
    covered = comparable_days(scope, period, scope.own.is_young & scope.organic(period) & ~chosen, days.size)
    return Rows(scope.posts.take(chosen), days.take(covered))


def value_of_rows(code: str, rows: Rows) -> Estimate:
    """Returns a rate, or the mean of a level; undefined where its quantity is unknown."""
    if code in FORMULAS:
        return _rate(FORMULAS[code], rows.posts, rows.days)
    level = EVERY[code]
    values = rows.posts.of(level.numerator)
    known = values[~np.isnan(values)]
    if not len(known):
        return undefined(ABSENT.get(level.numerator, "field_absent"), level.denominator)
    rough = bool(rows.posts.is_rough(level.numerator).any())
    return Estimate(float(known.mean()), None, None, len(known), level.denominator, rough)


def _rate(formula: Formula, posts: Sample, days: Sample) -> Estimate:
    if formula.rows == "days":
        return formula.compute(days)
    estimate = formula.compute(posts)
    if estimate.value is not None and estimate.n < formula.minimum_posts:
        return estimate.without_value("too_few_posts")
    return estimate
