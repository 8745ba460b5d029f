"""What people and Excel make of dates before anybody reads them: hours first, «18-05», `20261029`, day and month swapped."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_HOUR_LETTER = re.compile(r"(?<=\s)(\d{1,2})[hH](\d{2})$")
_HOUR_FIRST = re.compile(rf"(\d{{1,2}}:\d{{2}}(?::\d{{2}})?),?\s+({_DAY})$")
_HOUR_MARKED = re.compile(rf"({_DAY})\s*(?:г\.?)?,?\s+(?:(?:в|at)\s+)?([01]?\d|2[0-3])[-.]([0-5]\d)$")
_TYPED = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b")
_DIGITS_OF_A_DAY = 8
_CENTURY = "20"
_MONTHS = 12
_FEW, _ENOUGH = 2, 5
_NEAR_DAYS = 31


def plain_form(text: str) -> str:
    """Returns a date with its hours behind it and a colon in them, as it is where it has that already."""
    text = _HOUR_LETTER.sub(r"\1:\2", " ".join(text.split()))
    if found := _HOUR_FIRST.match(text):
        return f"{found[2]} {found[1]}"
    found = _HOUR_MARKED.match(text)
    return f"{found[1]} {found[2]}:{found[3]}" if found else text


def spelt_out(texts: Sequence[str]) -> Sequence[str]:
    """Returns days of eight digits in a row as ISO writes them; the same texts where not every one is a day."""
    if set(map(len, texts)) - {0} != {_DIGITS_OF_A_DAY} or not all(map(_is_day, filter(None, texts))):
        return texts
    return [f"{text[:4]}-{text[4:6]}-{text[6:]}" if text else "" for text in texts]


def _is_day(text: str) -> bool:
    if not (text.startswith(_CENTURY) and text.isascii() and text.isdecimal()):
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def unswapped(cells: Sequence[Any]) -> tuple[Sequence[Any], int]:
    """Returns a workbook's dates as they were typed, and how many of them its Excel had swapped.

    An Excel that writes the month first made dates of «05/11/2026», with day and month swapped, and left «25/11/2026»
    a text. So every text has a number over 12 in the same place, no date has a day over 12, and swapped back they lie
    among the texts.
    """
    dates = [cell for cell in cells if isinstance(cell, date)]
    typed = [_TYPED.match(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    texts = [found for found in typed if found]
    if (
        min(len(dates), len(texts)) < _FEW
        or len(texts) < len(typed)
        or any(day.day > _MONTHS for day in dates)
    ):
        return cells, 0
    place = next((place for place in (1, 2) if all(int(found[place]) > _MONTHS for found in texts)), None)
    days = [_day_of(found, place) for found in texts] if place else []
    known = [day.toordinal() for day in days if day]
    if not known or not _belong(dates, known):
        return cells, 0
    return [_swapped(cell) if isinstance(cell, date) else cell for cell in cells], len(dates)


def _belong(dates: Sequence[date], known: Sequence[int]) -> bool:
    """Tells whether dates lie among the known days when swapped, and only then, unless there are many of both."""
    if not all(_is_near(_swapped(day), known) for day in dates):
        return False
    return min(len(dates), len(known)) >= _ENOUGH or not all(_is_near(day, known) for day in dates)


def _is_near(day: date, known: Sequence[int]) -> bool:
    return min(known) - _NEAR_DAYS <= day.toordinal() <= max(known) + _NEAR_DAYS


def _swapped(day: date) -> date:
    return day.replace(month=day.day, day=day.month)


def _day_of(found: re.Match[str], place: int) -> date | None:
    day, month = (found[1], found[2]) if place == 1 else (found[2], found[1])
    try:
        return date(int(found[3][-2:]) + 2000, int(month), int(day))
    except ValueError:
        return None
