"""Several tables below one another on one sheet: posts, then bought adverts; a channel under each heading."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from storage.files.decode.column_rows import ColumnRows, Row
from storage.files.tables.channel_names import may_be_channel, names_posts
from storage.files.tables.columns import known_titles, meaning_of, normalise
from storage.files.tables.table import find_header

_MOST_ROWS = 5000  # of a sheet that somebody has put together by hand
_LEAST_TITLES = 2


class SheetPart(NamedTuple):
    """`start`: how many rows of the sheet stand above. `heading`: the cell alone above the titles; None without one."""

    start: int
    rows: Sequence[Row]
    heading: str | None
    is_channel: bool = False


def parts_of_sheet(grid: Sequence[Row]) -> list[SheetPart]:
    """Returns the tables below one another, each with the heading above it; the whole sheet where there is one.

    Titles that come again in the same places begin no other table, unless the headings above may be channels, or name
    kinds of posts: the best ones stand among all of them once more.
    """
    if isinstance(grid, ColumnRows) or len(grid) > _MOST_ROWS or (header := _first_header(grid)) is None:
        return [SheetPart(0, grid, None)]
    meanings = _meanings(grid[header])
    later = list(_headers(grid, header + 2))
    others = [row for row in later if _meanings(grid[row]) != meanings]
    headers = [header, *(others or later)]
    headings = [_heading(grid, row) for row in headers]
    named = [heading for heading in headings if heading]
    are_named = len(set(named)) == len(headers) > 1
    are_channels = are_named and all(map(may_be_channel, named))
    if not (others or are_channels or (are_named and any(map(names_posts, named)))):
        return [SheetPart(0, grid, None)]
    starts = [0, *(_top(grid, row) for row in headers[1:]), len(grid)]
    return [
        SheetPart(start, grid[start:end], heading, are_channels)
        for (start, end), heading in zip(pairwise(starts), headings, strict=True)
    ]


def _first_header(grid: Sequence[Row]) -> int | None:
    """Returns the first row of titles, which a later one that says more does not outdo; None without one."""
    header = find_header(grid)
    dated = (row for row in _headers(grid, 0, header) if "date" in _meanings(grid[row]))
    return next(dated, header)


def _headers(grid: Sequence[Row], start: int, end: int | None = None) -> Iterator[int]:
    """Yields rows of titles alone that have data below."""
    for row in range(start, len(grid) - 1 if end is None else end):
        cells = _filled(grid[row])
        if (
            len(cells) >= _LEAST_TITLES
            and all(isinstance(cell, str) and not cell.strip()[:1].isdigit() for cell in cells)
            and known_titles(cells) >= _LEAST_TITLES
            and _is_data(grid[row + 1])
        ):
            yield row


def _is_data(row: Row) -> bool:
    return any(not isinstance(cell, str) or any(map(str.isdigit, cell)) for cell in _filled(row))


def _meanings(titles: Row) -> list[str | None]:
    found = [meaning_of(str(cell)) if cell else None for cell in titles]
    while found and found[-1] is None:
        found.pop()
    return found


def _heading(grid: Sequence[Row], header: int) -> str | None:
    cells = _filled(grid[header - 1]) if header else []
    return str(cells[0]).strip() if len(cells) == 1 and normalise(str(cells[0])) else None


def _top(grid: Sequence[Row], header: int) -> int:
    """Returns the first of the blank rows and headings that stand above titles."""
    while header and len(_filled(grid[header - 1])) <= 1:
        header -= 1
    return header


def _filled(row: Row) -> list[Any]:
    return [cell for cell in row if cell is not None and str(cell).strip()]
