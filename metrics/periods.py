"""Periods of whole local days. A day lasts 23 or 25 hours where the clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from metrics.errors import DomainError

CURVE_HELD_DAYS = 21  # over which it is seen which curve has been the better for how long
HISTORY_DAYS = 56  # docs/evidence.md#3.2 (6): 56 days beat 14, 28 and the whole history
CURVE_DAYS = HISTORY_DAYS + CURVE_HELD_DAYS + 1  # of posts that a growth curve is read off


@dataclass(frozen=True, slots=True)
class Period:
    """[start, end): aware local midnights of one zone."""

    start: datetime
    end: datetime

    @property
    def first(self) -> date:
        return self.start.date()

    @property
    def last(self) -> date:
        return self.end.date() - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end.date() - self.start.date()).days

    @property
    def start_unix(self) -> int:
        return int(self.start.timestamp())

    @property
    def end_unix(self) -> int:
        return int(self.end.timestamp())


def dates(first: date, last: date, zone: tzinfo) -> Period:
    """Returns the period of these days, both included.

    Raises `DomainError("period.backwards")` where the last comes before the first.
    """
    if last < first:
        raise DomainError("period.backwards", text=f"{first} - {last}")
    return Period(midnight(first, zone), midnight(last + timedelta(days=1), zone))


def last_days(count: int, as_of: int, zone: tzinfo) -> Period:
    """Returns the `count` complete local days before the day of `as_of` (unix seconds)."""
    today = local_date(as_of, zone)
    return dates(today - timedelta(days=count), today - timedelta(days=1), zone)


def today(as_of: int, zone: tzinfo) -> Period:
    """Returns the local day that `as_of` falls in; it is not over yet."""
    day = local_date(as_of, zone)
    return dates(day, day, zone)


def previous(period: Period) -> Period:
    """Returns as many days, just before the period."""
    return before(period, period.days)


def history(period: Period) -> Period:
    return before(period, HISTORY_DAYS)


def before(period: Period, days: int) -> Period:
    zone = zone_of(period)
    return Period(midnight(period.first - timedelta(days=days), zone), period.start)


def zone_of(period: Period) -> tzinfo:
    return period.start.tzinfo or UTC


def midnight(day: date, zone: tzinfo) -> datetime:
    """Returns the first moment of a local day.

    Where the clocks skip midnight, `timestamp` of it is the moment they jump.
    """
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def local_date(moment: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(moment, zone).date()


def day_starts(first: date, last: date, zone: tzinfo) -> list[int]:
    """Returns the unix seconds at which the local days first..last begin, and the end of the last."""
    count = (last - first).days + 2
    return [int(midnight(first + timedelta(days=number), zone).timestamp()) for number in range(count)]


def noons(first: date, last: date, zone: tzinfo) -> list[int]:
    """Returns the unix seconds of local noon of the days first..last.

    None where the last comes before the first.
    """
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()) for day in days]


def zone_name(zone: tzinfo) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)
