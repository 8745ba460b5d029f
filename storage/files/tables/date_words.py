"""Dates with a month in words: `Apr 16, 2026`, `Tue, Aug 26, 2025`, `16 апреля 2026, 18:05`, `2025年10月31日`."""

import re

_MONTHS = {
    1: "jan янв січ ene",
    2: "feb фев лют fev",
    3: "mar мар бер mär",
    4: "apr апр кві abr",
    5: "may мая май тра mai",
    6: "jun июн чер",
    7: "jul июл лип",
    8: "aug авг сер ago",
    9: "sep сен вер set",
    10: "oct окт жов okt out",
    11: "nov ноя лис",
    12: "dec дек гру dez dic",
}
_NUMBER_OF = {word: number for number, words in _MONTHS.items() for word in words.split()}

_CLOCK = r"(?:[ ,T]+(?:at |в )?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?)?\s*((?:utc|gmt)?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?)$"
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]{2,9}\.?,\s*)?([^\W\d]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})" + _CLOCK, re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]{2,11}\.?,\s*)?(\d{1,2})\.?[\s-]+(?:de )?([^\W\d]{3,9})\.?,?[\s-]+(?:de )?(\d{4})(?:\s*г\.?)?"
    + _CLOCK,
    re.IGNORECASE,
)
_JAPANESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日" + _CLOCK, re.IGNORECASE)

Worded = tuple[tuple[int, int, int], tuple[str | None, str | None, str | None, str | None], str | None]


def parse_worded(text: str) -> Worded | None:
    """(year, month, day), (hour, minute, second, am/pm), zone; None if this is no such date."""
    found = _MONTH_FIRST.match(text)
    if found:
        word, day, year, *clock, zone = found.groups()
    else:
        found = _DAY_FIRST.match(text)
        if not found:
            return _japanese(text)
        day, word, year, *clock, zone = found.groups()
    month = _NUMBER_OF.get(word[:3].casefold())
    if month is None:
        return None
    return (int(year), month, int(day)), (clock[0], clock[1], clock[2], clock[3]), zone


def _japanese(text: str) -> Worded | None:
    found = _JAPANESE.match(text)
    if not found:
        return None
    year, month, day, *clock, zone = found.groups()
    return (int(year), int(month), int(day)), (clock[0], clock[1], clock[2], clock[3]), zone
