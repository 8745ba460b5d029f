"""Posts at the same age: the growth curve of the fleet, and what a counter read at one age means at 7 days.

Measured on 1 044 posts of 25 channels to 30 days (docs/evidence.md#2.2), beyond on 975 posts of 16 channels of the same panel that
were read for 8 days: log views go on by .104 of the log of the age to 60 days, .09 to 90, .088 to 180, .064 to a year;
from there the curves are flat. Views keep coming while reactions come early, so ER falls with age. Reactions beyond 30
days were not measured: they go on by a quarter of what views do, as from 14 days to 30. Comments, forwards and every sum
of interactions follow the curve of reactions, reach that of views: theirs was not measured. The hour of posting moves the
views of the first day only.
"""

import math
from dataclasses import dataclass

import numpy as np

from metrics.frame import Floats

FINAL_H = 168.0  # 7 days: the age to which counters are brought
YOUNG_H = 24.0  # younger posts take no part in a difference
AGES_H = (
    1,
    2,
    4,
    6,
    12,
    24,
    48,
    72,
    168,
    336,
    720,
    1440,
    2160,
    4320,
    8760,
)  # between these it is straight in logs
_LOG_AGES = np.log(np.array(AGES_H, dtype=np.float64))

# Views at 6 h / views at 24 h by local hour of posting, and without regard to it.
_HOUR_STARTS = np.array((0, 7, 12, 16, 19))
_HOUR_SHARES = np.array((0.50, 0.78, 0.76, 0.70, 0.62))
_ANY_HOUR = 0.73
_HOUR_FULL_H = 6.0

# Between-channel sd of log(views / views at 7 d). To 7 days: per post it is a fifth of the log of the 5-95 % band over
# 3.29, and the channels' own medians (.49-.80 at 24 h, 25 channels) have .63 of that sd. Beyond: the slope of a channel's
# growth has an sd of .1 to 30 days and .06 to 180, and one that grows on faster at one age does so at the next (r .6-.97),
# so that the distance adds up.
_BAND_LOW = np.array((0.16, 0.20, 0.23, 0.26, 0.30, 0.38, 0.48, 0.54, 1.0))
_BAND_HIGH = np.array((0.35, 0.39, 0.48, 0.54, 0.63, 0.73, 0.85, 0.90, 1.0))
_CHANNEL_SHARE = 0.63
_OLD_CHANNEL_SD = (0.07, 0.13, 0.175, 0.20, 0.24, 0.25)
_CHANNEL_SD = np.append(_CHANNEL_SHARE * np.log(_BAND_HIGH / _BAND_LOW) / 3.29, _OLD_CHANNEL_SD)
# Reactions are that much closer to final than views at every age (log .83 / log .57 at 24 h); not measured itself.
_REACTIONS_TO_VIEWS_SD = 0.3


@dataclass(frozen=True, slots=True)
class Curve:
    """`logs`: log of the share of the 7-day value, at each of the ages above."""

    logs: Floats
    spread: float  # between-channel sd as a multiple of that of views
    by_hour: bool = False

    def share(self, age_h: Floats, hour: Floats | None = None) -> Floats:
        """Returns the share of the 7-day value that is there at each age.

        `hour` is the local hour of posting, 0-24.
        """
        log_age = np.log(np.maximum(age_h, AGES_H[0]))
        shares = np.interp(log_age, _LOG_AGES, self.logs)
        if self.by_hour and hour is not None:
            shares = shares + _hour_shift(log_age, hour)
        return np.asarray(np.exp(shares))

    def sd(self, age_h: Floats) -> Floats:
        """Returns how far a channel's own curve lies from the fleet's at each age, as the sd of the log."""
        of_views = np.interp(np.log(np.maximum(age_h, AGES_H[0])), _LOG_AGES, _CHANNEL_SD)
        return np.asarray(self.spread * of_views)


def _curve(shares: tuple[float, ...], spread: float, *, by_hour: bool = False) -> Curve:
    return Curve(np.log(np.array(shares)), spread, by_hour)


VIEWS = _curve(
    (0.23, 0.31, 0.36, 0.41, 0.47, 0.57, 0.70, 0.77, 1, 1.18, 1.33, 1.43, 1.48, 1.58, 1.65),
    1.0,
    by_hour=True,
)
REACTIONS = _curve(
    (0.41, 0.50, 0.59, 0.66, 0.74, 0.83, 0.90, 0.94, 1, 1.03, 1.06, 1.08, 1.09, 1.10, 1.11),
    _REACTIONS_TO_VIEWS_SD,
)
ER = _curve(
    (1.64, 1.65, 1.61, 1.58, 1.53, 1.44, 1.31, 1.24, 1, 0.89, 0.80, 0.75, 0.74, 0.70, 0.68),
    math.hypot(1, _REACTIONS_TO_VIEWS_SD),
)
CURVES: dict[str, Curve] = {
    "views": VIEWS,
    "reach": VIEWS,
    "reactions": REACTIONS,
    "comments": REACTIONS,
    "forwards": REACTIONS,
    "interactions": REACTIONS,
    "weighted": REACTIONS,
}


def at_7d(values: Floats, quantity: str, age_h: Floats, hour: Floats | None = None) -> Floats:
    """Returns counters read at `age_h` as they are expected to be at 7 days.

    A quantity that does not grow stays.
    """
    curve = CURVES.get(quantity)
    return values if curve is None else values / curve.share(age_h, hour)


def _hour_shift(log_age: Floats, hour: Floats) -> Floats:
    """Returns the log factor of the posting hour.

    It is whole up to 6 hours, and fades to nothing at 24 hours in the log of the age.
    """
    bucket = np.searchsorted(_HOUR_STARTS, hour, side="right") - 1
    left = (math.log(YOUNG_H) - log_age) / (math.log(YOUNG_H) - math.log(_HOUR_FULL_H))
    return np.log(_HOUR_SHARES[bucket] / _ANY_HOUR) * np.clip(left, 0, 1)
