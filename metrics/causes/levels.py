"""The posts on both sides of a fall, with the value that fell."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics.causes.parameters import (
    CLIP_AT_LEAST,
    CLIP_MADS,
    GIVEAWAY_PART,
    GIVEAWAY_SDS,
    GIVEAWAY_TIMES,
    GIVEAWAYS,
    LEAST_SPREAD,
    MAD_TO_SD,
)
from metrics.frame import Bools, Floats, Ints
from metrics.periods import history
from metrics.posts import INTERACTIONS
from metrics.scope import Scope, compared

HALF = 0.5  # docs/evidence.md#1.3: log((I + .5) / V)
STILL_COUNTED = 0.6  # of the earlier posts carry a part of the interactions


@dataclass(frozen=True, slots=True)
class Levels:
    """Rows of `scope.own`, oldest first. A level is `above` / `below`: views of a post, interactions by views."""

    own: Ints
    day: Ints
    is_now: Bools
    above: Floats
    below: Floats

    @property
    def x(self) -> Floats:
        """Logs of the levels of single posts."""
        return np.asarray(np.log((self.above + HALF) / self.below))

    def take(self, chosen: Bools) -> "Levels":
        return Levels(*(getattr(self, name)[chosen] for name in Levels.__slots__))

    def mean_log(self, side: Bools) -> float:
        """Returns the log of the side's average, as people see it: the sum over the sum."""
        return float(np.log((self.above[side].sum() + HALF) / self.below[side].sum()))


def levels(scope: Scope, metric: str, without: npt.NDArray[np.object_] | None = None) -> Levels:
    """Returns own posts of 24 hours and more of the period and of the 56 days before it, brought to 7 days.

    `without`: ids to leave out.
    """
    before, now = scope.organic(history(scope.period)), scope.organic(scope.period)
    above, below = _values(scope, metric)
    known = (before | now) & compared(scope) & ~np.isnan(above) & (below > 0)
    if without is not None:
        known &= ~np.isin(scope.own.ids, without)
    rows = np.flatnonzero(known)
    return Levels(rows, scope.own.day[rows], now[rows], above[rows], below[rows])


def _values(scope: Scope, metric: str) -> tuple[Floats, Floats]:
    size = len(scope.own.day)
    if metric in ("views", "reach"):
        return scope.own.aged.get(metric, np.full(size, np.nan)), np.ones(size)
    total = np.full(size, np.nan)
    if parts := counted_parts(scope):
        total = np.nansum([scope.own.aged[part] for part in parts], axis=0)
    elif scope.choice.components:
        total = scope.posts.of("interactions")
    below = scope.posts.of(scope.basis.denominator)
    return total, np.where(np.isnan(below), 0.0, below)


def counted_parts(scope: Scope) -> tuple[str, ...]:
    """Returns the parts of an interaction that the earlier posts carry.

    One that is missing since counts as none.
    """
    before = scope.organic(history(scope.period))
    parts = INTERACTIONS.get(scope.platform, INTERACTIONS["other"])
    if not before.any():
        return ()
    return tuple(part for part in parts if (~np.isnan(scope.own.aged[part][before])).mean() >= STILL_COUNTED)


def is_giveaway(found: Levels) -> Bools:
    """Tells which posts, one or two on a side, hold a part of its sum far out of proportion."""
    chosen = np.zeros(len(found.own), dtype=np.bool_)
    x = found.x
    for side in (found.is_now, ~found.is_now):
        if side.sum() < 1:
            continue
        usual = x[~found.is_now]
        centre = float(np.median(usual))
        sd = max(LEAST_SPREAD, MAD_TO_SD * float(np.median(np.abs(usual - centre))))
        far = x >= centre + max(GIVEAWAY_SDS * sd, float(np.log(GIVEAWAY_TIMES)))
        part = found.above / max(found.above[side].sum(), HALF)
        rows = np.flatnonzero(side & far & (part >= GIVEAWAY_PART))
        chosen[rows[np.argsort(-found.above[rows], kind="stable")][:GIVEAWAYS]] = True
    return chosen


def clipped(x: Floats, is_now: Bools) -> Floats:
    """Returns the values, each side clipped to five robust deviations (at least one log) of its centre."""
    low, high = np.empty(len(x)), np.empty(len(x))
    for side in (is_now, ~is_now):
        centre = float(np.median(x[side]))
        spread = MAD_TO_SD * float(np.median(np.abs(x[side] - centre)))
        reach = max(CLIP_MADS * spread, CLIP_AT_LEAST)
        low[side], high[side] = centre - reach, centre + reach
    return np.asarray(np.clip(x, low, high))
