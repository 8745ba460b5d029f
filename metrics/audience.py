"""Subscribers as of a moment."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.frame import Bools, Floats, Ints, floats, ints

STALE_AFTER_S = 7 * 86_400  # docs/evidence.md#A.3: further than this from any reading a count is approximate


@dataclass(frozen=True, slots=True)
class SubscribersAt:
    """Holds a channel's subscribers at several moments, one entry a moment; NaN without any reading."""

    subscribers: Floats
    step: Floats  # rounding step of the coarser neighbour
    read_at: Ints  # the nearest reading; the moment itself between two
    approximate: Bools  # rounded, or more than 7 days outside the readings


def subscribers_at(moments: Ints, readings: pd.DataFrame) -> SubscribersAt:
    """Returns the subscribers at each moment, interpolated linearly between readings.

    Outside the readings the nearest one counts.
    `readings` is an `audience_table`: ascending, one row a moment.
    """
    times = ints(readings, "observed_at")
    if len(times) == 0:
        size = len(moments)
        return SubscribersAt(np.full(size, np.nan), np.zeros(size), moments, np.zeros(size, dtype=np.bool_))
    subscribers = np.interp(moments, times, floats(readings, "subscribers"))
    step = _coarser_step(moments, times, floats(readings, "step"))
    read_at = np.clip(moments, times[0], times[-1])
    approximate = (step > 0) | (np.abs(moments - read_at) > STALE_AFTER_S)
    return SubscribersAt(np.where(subscribers > 0, subscribers, np.nan), step, read_at, approximate)


def _coarser_step(moments: Ints, times: Ints, steps: Floats) -> Floats:
    last = len(times) - 1
    left = np.clip(np.searchsorted(times, moments, side="right") - 1, 0, last)
    right = np.clip(np.searchsorted(times, moments, side="left"), 0, last)
    return np.maximum(steps[left], steps[right])
