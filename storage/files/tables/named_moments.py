"""Moments that exports carry in their names: `Oct-01-2025_Oct-31-2025_77.csv`, `ChatExport_2025-10-31`, `shop_content_1761892334567.xls`.

Light, as `moments` is.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from storage.files.tables.date_words import month_of

_DIGITS_OF_MS = re.compile(r"(?<!\d)(1\d{12})(?!\d)")  # LinkedIn's; Meta ends in ids of more digits
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d)([-_.])(\d\d)\2(20\d\d)(?!\d)")
_IN_WORDS = re.compile(r"(?<![^\W\d_])([A-Z][a-z]{2})-(\d\d)-(20\d\d)(?!\d)")

_MONTH = re.compile(r"([^\W\d_]{3,})\W{1,3}(20\d\d)(?!\d)")
_FOUNDED = re.compile(r"созда|основан|регистр|створен|created|founded|registered|joined|since", re.IGNORECASE)
_AFTER_A_MONTH = timedelta(days=90)  # its report may be of the weeks around it


def last_day_named(name: str, not_after: date) -> date | None:
    """Returns the last day that a file's name writes in full, of a period its end; None: it writes none."""
    return max((day for day in _days(name) if day <= not_after), default=None)


def last_day_told(text: str) -> date | None:
    """Returns the last day that a line tells of: one written in full, or the end of the quarter a month begins.

    None for a line about when something was founded.
    """
    if _FOUNDED.search(text):
        return None
    days = list(_days(text))
    for word, year in _MONTH.findall(text):
        if month := month_of(word):
            days.append(date(int(year), month, 1) + _AFTER_A_MONTH)
    return max(days, default=None)


def moment_named(name: str, not_after: int | None) -> int | None:
    """Returns the unix seconds that the service puts into the name; None without, or for a later number."""
    found = _DIGITS_OF_MS.search(name)
    moment = int(found[1]) // 1000 if found else None
    return None if moment is None or (not_after is not None and moment > not_after) else moment


def _days(name: str) -> Iterator[date]:
    written = [
        *((found[1], found[3], found[4]) for found in _YEAR_FIRST.finditer(name)),
        *((found[4], found[3], found[1]) for found in _DAY_FIRST.finditer(name)),
        *((found[3], month_of(found[1]) or 0, found[2]) for found in _IN_WORDS.finditer(name)),
    ]
    for year, month, day in written:
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue
