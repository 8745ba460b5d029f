"""From days and values to pixels."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matplotlib.transforms import Bbox

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Plane:
    """A panel's rectangle: the first day's midnight at its left edge, the last day's end at its right, 0 at its foot."""

    box: Bbox
    first: date
    last: date
    limit: float

    @property
    def day_width(self) -> float:
        return float(self.box.width) / ((self.last - self.first).days + 1)

    def midnight(self, day: date) -> float:
        return float(self.box.x0) + (day - self.first).days * self.day_width

    def noon(self, day: date) -> float:
        return self.midnight(day) + self.day_width / 2

    def moment(self, at: datetime) -> float:
        """By the wall clock of the zone `at` is in, so that a post stands over its day on the days clocks change, too."""
        clock = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
        return self.midnight(at.date()) + clock.total_seconds() / DAY_S * self.day_width

    def height(self, value: float) -> float:
        """Unclipped: values over the limit lie above the box."""
        return float(self.box.y0) + value / self.limit * float(self.box.height)
