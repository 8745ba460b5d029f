"""Tables in which a day stands once, in a row of its own above its posts -> a column of days."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from storage.files.decode.column_rows import Row
from storage.files.tables.columns import meaning_of
from storage.files.tables.date_words import parse_worded

DAY_TITLE = "Дата"
_DIGITS = re.compile(r"\d{1,4}([./-])\d{1,2}(?:\1\d{1,4})?$")
_HOUR = re.compile(r"\d{1,2}:\d{2}")
_LEAST_DAYS = 2


def days_above(
    grid: Sequence[Row], no_data: Mapping[int, str], rows: Sequence[int], titles: Sequence[str]
) -> list[Any] | None:
    """Returns the day over each of the rows.

    None where rows have dates of their own or no day stands above the first.
    """
    headings = {
        row: day for row, reason in no_data.items() if reason == "note" and (day := _day_in(grid[row]))
    }
    if len(headings) < _LEAST_DAYS:
        return None
    dated = [place for place, title in enumerate(titles) if meaning_of(title) == "date"]
    if any(_holds_days([grid[row][place] for row in rows if place < len(grid[row])]) for place in dated):
        return None
    found: list[Any] = []
    wanted, day = set(rows), None
    for row in range(min(headings), len(grid)):
        day = headings.get(row, day)
        if row in wanted:
            found.append(day)
    return found if len(found) == len(rows) else None


def _day_in(row: Row) -> Any:
    cell = next((cell for cell in row if cell not in ("", None)), None)
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    return text if _DIGITS.match(text) or parse_worded(text) else None


def _holds_days(cells: Sequence[Any]) -> bool:
    filled = [str(cell) for cell in cells if cell not in ("", None)]
    return not all(map(_HOUR.match, filled)) if filled else False
