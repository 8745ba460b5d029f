"""Periods of whole local days. A day lasts 23 or 25 hours where the clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from metrics.errors import DomainError

HISTORY_DAYS = 56  # METRICS 3.2 (6): 56 days beat 14, 28 and the whole history


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
    """Both days included. Raises `DomainError("period.reversed")` where the last comes before the first."""
    if last < first:
        raise DomainError("period.reversed", first=first.isoformat(), last=last.isoformat())
    return Period(midnight(first, zone), midnight(last + timedelta(days=1), zone))


def last_days(count: int, as_of: int, zone: tzinfo) -> Period:
    """The `count` complete local days before the day of `as_of` (unix seconds)."""
    today = local_date(as_of, zone)
    return dates(today - timedelta(days=count), today - timedelta(days=1), zone)


def today(as_of: int, zone: tzinfo) -> Period:
    """The local day that `as_of` falls in; not over yet."""
    day = local_date(as_of, zone)
    return dates(day, day, zone)


def latest_range(first: tuple[int, int], last: tuple[int, int], as_of: int, zone: tzinfo) -> Period:
    """«1.10-31.10»: the latest such (day, month) range that has begun; over the new year when reversed.

    Raises `DomainError("period.no_such_day")` for a day that no calendar of the last eight years has.
    """
    now = local_date(as_of, zone)
    for year in range(now.year, now.year - 9, -1):
        start = _day(year, first)
        end = _day(year + (last[::-1] < first[::-1]), last)
        if start and end and start <= now:
            return dates(start, end, zone)
    raise DomainError(
        "period.no_such_day", day=first[0], month=first[1], last_day=last[0], last_month=last[1]
    )


def previous(period: Period) -> Period:
    """As many days, just before."""
    return before(period, period.days)


def history(period: Period) -> Period:
    return before(period, HISTORY_DAYS)


def before(period: Period, days: int) -> Period:
    zone = zone_of(period)
    return Period(midnight(period.first - timedelta(days=days), zone), period.start)


def zone_of(period: Period) -> tzinfo:
    return period.start.tzinfo or UTC


def midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a local day. Where the clocks skip midnight, `timestamp` of it is the moment they jump."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def local_date(moment: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(moment, zone).date()


def day_starts(first: date, last: date, zone: tzinfo) -> list[int]:
    """Unix seconds at which the local days first..last begin, and one more: the end of the last."""
    count = (last - first).days + 2
    return [int(midnight(first + timedelta(days=number), zone).timestamp()) for number in range(count)]


def noons(first: date, last: date, zone: tzinfo) -> list[int]:
    """Unix seconds of local noon of the days first..last; none where the last comes before the first."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()) for day in days]


def zone_name(zone: tzinfo) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)


def _day(year: int, day_month: tuple[int, int]) -> date | None:
    try:
        return date(year, day_month[1], day_month[0])
    except ValueError:
        return None
