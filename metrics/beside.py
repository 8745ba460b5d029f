"""One post beside the channel's others at the same age: a figure, the usual one, and where between 10 and 90 % it lies."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics import interactions
from metrics.basis import named_age
from metrics.estimates import Estimate
from metrics.frame import Bools, Floats, Ints
from metrics.growth import BAND, OWN_CURVE_POSTS, STANDINGS
from metrics.maturity import FINAL_H
from metrics.posts import COUNTERS
from metrics.readings import counter_at_age
from metrics.registry import ONE
from metrics.scope import Scope
from metrics.young import SOONEST_H

LEAST_POSTS = 5  # fewer have no usual
_LOG_ERROR = 1e-9  # equal counts differ in their last digits after a logarithm and back
_Z = 1.28  # 10 and 90 % of what may lie off a curve
NO_ARROW = "fleet_curve"  # its spread between channels is wider than what could be told


@dataclass(frozen=True, slots=True)
class Beside:
    """`value`, `usual` (median), `usual_low`, `usual_high` (10 and 90 %): counts, or percent of a rate.

    `way`: of basis.AGES: how the others came to this age. `standing`: one of growth.STANDINGS, None under 15 others and
    where only the fleet's curve brings them there. `reason`: one of estimates.REASONS, why there is no value or no usual.
    """

    value: float | None
    usual: float | None
    usual_low: float | None
    usual_high: float | None
    n: int
    way: str | None
    standing: str | None
    reason: str | None

    @property
    def percent(self) -> float | None:
        """How far from the usual, in percent of it."""
        return None if self.value is None or not self.usual else 100 * (self.value / self.usual - 1)

    @property
    def approximate(self) -> bool:
        return self.way in ("own_curve", "fleet_curve")


@dataclass(frozen=True, slots=True)
class Others:
    """The posts that one is compared with, as rows of the scope, and what was read of them."""

    scope: Scope
    rows: Ints
    readings: pd.DataFrame

    def at(self, names: Sequence[str], age_h: float, hour: float) -> tuple[Mapping[str, Floats], str]:
        """Returns each quantity of each post at that age, NaN where unknown, and the way it was found.

        Readings of that age, where enough posts have them; else what they came to at 7 days, taken back along the
        channel's growth. `hour`: the local hour at which the compared post was published.
        """
        scope, size = self.scope, len(self.rows)
        final = {name: self._final(name) for name in names}
        if age_h >= FINAL_H:
            return final, named_age(scope.own.by[self.rows])
        read = self._read(names, age_h)
        if _together(read) >= OWN_CURVE_POSTS or scope.curves.kind == "none":
            return read, "readings"
        ages, hours = np.full(size, age_h), np.full(size, hour)
        shares = {name: scope.curves.share(name, ages, hours) for name in names}
        return {name: final[name] * shares[name] for name in names}, scope.curves.kind

    def spread(self, names: Sequence[str], age_h: float) -> float:
        """Returns how far the channel may lie off its curve at that age, as the sd of the log."""
        at = np.array([min(age_h, FINAL_H)])
        return math.hypot(*(float(self.scope.curves.sd(name, at)[0]) for name in names))

    def _final(self, name: str) -> Floats:
        own = self.scope.own
        usable: Bools = ~(own.is_young | own.is_of_unknown_age | (own.by == "as_read"))[self.rows]
        return np.where(usable, self.scope.posts.of(name)[self.rows], np.nan)

    def _read(self, names: Sequence[str], age_h: float) -> dict[str, Floats]:
        ids = self.scope.own.ids[self.rows]

        def counter(name: str) -> Floats:
            return counter_at_age(ids, self.readings, name, age_h)[0]

        found: dict[str, Floats] = {}
        for name in names:
            if name == "interactions":
                cells = {one: counter(one) for one in COUNTERS}
                found[name] = interactions.count(cells, self.scope.choice, {})
            elif name in COUNTERS:
                found[name] = counter(name)
            else:
                found[name] = self.scope.posts.of(name)[self.rows]
        return found


def beside(
    others: Others, numerator: str, denominator: str, value: Estimate | float, age_h: float, hour: float
) -> Beside:
    """Returns the post's figure beside the usual one, and where between 10 and 90 % it lies.

    `value`: the post's own at that age, or an undefined estimate that says why there is none.
    `denominator`: `registry.ONE` for a count; else values are percent.
    """
    if isinstance(value, Estimate):
        return Beside(None, None, None, None, 0, None, None, value.reason)
    if age_h < SOONEST_H:
        return Beside(value, None, None, None, 0, None, None, "under_an_hour")
    names = [numerator] if denominator == ONE else [numerator, denominator]
    found, way = others.at(names, age_h, hour)
    below = np.ones(len(others.rows)) if denominator == ONE else found[denominator] / 100
    known = ~np.isnan(found[numerator]) & (below > 0)
    values = found[numerator][known] / below[known]
    n = len(values)
    if n < LEAST_POSTS:
        why = "no_readings" if way == "readings" and age_h < FINAL_H else "too_few_posts"
        return Beside(value, None, None, None, n, way, None, why)
    usual = float(np.median(values))
    if n < OWN_CURVE_POSTS:
        return Beside(value, usual, None, None, n, way, None, None)
    wider = math.exp(_Z * others.spread(names, age_h)) if way in ("own_curve", NO_ARROW) else 1.0
    low, high = (float(edge) for edge in np.percentile(values, BAND))
    low, high = low / wider, high * wider
    place = int(value >= low * (1 - _LOG_ERROR)) + int(value > high * (1 + _LOG_ERROR))
    return Beside(value, usual, low, high, n, way, None if way == NO_ARROW else STANDINGS[place], None)


def _together(found: Mapping[str, Floats]) -> int:
    """Returns how many posts have every one of the quantities."""
    return int(np.all([~np.isnan(values) for values in found.values()], axis=0).sum())
