"""Rows -> a table: the header found below titles and notes, columns of equal length, no totals or repeated headers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.files.columns import known_titles, normalise
from storage.files.notes import Notes

Row = Sequence[Any]
_HEADER_SEARCH_ROWS = 30
_LONGEST_TOTAL = 24
_BLOCK_WIDTH = 3  # files of several blocks (a day, a value) are no wider

# The first cell of a row that sums up the others.
TOTALS = frozenset({
    "total", "totals", "итого", "итог", "всего", "итоговое значение", "gesamt", "общий итог", "grand total", "итоги", "合計", "усього",
})  # fmt: skip


@dataclass(slots=True)
class Table:
    """Titles as written, and columns of cells. `rows` are the file's own 1-based row numbers of the cells."""

    titles: list[str]
    columns: list[Sequence[Any]]
    rows: Sequence[int]
    above: list[Row] = field(default_factory=list)  # what stood above the header
    grid: list[Row] = field(
        default_factory=list
    )  # as read, whole where the table is narrow enough to be blocks
    skipped: dict[str, list[int]] = field(default_factory=dict)  # reason -> row numbers left out
    sheet: str | None = None

    @property
    def names(self) -> list[str]:
        return [normalise(title) for title in self.titles]

    def __len__(self) -> int:
        return len(self.rows)

    def tell_skipped(self, notes: Notes) -> None:
        for reason, rows in self.skipped.items():
            notes.skip(reason, rows[0], len(rows))


def find_table(grid: list[Row], sheet: str | None = None) -> Table | None:
    """None if there is nothing that could be a header with rows below it."""
    header = _find_header(grid)
    if header is None:
        return None
    titles = [str(cell).strip() if cell is not None else "" for cell in grid[header]]
    while titles and not titles[-1]:
        titles.pop()
    width = len(titles)
    body, numbers, skipped = _clean_body(grid, header, titles)
    if body and set(map(len, body)) != {width}:
        body = [_fitted(row, width) for row in body]
    columns: list[Sequence[Any]] = list(zip(*body, strict=True)) if body else [() for _ in titles]
    kept = grid if width <= _BLOCK_WIDTH else grid[: header + 1]
    return Table(titles, columns, numbers, grid[:header], kept, skipped, sheet)


def _find_header(grid: list[Row]) -> int | None:
    """The first row of those that name the most meanings; else the first row that has several texts and no number."""
    best, best_known = None, 1
    for index, row in enumerate(grid[:_HEADER_SEARCH_ROWS]):
        known = known_titles(row)
        if known > best_known:
            best, best_known = index, known
    if best is not None:
        return best
    for index, row in enumerate(grid[:_HEADER_SEARCH_ROWS]):
        cells = [cell for cell in row if cell not in (None, "")]
        if len(cells) > 1 and all(isinstance(cell, str) and not cell[:1].isdigit() for cell in cells):
            return index
    return None


def _clean_body(
    grid: list[Row], header: int, titles: list[str]
) -> tuple[list[Row], Sequence[int], dict[str, list[int]]]:
    """Rows below the header without blanks, totals, notes and repeated headers. Usually nothing has to go."""
    body = grid[header + 1 :]
    firsts = {cell for cell in {row[0] for row in body if row} if _is_suspicious(cell, titles[0])}
    suspicious = [index for index, row in enumerate(body) if len(row) < 2 or row[0] in firsts or not row[1]]
    if not suspicious:
        return body, range(header + 2, header + 2 + len(body)), {}
    skipped: dict[str, list[int]] = {}
    gone = set()
    for index in suspicious:
        reason = _why_no_data(body[index], titles)
        if reason is None:
            continue
        gone.add(index)
        if reason:
            skipped.setdefault(reason, []).append(header + 2 + index)
    kept = [index for index in range(len(body)) if index not in gone]
    return [body[index] for index in kept], [header + 2 + index for index in kept], skipped


def _is_suspicious(first: Any, first_title: str) -> bool:
    """Whether a first cell could begin a row that is no data."""
    if type(first) is not str:
        return first is None
    if not first or first == first_title:
        return True
    return not first[0].isdigit() and len(first) < _LONGEST_TOTAL and normalise(first) in TOTALS


def _why_no_data(row: Row, titles: list[str]) -> str | None:
    """A reason; "" for a blank row, which nobody misses; None for a row of data."""
    filled = [cell for cell in row if cell is not None and str(cell).strip()]
    if not filled:
        return ""
    first = normalise(str(row[0] if row[0] is not None else ""))
    if first in TOTALS:
        return "total"
    if [normalise(str(cell)) for cell in row] == [normalise(title) for title in titles]:
        return "repeated_header"
    return "note" if len(filled) == 1 and len(titles) > 2 else None


def _fitted(row: Row, width: int) -> Row:
    if len(row) >= width:
        return row[:width]
    return [*row, *[""] * (width - len(row))]
