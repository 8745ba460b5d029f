"""The search for what a person has to say before a table can be read. In workers only; `questions` leads here."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from metrics.errors import DomainError
from storage.files.decode.contents import Content, open_file, read_contents
from storage.files.tables.account import shown_titles
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.dates import read_dates
from storage.files.tables.headers import known_by, read_as_told, titles_of
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.meanings import columns_of
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table
from storage.files.upload.importer import choose_format
from storage.files.upload.notes import DateOrder, Hints, Notes
from storage.files.upload.questions import (
    ANSWERABLE,
    ASKED,
    CORRECTABLE,
    Candidate,
    Columns,
    Files,
    KnownColumn,
    Order,
    TableColumns,
)

_UNNAMED = frozenset({"header_unknown", "header_absent", "posts_without_dates", "no_counters"})
_SAMPLE = 50
_SOME_MOMENT = 1_735_689_600  # dates without a year only have to read as dates here
_MOST = 0.8  # of a column's cells; the rest may be blanks and notes
_LONGEST_EXAMPLE = 24
_SMALL = 100_000  # a bare number below is no moment, though a workbook counts its days so
_NUMERIC_DATE = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")


def find_question(files: Files, zone: str, hints: Hints) -> Columns | Order | None:
    for name, path in files:
        for content in _contents(name, path):
            question = _question(content, Notes(ZoneInfo(zone), hints=hints))
            if question is not None:
                return question
    return None


def find_columns(files: Files, zone: str, hints: Hints) -> TableColumns | None:
    """Returns the columns of the first table that is read by them; None: there is no such table."""
    for name, path in files:
        for content in _contents(name, path):
            titles, known = titles_of(content), known_by(content)
            notes = Notes(ZoneInfo(zone), hints=hints, name=content.name)
            with read_as_told(content, notes):
                chosen = choose_format(content)
                table = table_of_objects(content.value) if content.kind == "json" else content.value
                if chosen and chosen.format.code in CORRECTABLE and isinstance(table, Table):
                    with suppress(DomainError):
                        chosen.format.read(content.value, notes)
                    return TableColumns(content.name, known, _known_columns(table, titles, notes))
    return None


def _known_columns(table: Table, titles: Sequence[str], notes: Notes) -> tuple[KnownColumn, ...]:
    """Returns the columns as the table was read.

    A service's own titles may mean what they mean nowhere else.
    """
    read = {use.title: use.meaning for use in notes.columns.values()}
    meanings = {place: read.get(title) for place, title in enumerate(shown_titles(table))}
    if not read:
        meanings = {place: meaning for meaning, places in columns_of(table).items() for place in places}
    return tuple(
        KnownColumn(place, title, _example(cells), meanings.get(place))
        for place, (title, cells) in enumerate(zip(titles, table.columns, strict=False))
        if title and _example(cells)
    )


def _example(cells: Sequence[Any]) -> str:
    filled = next((cell for cell in cells if cell is not None and str(cell).strip()), "")
    return " ".join(str(filled).split())[:_LONGEST_EXAMPLE]


def _contents(name: str, path: Path) -> Iterator[Content]:
    """Yields what can be opened of a file; why the rest can't was told already."""
    with suppress(DomainError):
        for member, data, _ in open_file(name, path):
            with suppress(DomainError):
                yield from read_contents(member, data)


def _question(content: Content, notes: Notes) -> Columns | Order | None:
    titles, known = titles_of(content), known_by(content)
    notes.name, notes.modified = content.name, notes.modified or _SOME_MOMENT
    with read_as_told(content, notes):
        chosen = choose_format(content)
        if chosen is None or chosen.format.code in _UNNAMED:
            table = table_of_objects(content.value) if content.kind == "json" else content.value
            return _columns(content.name, table, titles, known) if isinstance(table, Table) else None
        try:
            chosen.format.read(content.value, notes)
        except DomainError as error:
            if error.code == "file.date_ambiguous":
                return _order(content, known, str(error.params["column"]))
            if error.code in ANSWERABLE:
                table = table_of_objects(content.value) if content.kind == "json" else content.value
                return _columns(content.name, table, titles, known) if isinstance(table, Table) else None
    return None


def _columns(name: str, table: Table, titles: Sequence[str], known: str) -> Columns | None:
    """Returns the columns to ask about, or None.

    None unless something in the table looks like dates and something else like counters.
    """
    where = columns_of(table)
    taken = {position for positions in where.values() for position in positions}
    found = [_candidate(position, titles[position], cells) for position, cells in enumerate(table.columns)]
    free = tuple(candidate for candidate in found if candidate and candidate.position not in taken)
    wanted = tuple(name for name in ASKED if name not in where)
    has_dates = "date" in where or any(candidate.is_date for candidate in free)
    has_counts = where.keys() & set(COUNTER_MEANINGS) or any(not candidate.is_date for candidate in free)
    return Columns(name, known, wanted, free) if has_dates and has_counts else None


def _candidate(position: int, title: str, cells: Sequence[Any]) -> Candidate | None:
    filled = [cell for cell in cells if cell is not None and str(cell).strip()][:_SAMPLE]
    if not filled:
        return None
    moments = read_dates(filled, ZoneInfo("UTC"), prefer="day").values
    is_date = _most_known(moments) and not all(map(_is_small_number, filled))
    if not is_date and not _most_known(read_counts(filled).values):
        return None
    example = " ".join(str(filled[0]).split())[:_LONGEST_EXAMPLE]
    return Candidate(position, title or f"№ {position + 1}", example, is_date)


def _most_known(values: Sequence[int | None]) -> bool:
    return len(values) - values.count(None) >= _MOST * len(values)


def _is_small_number(cell: Any) -> bool:
    try:
        return float(str(cell)) < _SMALL
    except ValueError:
        return False


def _order(content: Content, known: str, column: str) -> Order | None:
    """Returns the question of day or month, by the first date of the column that reads both ways; or None."""
    table = table_of_objects(content.value) if content.kind == "json" else content.value
    if not isinstance(table, Table):
        return None
    named = [cells for title, cells in zip(table.titles, table.columns, strict=True) if title == column]
    for cell in chain(*(named or table.columns)):
        found = _NUMERIC_DATE.match(str(cell))
        if found and found[1] != found[2]:
            return Order(
                content.name, known, found[0].strip(), _noon(found[0], "day"), _noon(found[0], "month")
            )
    return None


def _noon(written: str, order: DateOrder) -> int:
    """Returns noon of a written day in UTC, which is the same day in nearly every zone."""
    moment = read_dates([f"{written.strip()} 12:00"], ZoneInfo("UTC"), prefer=order).values[0]
    assert moment is not None
    return moment
