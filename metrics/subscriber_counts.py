"""Subscribers as of a moment, from the readings around it. Without pandas, unlike `audience`: the bot's process asks, too."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.durations import DAY_S
from metrics.posts import AudienceReading

FAR_S = 7 * DAY_S  # docs/evidence.md#A.3: a count that far from any reading is approximate
DAILY_S = 2 * DAY_S  # two readings further apart don't tell what a day between them ended with
NEAR_S = DAY_S // 2  # a single reading that near stands for a day's end
SIMILAR_TIMES = 3.0  # up and down: rates fall with size (docs/evidence.md#5)


@dataclass(frozen=True, slots=True)
class SubscribersThen:
    """Subscribers as of a moment. `is_rough`: rounded, or far from any reading."""

    subscribers: float
    is_rough: bool


class SubscriberCounts:
    """Subscribers between readings: straight in time; of equal moments the later row counts."""

    def __init__(self, rows: Iterable[AudienceReading]) -> None:
        by_moment = {row.observed_at: row for row in rows}
        self._rows = [by_moment[at] for at in sorted(by_moment)]
        self._moments = [row.observed_at for row in self._rows]

    def near(self, at: int, period_days: int) -> SubscribersThen | None:
        """Returns the subscribers around a moment.

        None where no reading lies within half the length of the period (a day at least): it would be another
        time's count.
        """
        sides = self._sides(at)
        if not sides or min(abs(at - row.observed_at) for row in sides) > max(DAY_S, period_days * DAY_S / 2):
            return None
        far = min(abs(at - row.observed_at) for row in sides) > FAR_S
        return SubscribersThen(_between(at, sides), far or any(row.step > 0 for row in sides))

    def daily(self, at: int) -> float | None:
        """Returns the subscribers at a day's end.

        None where the readings around the moment are rounded, or too far to tell what stood at a day's end.
        """
        sides = self._sides(at)
        if not sides or any(row.step > 0 for row in sides):
            return None
        span = sides[-1].observed_at - sides[0].observed_at
        is_near = min(abs(at - row.observed_at) for row in sides) <= NEAR_S
        return _between(at, sides) if is_near or 0 < span <= DAILY_S else None

    def _sides(self, at: int) -> list[AudienceReading]:
        place = bisect_right(self._moments, at)
        return self._rows[max(0, place - 1) : place + 1]


def _between(at: int, sides: Sequence[AudienceReading]) -> float:
    first, last = sides[0], sides[-1]
    span = last.observed_at - first.observed_at
    part = min(1.0, max(0.0, (at - first.observed_at) / span)) if span else 0.0
    return first.subscribers + part * (last.subscribers - first.subscribers)


def is_similar(subscribers: float, other: float) -> bool:
    """Tells whether the rates of two channels of these sizes may stand beside each other."""
    return subscribers > 0 and other > 0 and max(subscribers / other, other / subscribers) <= SIMILAR_TIMES
