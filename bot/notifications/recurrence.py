"""When a schedule comes next. Pure: local time, zone and rule in, a moment in UTC out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.workspace.schedules import Schedule

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LOOK_AHEAD_DAYS = 70  # more than any rule skips, the date line included


def next_due(schedule: Schedule, zone: str, after: int) -> int:
    """Returns the first moment after `after` that the schedule names, in unix seconds.

    A time that the clocks skip runs at the next valid minute; one that they repeat runs the first time only.
    Raises ValueError for a rule that names no day.
    """
    here = ZoneInfo(zone)
    day = datetime.fromtimestamp(after, here).date() - DAY  # yesterday's may have been moved over midnight
    for _ in range(LOOK_AHEAD_DAYS):
        if _names(schedule, day):
            moment = _moment(day, schedule.at_minute, here)
            if moment is not None and moment > after:
                return moment
        day += DAY
    raise ValueError(f"the schedule names no day: {schedule.frequency} {schedule.weekdays:b}")


def planned(schedule: Schedule, zone: str, now: int) -> Schedule:
    """Returns the schedule with the moment it comes next; None while it is off."""
    return replace(schedule, next_due_at=next_due(schedule, zone, now) if schedule.is_on else None)


def _names(schedule: Schedule, day: date) -> bool:
    if schedule.frequency == "daily":
        return bool(schedule.weekdays >> day.weekday() & 1)
    if schedule.frequency == "weekly":
        return day.weekday() == schedule.weekday
    return day.day == 1


def _moment(day: date, at_minute: int, zone: ZoneInfo) -> int | None:
    """Returns a moment in unix seconds; None for a day that the place lacks: it crossed the date line."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock's, in no zone yet
    if _first_valid(midnight, zone).date() != day:
        return None
    local = _first_valid(midnight + at_minute * MINUTE, zone)
    return int(local.replace(tzinfo=zone).timestamp())


def _first_valid(local: datetime, zone: ZoneInfo) -> datetime:
    """Returns `local`, or the first minute after it that the clocks show."""
    while local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        local += MINUTE
    return local
