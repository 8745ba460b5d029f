"""One written date -> a moment. Where it names no year, or says «вчера», what stands around the file tells.

Light: what is noted of an upload holds an `Around`, and the bot's own process holds that.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from metrics.durations import DAY_S
from storage.files.tables.date_words import WrittenDate

_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_YEARS_BACK = 8  # a 29 February is in one of them


class Moment(NamedTuple):
    """A parsed cell. `seconds` are UTC if `zoned`, else wall-clock seconds still to be placed in a zone."""

    seconds: int
    zoned: bool
    has_time: bool


class Around(NamedTuple):
    """What stands in where a date names no year or says «вчера»: years in the file's name, and a moment nothing is later than."""

    years: tuple[int, ...] = ()
    latest: int | None = None
    until: int | None = None  # the last moment that lines above the dates tell of


NOWHERE = Around()


def dated(found: WrittenDate, around: Around) -> Moment | None:
    """Returns a written date with the year it must be of; None where nothing tells it."""
    if found.days_ago is not None:
        if around.latest is None:
            return None
        day = datetime.fromtimestamp(around.latest, UTC).date() - timedelta(days=found.days_ago)
        return moment_of((day.year, day.month, day.day), found.clock, found.zone)
    if found.year is not None:
        return moment_of((found.year, found.month, found.day), found.clock, found.zone)
    bounds = [at for at in (around.latest, around.until) if at is not None]
    latest = min(bounds) + DAY_S if bounds else None
    if around.years:
        years = sorted(around.years, reverse=True)
    elif bounds:
        newest = datetime.fromtimestamp(min(bounds), UTC).year
        years = list(range(newest, newest - _YEARS_BACK, -1))
    else:
        return None
    moments = [moment_of((year, found.month, found.day), found.clock, found.zone) for year in years]
    known = [moment for moment in moments if moment]
    fitting = [moment for moment in known if latest is None or moment.seconds <= latest]
    return next(iter(fitting or (known if around.years else ())), None)


def moment_of(
    day: tuple[int, int, int], clock: tuple[str | None, str | None, str | None, str | None], zone: str | None
) -> Moment | None:
    """Returns the moment of year, month, day; hour, minute, second, am/pm as written; a zone (`UTC+05:30`).

    None: there is no such date.
    """
    hour, minute, second, half = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0].casefold() == "p" else 0)
    try:
        wall = datetime(*day, hours, int(minute or 0), int(second or 0), tzinfo=UTC)
    except ValueError:
        return None
    offset = _offset_of(zone or "")
    return Moment(int(wall.timestamp()) - (offset or 0), offset is not None, hour is not None)


def _offset_of(zone: str) -> int | None:
    """Returns seconds east of UTC; None when no zone is written."""
    found = _OFFSET.search(zone)
    if found:
        seconds = int(found.group(2)) * 3600 + int(found.group(3) or 0) * 60
        return -seconds if found.group(1) == "-" else seconds
    return 0 if zone.strip() else None
