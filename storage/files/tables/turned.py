"""Tables that lie on their side: titles one below another, days or posts side by side."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from storage.files.decode.column_rows import Row
from storage.files.tables.columns import COUNTER_MEANINGS, known_titles, meaning_of
from storage.files.tables.date_words import month_of, parse_worded

HEADER_SEARCH_ROWS = 30
_LEAST_WIDTH = 3
_WORDS_OF_A_MONTH = 2
_LEAST_DAYS = 3  # side by side
_OF_DAYS = frozenset({*COUNTER_MEANINGS, "subscribers"})
_SHORT_DATE = re.compile(r"\s*\d{1,2}\.\d{1,2}\s*")
_DATE = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def days_down(grid: Sequence[Row]) -> list[Row] | None:
    """Returns the grid with its days below one another, where they stand side by side above figures of each.

    None for another grid, and where the rows are posts.
    """
    if len(grid) > HEADER_SEARCH_ROWS:
        return None
    days = next((place for place, row in enumerate(grid) if _names_days(row)), None)
    if days is None:
        return None
    width = max(place for place, cell in enumerate(grid[days]) if cell not in ("", None)) + 1
    named = [row for row in grid[days + 1 :] if row and isinstance(row[0], str) and row[0].strip()]
    counted = [row for row in named if meaning_of(row[0]) in _OF_DAYS]
    if not counted or len(counted) * 2 < len(named):
        return None
    are_months = all(_is_month(str(cell)) for cell in grid[days][1:width] if cell not in ("", None))
    head = ["Месяц" if are_months else "Дата", *grid[days][1:]]
    return [list(column) for column in zip(*(fitted(row, width) for row in (head, *named)), strict=True)]


def _names_days(row: Row) -> bool:
    filled = [cell for cell in row[1:] if cell not in ("", None)]
    days = sum(is_day(cell) or parse_worded(str(cell)) is not None or _is_month(str(cell)) for cell in filled)
    return days >= _LEAST_DAYS and days >= len(filled) - 1  # the last may be their sum


def _is_month(cell: str) -> bool:
    words = cell.replace(".", " ").split()
    return (
        0 < len(words) <= _WORDS_OF_A_MONTH
        and month_of(words[0]) is not None
        and all(map(str.isdigit, words[1:]))
    )


def turned(grid: Sequence[Row]) -> list[Row] | None:
    """Returns the grid with its columns as rows, where titles stand one below another; None otherwise."""
    width = max((len(row) for row in grid[:HEADER_SEARCH_ROWS]), default=0)
    if len(grid) > HEADER_SEARCH_ROWS or width < _LEAST_WIDTH:
        return None
    first = [row[0] for row in grid if row]
    if known_titles(first) <= 1 or "date" not in set(map(meaning_of, map(str, first))):
        return None
    return [list(column) for column in zip(*(fitted(row, width) for row in grid), strict=True)]


def is_date(cell: Any) -> bool:
    """Tells whether a cell is a date: a row of its own day sums nothing up, even «Итоги за неделю»."""
    return isinstance(cell, date) or _DATE.match(str(cell)) is not None


def is_day(cell: Any) -> bool:
    """Tells whether a cell is a date, with or without a year."""
    return is_date(cell) or _SHORT_DATE.fullmatch(str(cell)) is not None


def fitted(row: Row, width: int) -> Row:
    if len(row) >= width:
        return row[:width]
    return [*row, *[""] * (width - len(row))]
