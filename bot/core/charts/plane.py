"""From days and values to pixels."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from matplotlib.transforms import Bbox

from metrics.durations import DAY_S


@dataclass(frozen=True)
class Plane:
    """A panel's rectangle: the first day's midnight at its left edge, the last day's end at its right, 0 at its foot."""

    box: Bbox
    first: date
    last: date
    limit: float

    @cached_property  # asked for at every point, and numpy's box takes a microsecond a side
    def day_width(self) -> float:
        return float(self.box.width) / ((self.last - self.first).days + 1)

    def midnight(self, day: date) -> float:
        return self._left + (day - self.first).days * self.day_width

    def noon(self, day: date) -> float:
        return self.midnight(day) + self.day_width / 2

    def moment(self, at: datetime) -> float:
        """Returns the x of a moment by the wall clock of its zone.

        So a post stands over its day on the days clocks change, too.
        """
        clock_s = at.hour * 3600 + at.minute * 60 + at.second
        days = at.toordinal() - self._first_ordinal
        return self._left + (days + clock_s / DAY_S) * self.day_width

    def height(self, value: float) -> float:
        """Returns the y of a value, unclipped: values over the limit lie above the box."""
        return self._foot + value * self._per_unit

    @cached_property
    def _left(self) -> float:
        return float(self.box.x0)

    @cached_property
    def _foot(self) -> float:
        return float(self.box.y0)

    @cached_property
    def _per_unit(self) -> float:
        return float(self.box.height) / self.limit

    @cached_property
    def _first_ordinal(self) -> int:
        return self.first.toordinal()
