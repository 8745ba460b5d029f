"""A moment to come, as people type it: «завтра в 18», «28.11 18:30», «в субботу в 12:00», “Nov 28 at 6 pm”."""

import re
from datetime import datetime, time, timedelta

from bot.core.parsing.calendar_days import AHEAD
from bot.core.parsing.goals import coming_day
from bot.core.parsing.spans import ON_WEEKDAY, read_named

_ON_WEEKDAY = re.compile(ON_WEEKDAY)
NOON = time(12)  # where no hour is told
_CLOCK = re.compile(
    r"(?:(?:^|[\s,])(?:в|к|at)\s+)?(?<![\d.])(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\.?)?$"
)


def read_moment(text: str, now: datetime) -> datetime | None:
    """Reads a moment in the zone of `now`; noon where no hour is told, today where no day is; None for what is none."""
    said = " ".join(text.casefold().replace("ё", "е").split()).strip(" .,!")
    if weekday := _ON_WEEKDAY.match(said):
        return _on_weekday(weekday["weekday"], said[weekday.end() :].strip(" ,"), now)
    if day := _whole_day(said, now):
        return day
    found = _CLOCK.search(said)
    if found is None or not _is_hour(found):
        return None
    before = said[: found.start()].strip(" ,")
    day = _whole_day(before, now) if before else now
    return None if day is None else datetime.combine(day.date(), _clock(found), now.tzinfo)


def _on_weekday(name: str, hour: str, now: datetime) -> datetime | None:
    found, named = _CLOCK.match(hour), read_named(name, now.date())
    if named is None or (hour and not (found and _is_hour(found))):
        return None
    moment = datetime.combine(named.first, _clock(found) if found else NOON, now.tzinfo)
    return moment if moment > now else moment + timedelta(days=7)


def _whole_day(said: str, now: datetime) -> datetime | None:
    today = now.date()
    day = (
        today + timedelta(days=AHEAD[said]) if said in AHEAD else coming_day(said, today - timedelta(days=1))
    )
    return None if day is None else datetime.combine(day, NOON, now.tzinfo)


def _is_hour(found: re.Match[str]) -> bool:
    """«18:00», «в 18», “6 pm”; a number alone may be anything."""
    return bool(found["minute"] or found["half"] or not found[0].strip()[0].isdigit())


def _clock(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    return time(hour, int(found["minute"] or 0))
