"""Large tables through pandas' parser, which makes columns at once and numbers of plain counters.

It is asked only for what it reads exactly as the `csv` module does; at the least doubt that one reads the file instead.
"""

import csv
import io
from itertools import islice
from typing import Any

from storage.files.decode.column_rows import ColumnRows, Row
from storage.files.tables.columns import COUNTER_MEANINGS, meaning_of
from storage.files.tables.table import BLOCK_WIDTH, find_header
from storage.files.tables.turned import HEADER_SEARCH_ROWS
from storage.files.upload.limits import MAX_CELL_CHARS, MAX_COLUMNS

LARGE_CHARS = 64 * 1024  # below it the csv module is as fast, and nobody waits for pandas to be imported
_SAMPLE_CHARS = 256 * 1024
_SAMPLE_RECORDS = 200
_ROWS_AT_ONCE = (
    20_000  # pandas keeps every text it saw in a table, which must not outgrow the processor's cache
)
_NUMBERS = frozenset({*COUNTER_MEANINGS, "text_length"})


def read_large(text: str, delimiter: str, max_records: int) -> ColumnRows | None:
    """Returns a large table; None: too small, without a telling header, or not as regular as it has to be."""
    if len(text) < LARGE_CHARS or "\x00" in text:
        return None
    rest = io.StringIO(text, newline="")
    try:
        sample = _records(io.StringIO(text[:_SAMPLE_CHARS], newline=""), delimiter, _SAMPLE_RECORDS)
        if max(map(len, sample), default=0) > MAX_COLUMNS:
            return None
        header = find_header(sample[:HEADER_SEARCH_ROWS])
        if header is None or len(sample[header]) <= BLOCK_WIDTH:
            return None
        head = _records(rest, delimiter, header + 1)
        columns = _parse(rest, delimiter, len(head[-1]), _plain_counters(sample, header), max_records)
    except (csv.Error, ValueError):  # rows of another width, a counter that is no plain number
        return None
    return ColumnRows(head, columns)


def _records(text: io.StringIO, delimiter: str, count: int) -> list[Row]:
    """Returns the first `count` records; the text stays where the last of them ends."""
    return list(islice(csv.reader(text, delimiter=delimiter), count))


def _plain_counters(sample: list[Row], header: int) -> set[int]:
    """Returns the columns that are counters by their title, and digits as far as the sample goes."""
    found = {place for place, title in enumerate(sample[header]) if meaning_of(title) in _NUMBERS}
    for row in sample[header + 1 : -1]:  # the last one may be cut off
        found = {place for place in found if _is_plain(row[place : place + 1])}
    return found


def _is_plain(cells: Row) -> bool:
    """Tells whether a cell is of digits only; it is given as one cell, or none where the row is short."""
    return bool(cells) and cells[0].isascii() and cells[0].isdecimal()


def _is_of_short_lines(text: str) -> bool:
    """Tells whether no line, and so no cell, can be too long.

    It hops from line to line where no quote joins lines.
    """
    at = 0
    while len(text) - at > MAX_CELL_CHARS:
        end = text.rfind("\n", at, at + MAX_CELL_CHARS)
        if end < at:
            return False
        at = end + 1
    return '"' not in text


def _parse(
    rest: io.StringIO, delimiter: str, width: int, counters: set[int], max_records: int
) -> list[list[Any]]:
    """Returns the columns of a table. Raises ValueError for what does not fit."""
    import pandas as pd  # noqa: PLC0415 - half a second, which a small file need not wait for

    columns: list[list[Any]] = [[] for _ in range(width)]
    with pd.read_csv(
        rest,
        sep=delimiter,
        header=None,
        index_col=False,
        # Counters are left to be found out: a column made to be of integers would take 1.000 for 1.
        dtype=dict.fromkeys(set(range(width)) - counters, object),
        na_filter=False,
        skip_blank_lines=False,
        low_memory=False,
        nrows=max_records,
        chunksize=_ROWS_AT_ONCE,
    ) as frames:
        for frame in frames:
            if len(frame.columns) != width or any(frame[place].dtype != "int64" for place in counters):
                raise ValueError("not as its first rows let expect")
            for place, cells in enumerate(columns):
                cells.extend(frame[place].tolist())
    texts = [cells for place, cells in enumerate(columns) if place not in counters]
    if not _is_of_short_lines(rest.getvalue()) and any(
        max(map(len, cells)) > MAX_CELL_CHARS for cells in texts
    ):
        raise ValueError("a long cell")
    return columns
