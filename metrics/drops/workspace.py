"""What all channels of a workspace have in common: a holiday, an outage. It is taken off each, and told once."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from metrics.drops.compared import Compared, Comparison, without_common
from metrics.drops.parameters import COMMON_LEAST_CHANNELS, COMMON_TOLD_PERCENT


@dataclass(frozen=True, slots=True)
class Common:
    """The median shift of the log over the channels that report."""

    shift: float
    channels: int

    @property
    def drop_percent(self) -> float:
        """Below 0 where all rose."""
        return -100 * math.expm1(self.shift)

    @property
    def is_told(self) -> bool:
        return abs(self.drop_percent) >= COMMON_TOLD_PERCENT


def common_part(compared: Iterable[Compared | None]) -> Common | None:
    """Returns what one metric's comparisons of one day share; None where fewer than ten channels report."""
    shifts = [one.shift for one in compared if isinstance(one, Comparison)]
    if len(shifts) < COMMON_LEAST_CHANNELS:
        return None
    return Common(statistics.median(shifts), len(shifts))


def less_common(compared: Compared, common: Common | None) -> Compared:
    if common is None or not isinstance(compared, Comparison):
        return compared
    return without_common(compared, common.shift)


def is_news(before: Common | None, now: Common | None) -> bool:
    """Tells whether to say it: on the first of the days on which the common part is worth a line."""
    return now is not None and now.is_told and not (before is not None and before.is_told)
