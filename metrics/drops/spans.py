"""Runs of local days, as ordinals (`date.toordinal`): plain numbers that arrays of days compare with."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Both days included; empty where the last comes before the first."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return max(0, self.last - self.first + 1)

    @property
    def first_date(self) -> date:
        return date.fromordinal(self.first)

    @property
    def last_date(self) -> date:
        return date.fromordinal(self.last)


def days_up_to(last: int, days: int) -> Span:
    return Span(last - days + 1, last)
