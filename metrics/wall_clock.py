"""Moments by the clock on the wall of a zone."""

from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import pandas as pd

from metrics.frame import Bools, Ints


@dataclass(frozen=True, slots=True)
class WallClock:
    hour: Ints  # 0-23
    is_weekend: Bools


def wall_clock(moments: Ints, zone: tzinfo) -> WallClock:
    """`moments`: unix seconds."""
    local = pd.to_datetime(moments, unit="s", utc=True).tz_convert(zone)
    return WallClock(local.hour.to_numpy().astype(np.int64), np.asarray(local.day_of_week >= 5))
