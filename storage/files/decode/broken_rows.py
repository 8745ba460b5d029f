"""Rows of a CSV that nobody quoted: a delimiter or a line break inside a text moved the cells behind it.

Texts hold them, figures and dates do not: the cells are put together again where every column of figures then holds
figures. Where that can't be done the row is left as one cell, which is a note and no row of data.
"""

import re
from collections import Counter
from collections.abc import Sequence

from storage.files.decode.column_rows import Row

_FIGURES = re.compile(r"[\d\s.,:%+\-−–/]*$")
_MOST = 0.8  # of the cells of a column of figures are such
_HALF = 0.5  # of the rows are whole
_LEAST_ROWS = 3
_LEAST_WIDTH = 3
_LEAST_FIGURES = 2  # a date and a count
_MOST_LINES = 40  # of one text
_DATED = re.compile(r"\d+\D\d+")
_DIGIT = re.compile(r"\d")


def holds_rows(rows: Sequence[Row], delimiter: str) -> bool:
    """Tells whether a cell holds whole rows: a quote that was never meant to open a cell, and ended rows below.

    Such a line is as wide as the rows are, and has a date in the same place, written the same way.
    """
    widths = Counter(len(row) for row in rows if len(row) >= _LEAST_WIDTH)
    width = widths.most_common(1)[0][0] if widths else 0
    lines = [
        line.split(delimiter) for row in rows for cell in row if "\n" in cell for line in cell.split("\n")[1:]
    ]
    inside = [line for line in lines if len(line) == width]
    if not inside:
        return False
    shapes = {
        (place, _DIGIT.sub("0", cell)) for row in rows for place, cell in enumerate(row) if _is_dated(cell)
    }
    return any((place, _DIGIT.sub("0", cell)) in shapes for line in inside for place, cell in enumerate(line))


def _is_dated(cell: str) -> bool:
    return _DATED.match(cell) is not None and _is_figure(cell)


def mend_rows(rows: Sequence[Row], delimiter: str) -> Sequence[Row]:
    """Returns the rows with moved cells back in their places; the same rows where half are of no one width."""
    widths = Counter(len(row) for row in rows if row)
    if len(widths) <= 1:
        return rows
    width = widths.most_common(1)[0][0]
    header = next(place for place, row in enumerate(rows) if len(row) == width)
    end = next(
        (place for place in range(header + 1, len(rows)) if _begins_another(rows[place], width)), len(rows)
    )
    below = rows[header + 1 : end]
    whole = [row for row in below if len(row) == width]
    figures = _columns_of_figures(whole, width)
    if width < _LEAST_WIDTH or len(figures) < _LEAST_FIGURES:
        return rows
    if len(whole) < max(_LEAST_ROWS, _HALF * sum(map(any, below))):
        return rows
    return [*rows[: header + 1], *_mended(below, width, figures, delimiter), *rows[end:]]


def _begins_another(row: Row, width: int) -> bool:
    """Tells whether a row is the header of another, wider table."""
    return len(row) > width and not any(map(_is_figure, row))


def _columns_of_figures(rows: Sequence[Row], width: int) -> list[int]:
    found = []
    for place in range(width):
        filled = [row[place] for row in rows if row[place]]
        if filled and sum(map(_is_figure, filled)) >= _MOST * len(filled):
            found.append(place)
    return found


def _is_figure(cell: str) -> bool:
    return _FIGURES.match(cell) is not None


def _mended(rows: Sequence[Row], width: int, figures: Sequence[int], delimiter: str) -> list[Row]:
    mended: list[Row] = []
    place = 0
    while place < len(rows):
        row, lines = rows[place], 1
        if row and (
            len(row) != width
            or (not _fits(row, figures) and _is_short(rows[place + 1 : place + _MOST_LINES], width))
        ):
            row, lines = _glued(rows[place : place + _MOST_LINES], width, figures, delimiter)
        # Rows keep their numbers, as a person counts them: a blank one stands for each line that was glued.
        mended += [row, *([] for _ in range(lines - 1))]
        place += lines
    return mended


def _is_short(rows: Sequence[Row], width: int) -> bool:
    """Tells whether the next row that is not blank ends before its time."""
    return 0 < len(next(filter(None, rows), ())) < width


def _glued(rows: Sequence[Row], width: int, figures: Sequence[int], delimiter: str) -> tuple[Row, int]:
    """Returns a row of the lines that make one whole, and their number; the first as it is where they don't."""
    whole = list(rows[0])
    for lines, row in enumerate([[], *rows[1:]], start=1):
        if len(row) == width and _fits(row, figures):
            break
        if lines > 1:
            whole = [*whole[:-1], "\n".join((whole[-1], *row[:1])), *row[1:]]
        found = _narrowed(whole, width, figures, delimiter)
        if found and (lines == 1 or all(found[place] for place in figures)):
            return found, lines
    first = rows[0]
    moved = len(first) > width and any(first[width:]) and _is_figure(first[figures[0]])
    return ([delimiter.join(first)] if moved else first), 1


def _narrowed(row: Row, width: int, figures: Sequence[int], delimiter: str) -> Row | None:
    """Returns a row of the width with one text put together again; None where no text explains it."""
    over = len(row) - width
    if over < 0:
        return None
    if _fits(row, figures):
        return row if not over or not any(map(_is_figure, filter(None, row[width:]))) else None
    for place in range(width):
        end = place + over + 1
        joined = [*row[:place], delimiter.join(row[place:end]), *row[end:]]
        if place not in figures and _fits(joined, figures):
            return joined
    return None


def _fits(row: Row, figures: Sequence[int]) -> bool:
    return all(_is_figure(row[place]) for place in figures)
