"""Text -> rows of cells: the delimiter found by consistency, Excel's one-quoted-cell-a-record undone."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from metrics.errors import DomainError
from storage.files.decode.broken_rows import holds_rows, mend_rows
from storage.files.decode.column_rows import Row
from storage.files.decode.large_tables import read_large
from storage.files.upload.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS

DELIMITERS = ("\t", ";", ",", "|")  # of equally consistent ones the first: commas also divide decimals
_WHOLE_LINE = re.compile(r'"(.*)"[;,\s]*$')  # empty cells may follow
_QUOTED = re.compile(r'^"(.*)"$', re.DOTALL)
_SAMPLE_RECORDS = 60
_MAX_RECORDS = MAX_ROWS + 100  # titles, notes and totals are no rows of posts


def read_rows(text: str) -> Sequence[Row]:
    """Returns every record, blank ones too: a record's index + 1 is the row a person sees.

    Raises DomainError: file.cell_too_long, file.too_many_rows, file.too_many_columns.
    """
    text = text.removeprefix("\ufeff")
    told = _told_delimiter(text)
    delimiter = told or _find_delimiter(text)
    if _is_one_cell_a_record(text, delimiter):
        text = _undo_one_cell(text)
        delimiter = told or _find_delimiter(text)
    large = read_large(text, delimiter, _MAX_RECORDS + 1)
    rows = _mended(text, delimiter) if large is None else large
    if len(rows) > _MAX_RECORDS:
        raise DomainError("file.too_many_rows", max_rows=MAX_ROWS)
    return rows


def _mended(text: str, delimiter: str) -> Sequence[Row]:
    rows = _parse(text, delimiter)
    if holds_rows(rows, delimiter):
        bare = _parse(text, delimiter, quoting=csv.QUOTE_NONE)
        rows = [[_QUOTED.sub(r"\1", cell) for cell in row] for row in bare]
    return mend_rows(rows, delimiter)


def _parse(
    text: str, delimiter: str, limit: int | None = None, *, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
) -> list[list[str]]:
    csv.field_size_limit(MAX_CELL_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    rows = []
    try:
        for row in itertools.islice(reader, limit or _MAX_RECORDS + 1):
            if limit is None and len(row) > MAX_COLUMNS:  # before the next one takes as much memory
                raise DomainError("file.too_many_columns", max_columns=MAX_COLUMNS)
            rows.append(row)
    except csv.Error as error:
        raise DomainError("file.cell_too_long", max_chars=MAX_CELL_CHARS) from error
    return rows


def _told_delimiter(text: str) -> str | None:
    """Returns the delimiter that a first line `sep=;` names; None without one."""
    first = text.split("\n", 1)[0].strip("\r\"' ") if not text.startswith("sep=\t") else "sep=\t"
    if first.casefold().startswith("sep=") and len(first) == 5 and first[4] in DELIMITERS:
        return first[4]
    return None


def _find_delimiter(text: str) -> str:
    head = text[:MAX_CELL_CHARS]
    return max(DELIMITERS, key=lambda delimiter: _consistency(head, delimiter))


def _consistency(head: str, delimiter: str) -> float:
    """Returns the share of records of the commonest width, weighed by it; 0 if it never divides anything."""
    if delimiter not in head:
        return 0.0
    try:
        rows = [row for row in _parse(head, delimiter, _SAMPLE_RECORDS) if row]
    except DomainError:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, times = widths.most_common(1)[0]
    return times / len(rows) * (1 - 0.5 / width)


def _is_one_cell_a_record(text: str, delimiter: str) -> bool:
    first = text.lstrip("\r\n").split("\n", 1)[0].strip()
    if not _WHOLE_LINE.match(first):
        return False
    rows = _parse(text[:MAX_CELL_CHARS], delimiter, 1)
    cells = [cell for cell in rows[0] if cell] if rows else []
    return len(cells) == 1 and any(mark in cells[0] for mark in DELIMITERS)


def _undo_one_cell(text: str) -> str:
    """Returns the text without the quotes of lines that start and end with one.

    Doubled quotes become single.
    """
    lines = text.splitlines()
    return "\n".join(_unquoted(line) for line in lines)


def _unquoted(line: str) -> str:
    whole = _WHOLE_LINE.match(line)
    return whole.group(1).replace('""', '"') if whole else line
