"""Rows that say a month and its year above the posts of that month: «Октябрь 2025», then «3 окт», «03.10» or «3»."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from storage.files.decode.column_rows import Row
from storage.files.tables.columns import meaning_of
from storage.files.tables.date_words import month_of, parse_worded

_HEADING = re.compile(r"\W*([^\W\d_]{3,})\W{0,3}(20\d\d)(?:\s*(?:г|год|года|р|року)\.?)?\W*$", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}$")
_SHORT = re.compile(r"(\d{1,2})\.(\d{1,2})\.?((?:,?\s+\d{1,2}:\d{2})?)$")


class Month(NamedTuple):
    year: int
    number: int | None = None  # None: only the year is told


def with_months(
    grid: Sequence[Row],
    no_data: Mapping[int, str],
    rows: Sequence[int],
    titles: Sequence[str],
    columns: list[Sequence[Any]],
) -> list[Sequence[Any]]:
    """Returns the columns, dates in them with the year of the month above; as they are where one has its own year."""
    headings = {
        row: month for row, why in no_data.items() if why == "note" and (month := _month_in(grid[row]))
    }
    place = next((place for place, title in enumerate(titles) if meaning_of(title) == "date"), None)
    if not headings or place is None or not rows or rows[0] < min(headings):
        return columns
    starts = sorted(headings)
    months = [headings[max(start for start in starts if start < row)] for row in rows]
    written = [with_year(cell, month) for cell, month in zip(columns[place], months, strict=True)]
    if None in written:
        return columns
    return [*columns[:place], written, *columns[place + 1 :]]


def with_year(cell: Any, month: Month) -> str | None:
    """Returns a date with its year behind it; "" for an empty cell, None for another month, another year, no date."""
    text = str(cell if cell is not None else "").strip()
    if not text:
        return ""
    if _DAY.match(text):
        return f"{text}.{month.number:02}.{month.year}" if month.number else None
    if short := _SHORT.match(text):
        told = int(short[2])
        return f"{short[1]}.{told:02}.{month.year}{short[3]}" if month.number in (None, told) else None
    worded = parse_worded(text)
    if worded is None or worded.year is not None or worded.days_ago is not None:
        return None
    if month.number not in (None, worded.month) or worded.clock[3] or worded.zone:
        return None
    hours = f" {worded.clock[0]}:{worded.clock[1]}" if worded.clock[0] else ""
    return f"{worded.day}.{worded.month:02}.{month.year}{hours}"


def _month_in(row: Row) -> Month | None:
    cell = next((cell for cell in row if cell not in ("", None)), "")
    found = _HEADING.match(str(cell))
    number = month_of(found[1]) if found else None
    return Month(int(found[2]), number) if found and number else None
