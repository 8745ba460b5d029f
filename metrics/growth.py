"""A young post: what it will have at 24 hours, and whether it is ahead of the channel's earlier ones (docs/evidence.md#2.3).

A channel's own curve is the fleet's with an offset at each age, because posts differ far less from their own channel's
curve than channels do from each other. The hour of posting comes from the fleet in both cases.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics import maturity
from metrics.frame import Floats
from metrics.readings import fell, views_at_age

PROMISED_H = 24.0  # 7 days can't be promised: from 24 hours the error is as large as from 6
OWN_CURVE_POSTS = 15  # docs/evidence.md#2.3 (4): with own exact readings
AGE_POSTS = 10  # at one age
GRID_H = (
    1.0,
    2.0,
    3.0,
    4.0,
    6.0,
    12.0,
)  # the ages of the readings that are taken (docs/evidence.md#7), younger than 24 h

# sd of the error of log views at 24 h (docs/evidence.md#2.3 (2)), by the age of the reading: with the channel's own curve, and with
# the fleet's. Under 4 h it was not measured; the two first steps are drawn out over the log of the age.
_ERROR_AGES = np.log(np.array((1.0, 4.0, 6.0, 12.0, 24.0)))
_OWN_ERRORS = np.array((0.175, 0.14, 0.13, 0.11, 0.0))
_FLEET_ERRORS = np.array((0.29, 0.19, 0.16, 0.13, 0.0))
_Z_95 = 1.96

BAND = (10, 90)  # percentiles of earlier posts at that age (docs/evidence.md#2.3 (3))
_LOG_ERROR = 1e-9  # equal counts differ in their last digits after a logarithm and back
STANDINGS = ("behind", "in_line", "ahead")


@dataclass(frozen=True, slots=True)
class Growth:
    """`offsets`: age -> how far the log of the share of 24 h that is there lies above the fleet's."""

    offsets: Mapping[float, float]
    posts: int  # with own exact readings

    @property
    def is_own(self) -> bool:
        return bool(self.offsets)

    def share_of_24h(self, age_h: float, hour: float) -> float:
        """Returns views at that age over views at 24 hours; `hour` is the local hour of posting, 0-24."""
        return math.exp(_fleet_log_share(age_h, np.array([hour]))[0] + self._offset(age_h))

    def _offset(self, age_h: float) -> float:
        if not self.offsets:
            return 0.0
        ages = [*sorted(self.offsets), PROMISED_H]
        values = [self.offsets[age] for age in ages[:-1]] + [0.0]
        return float(np.interp(math.log(age_h), np.log(ages), values))


FLEET = Growth({}, 0)


@dataclass(frozen=True, slots=True)
class ViewsForecast:
    """Views at 24 hours, with a 95 % band."""

    value: float
    low: float
    high: float
    is_own_curve: bool


def growth(ids: npt.NDArray[np.object_], hours: Floats, readings: pd.DataFrame) -> Growth:
    """Returns the channel's own curve from every reading of these posts.

    The fleet's if too few were read early.
    `hours`: the local hour of posting of each post.
    """
    at_24h = np.log(views_at_age(ids, readings, PROMISED_H))
    at_24h[fell(ids, readings)] = np.nan
    offsets, seen = {}, np.zeros(len(ids), dtype=np.bool_)
    for age_h in GRID_H:
        shares = np.log(views_at_age(ids, readings, age_h)) - at_24h
        known = ~np.isnan(shares)
        seen |= known
        if known.sum() >= AGE_POSTS:
            beyond = shares[known] - _fleet_log_share(age_h, hours[known])
            offsets[age_h] = float(np.median(beyond))
    posts = int(seen.sum())
    return Growth(offsets, posts) if posts >= OWN_CURVE_POSTS else Growth({}, posts)


def expect_at_24h(curve: Growth, views: float, age_h: float, hour: float) -> ViewsForecast | None:
    """Returns the views to expect at 24 hours.

    None under an hour and from 24 hours on, and for a post without views.
    """
    if not 1 <= age_h < PROMISED_H or views <= 0:
        return None
    value = views / curve.share_of_24h(age_h, hour)
    errors = _OWN_ERRORS if curve.is_own else _FLEET_ERRORS
    half = _Z_95 * float(np.interp(math.log(age_h), _ERROR_AGES, errors))
    return ViewsForecast(value, max(views, value * math.exp(-half)), value * math.exp(half), curve.is_own)


def standing(views: float, earlier: Floats) -> str | None:
    """Tells whether views are behind, in line with or ahead of the earlier posts' at the same age.

    `earlier` is NaN where a post was not read then; None where fewer than 15 were read.
    """
    known = earlier[~np.isnan(earlier)]
    if len(known) < OWN_CURVE_POSTS:
        return None
    low, high = np.percentile(known, BAND)
    return STANDINGS[int(views >= low * (1 - _LOG_ERROR)) + int(views > high * (1 + _LOG_ERROR))]


def _fleet_log_share(age_h: float, hours: Floats) -> Floats:
    ages = np.full(len(hours), age_h)
    return np.asarray(
        np.log(maturity.VIEWS.share(ages, hours)) - np.log(maturity.VIEWS.share(np.array([PROMISED_H])))
    )
