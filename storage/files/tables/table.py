"""Rows -> a table: the header found below titles and notes, columns of equal length, no totals or repeated headers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.files.decode.column_rows import ColumnRows, Row
from storage.files.tables.blocks import stacked
from storage.files.tables.columns import known_titles, normalise
from storage.files.tables.day_headings import DAY_TITLE, days_above
from storage.files.tables.long_tables import widened
from storage.files.tables.months_above import with_months
from storage.files.tables.turned import HEADER_SEARCH_ROWS, days_down, fitted, is_date, is_day, turned
from storage.files.tables.two_row_headers import JoinedHeader, apart, join_header, networks_in_titles
from storage.files.upload.notes import Notes

_LONGEST_TOTAL = 24
_LEAST_ROWS = 3  # of a table without titles
_LEAST_WIDTH = 2  # of a table: with one column there is nothing to tell a row of data from a note by
BLOCK_WIDTH = 3  # files of several blocks (a day, a value) are no wider

# The first words of a row that sums up the others: «Итого», «Среднее за ноябрь:», «Всего постов».
_TOTAL = re.compile(
    r"(?:общий итог|grand total|итогов\w+ значени\w+|итоги?|итого|всего|среднее|средние|в среднем|медиана|сумма|усього|разом|середнє"
    r"|totals?|averages?|mean|median|sum|gesamt|合計|平均|insgesamt|summe|durchschnitt|totale|totales|totais|suma|łącznie|razem|średnia|toplam|genel toplam|ortalama|somme|moyenne|promedio)(?: (?:за|по|на|for|in|постов|публикаций|of)\b.*)?\s*[:.]?$"
)
_WORD = re.compile(r"[^\W\d]{4}")


@dataclass(slots=True)
class Table:
    """Titles as written, and columns of cells. `rows` are the file's own 1-based row numbers of the cells."""

    titles: list[str]
    columns: list[Sequence[Any]]
    rows: Sequence[int]
    above: Sequence[Row] = ()  # what stood above the header
    grid: Sequence[Row] = field(
        default_factory=list
    )  # as read, whole where the table is narrow enough to be blocks
    skipped: dict[str, list[int]] = field(default_factory=dict)  # reason -> row numbers left out
    sheet: str | None = None
    said: Mapping[int, str] = field(
        default_factory=dict
    )  # what a person said of columns; "": not to be taken
    made: dict[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # a column nobody wrote -> those it was made of
    shown: Sequence[str] = ()  # titles as the file writes them, where others stand in their place
    rows_are: str | None = None  # as a person said: "posts", "totals"
    # What was found out of the columns (`meanings`), good as long as titles and columns are these.
    known: dict[Any, Any] = field(default_factory=dict, repr=False)
    profiles: dict[int, Any] = field(default_factory=dict, repr=False)

    def retitle(self, place: int, title: str) -> None:
        self.shown = self.shown or list(self.titles)
        self.titles[place] = title

    def written(self, place: int) -> str:
        """Returns the title of a column as a person knows it."""
        return self.shown[place] if place < len(self.shown) else self.titles[place]

    @property
    def told(self) -> frozenset[str]:
        """Meanings that a person gave to columns."""
        return frozenset(filter(None, self.said.values()))

    @property
    def names(self) -> list[str]:
        return [normalise(title) for title in self.titles]

    def __len__(self) -> int:
        return len(self.rows)

    def leave_out(self, rows: Sequence[int], reason: str) -> None:
        """Takes rows, by their place in the columns, out of the table.

        They count as skipped for the reason.
        """
        gone = set(rows)
        if not gone:
            return
        self.skipped.setdefault(reason, []).extend(self.rows[row] for row in rows)
        self.columns = [
            [cell for row, cell in enumerate(column) if row not in gone] for column in self.columns
        ]
        self.rows = [number for row, number in enumerate(self.rows) if row not in gone]

    def move_down(self, rows: int) -> None:
        """Counts the rows from the top of a sheet that has this many rows above the table."""
        self.rows = [number + rows for number in self.rows]
        self.skipped = {
            reason: [number + rows for number in left_out] for reason, left_out in self.skipped.items()
        }

    def tell_skipped(self, notes: Notes) -> None:
        for reason, rows in self.skipped.items():
            notes.skip(reason, rows[0], len(rows))


def find_table(grid: Sequence[Row], sheet: str | None = None) -> Table | None:
    """Returns the table of a grid; None if nothing could be a header with rows below it."""
    if across := days_down(grid):
        return find_table(across, sheet)
    header = find_header(grid)
    if header is None:
        return _untitled(grid, sheet)
    if known_titles(grid[header]) <= 1 and (upright := turned(grid)):
        return find_table(upright, sheet)
    if one_below_another := stacked(grid, header):
        return find_table(one_below_another, sheet)
    joined = join_header(grid[header - 1], grid[header]) if header else None
    if joined is None and (below := _joined_below(grid, header)):
        joined, header = below, header + 1
    titles = (
        joined.titles if joined else [str(cell).strip() if cell is not None else "" for cell in grid[header]]
    )
    while titles and not titles[-1]:
        titles.pop()
    width, first = len(titles), header + 1
    columns = _columns(grid, first, width)
    rows: Sequence[int] = range(first, len(grid))
    no_data = _find_no_data(grid, rows, columns, titles)
    if no_data:
        rows = [row for row in rows if row not in no_data]
        columns = [[column[row - first] for row in rows] for column in columns]
    days = days_above(grid, no_data, rows, titles) if no_data else None
    columns = with_months(grid, no_data, rows, titles, columns)
    if days is not None:
        titles, columns = [*titles, DAY_TITLE], [*columns, days]
    kept = grid if width <= BLOCK_WIDTH else grid[:first]
    numbers: Sequence[int] = [row + 1 for row in rows] if no_data else range(first + 1, len(grid) + 1)
    titles, columns, numbers = _networks_apart(joined, titles, columns, numbers)
    if not (joined or days) and (wide := widened(titles, columns, numbers)):
        titles, columns, numbers = wide
    return Table(titles, columns, numbers, grid[:header], kept, _by_reason(no_data), sheet)


def _networks_apart(
    joined: JoinedHeader | None, titles: list[str], columns: list[Sequence[Any]], numbers: Sequence[int]
) -> tuple[list[str], list[Sequence[Any]], Sequence[int]]:
    """Returns the table with a row a network, where the header names them; as it is where it does not."""
    if joined is None and (joined := networks_in_titles(titles)):
        titles = joined.titles
    if joined is None or not any(joined.groups):
        return titles, columns, numbers
    groups = [*joined.groups, ""][
        : len(titles)
    ]  # a day above its posts has a column that stands in no header
    titles, columns, were = apart(JoinedHeader(titles, groups), columns)
    return titles, columns, [numbers[row] for row in were]


def _joined_below(grid: Sequence[Row], header: int) -> JoinedHeader | None:
    """Returns the header joined with the row below, if that has no figure and both name more; else None."""
    if header + 1 >= len(grid):
        return None
    below = [cell for cell in grid[header + 1] if cell not in ("", None)]
    if len(below) < _LEAST_WIDTH or not all(isinstance(cell, str) and _is_title(cell) for cell in below):
        return None
    joined = join_header(grid[header], grid[header + 1])
    return joined if joined and known_titles(joined.titles) >= known_titles(grid[header]) else None


def _untitled(grid: Sequence[Row], sheet: str | None) -> Table | None:
    """Returns a table that begins with its first row of data: dates in it, of one width; None for others.

    A person tells its columns.
    """
    first = next((place for place, row in enumerate(grid[:HEADER_SEARCH_ROWS]) if any(row)), 0)
    rows = list(grid[first : first + HEADER_SEARCH_ROWS])
    widths = set(map(len, rows))
    if len(widths) != 1 or len(rows) < _LEAST_ROWS or (width := widths.pop()) < BLOCK_WIDTH:
        return None
    if not all(any(map(is_day, row)) for row in rows):
        return None
    return Table([""] * width, _columns(grid, first, width), range(first + 1, len(grid) + 1), sheet=sheet)


def _columns(grid: Sequence[Row], start: int, width: int) -> list[Sequence[Any]]:
    if isinstance(grid, ColumnRows) and len(grid.head) == start:
        return list(grid.columns[:width])
    body = grid[start:]
    if set(map(len, body)) != {width}:
        body = [fitted(row, width) for row in body]
    return list(zip(*body, strict=True)) if body else [() for _ in range(width)]


def find_header(grid: Sequence[Row]) -> int | None:
    """Returns the row that names the most meanings; else the first of several texts without a number.

    None where there is neither.
    """
    best, best_known = None, 1
    for index, row in enumerate(grid[:HEADER_SEARCH_ROWS]):
        known = known_titles(row)
        if known > best_known:
            best, best_known = index, known
    if best is not None:
        return best
    for index, row in enumerate(grid[:HEADER_SEARCH_ROWS]):
        cells = [cell for cell in row if cell not in (None, "")]
        if len(cells) > 1 and all(isinstance(cell, str) and _is_title(cell) for cell in cells):
            return index
    return None


def _is_title(cell: str) -> bool:
    """Tells whether a cell is a title: «28-day new viewers» is one, `2024-03-17` is none."""
    return not cell[:1].isdigit() or _WORD.search(cell) is not None


def _find_no_data(
    grid: Sequence[Row], rows: Sequence[int], columns: list[Sequence[Any]], titles: list[str]
) -> dict[int, str]:
    """Returns row -> why it is no data: blank rows, totals, notes and repeated headers.

    Usually there are none.
    Suspicion falls on a row by its first two cells, which are looked at a column at a time.
    """
    if len(columns) < _LEAST_WIDTH:
        suspicious = rows
    else:
        firsts = _suspicious_firsts(columns[0], titles[0])
        if not firsts and "" not in columns[1] and None not in columns[1]:
            return {}
        pairs = zip(rows, columns[0], columns[1], strict=True)
        suspicious = [row for row, first, second in pairs if first in firsts or second in ("", None)]
    reasons = ((row, _why_no_data(grid[row], titles)) for row in suspicious)
    return {row: reason for row, reason in reasons if reason is not None}


def _suspicious_firsts(cells: Sequence[Any], first_title: str) -> set[Any]:
    """Returns the first cells that could begin a row without data.

    Usually every first cell begins with a digit, and it is enough to see those digits.
    """
    starts = {cell[:1] for cell in cells if type(cell) is str}
    if all(map(str.isdigit, starts)) and first_title[:1] not in starts and None not in cells:
        return set()
    return {cell for cell in set(cells) if _is_suspicious(cell, first_title)}


def _by_reason(no_data: Mapping[int, str]) -> dict[str, list[int]]:
    """Returns reason -> row numbers as a person sees them; blank rows nobody misses."""
    found: dict[str, list[int]] = {}
    for row, reason in no_data.items():
        if reason:
            found.setdefault(reason, []).append(row + 1)
    return found


def _is_suspicious(first: Any, first_title: str) -> bool:
    """Tells whether a first cell could begin a row that is no data."""
    if type(first) is not str:
        return first is None
    if not first or first == first_title:
        return True
    return (
        not first[0].isdigit() and len(first) < _LONGEST_TOTAL and _TOTAL.match(normalise(first)) is not None
    )


def _why_no_data(row: Row, titles: list[str]) -> str | None:
    """Returns a reason; "" for a blank row, which nobody misses; None for a row of data."""
    filled = [cell for cell in row if cell is not None and str(cell).strip()]
    if not filled:
        return ""
    if _TOTAL.match(normalise(str(filled[0]))) and not any(map(is_date, filled)):
        return "total"
    if [normalise(str(cell)) for cell in row] == [normalise(title) for title in titles]:
        return "repeated_header"
    return "note" if len(filled) == 1 and len(titles) > 2 else None
