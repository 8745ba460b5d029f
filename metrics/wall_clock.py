"""Moments by the clock on the wall of a zone."""

from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import pandas as pd

from metrics.frame import Bools, Ints

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WallClock:
    hour: Ints  # 0-23
    weekday: Ints  # Monday is 0

    @property
    def is_weekend(self) -> Bools:
        return self.weekday >= SATURDAY


def wall_clock(moments: Ints, zone: tzinfo) -> WallClock:
    """Returns hour and weekday of moments (unix seconds) by the clock of the zone."""
    local = pd.to_datetime(moments, unit="s", utc=True).tz_convert(zone)
    hour, weekday = (part.to_numpy().astype(np.int64) for part in (local.hour, local.day_of_week))
    return WallClock(hour, weekday)
