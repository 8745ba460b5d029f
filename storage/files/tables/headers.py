"""Tables known again by their header, and read by what a person said of its columns."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from storage.files.decode.contents import Content
from storage.files.tables.columns import COUNTER_MEANINGS, meaning_of, normalise
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.table import Table
from storage.files.upload.notes import HeaderMeanings, Hints, Notes

_ENOUGH = 200  # objects of a JSON by which its titles are known
_HEX_DIGITS = 16
_METRICS = frozenset({*COUNTER_MEANINGS, "subscribers"})
_WORD = re.compile(r"[^\W\d_]{3,}")


def fingerprint(titles: Sequence[str]) -> str:
    """Returns the same text for the same titles in the same order, however they are capitalised."""
    joined = "\x1f".join(map(normalise, titles))
    return hashlib.sha256(joined.encode()).hexdigest()[:_HEX_DIGITS]


def titles_of(content: Content) -> list[str]:
    """Returns the titles of a table or of a list of JSON objects; a page has none."""
    table = content.value if content.kind == "table" else None
    if content.kind == "json":
        table = table_of_objects(content.value, _ENOUGH)
    return list(table.titles) if table else []


def known_by(content: Content) -> str:
    """Returns the fingerprint of a content's header, with the counter that its name tells of.

    The counter is there where the name tells of one: several services write the same titles over whatever the
    file is named after.
    """
    told = {meaning for word in _WORD.findall(content.name) if (meaning := meaning_of(word)) in _METRICS}
    counter = next(iter(told)) if len(told) == 1 else None
    known = fingerprint(titles_of(content))
    return f"{known}-{counter}" if counter else known


@contextmanager
def read_as_told(content: Content, notes: Notes) -> Iterator[None]:
    """Makes the content's table and its dates read as a person said, within the block."""
    hints = notes.hints
    notes.header = known_by(content)
    told = _told_of(content, hints) if hints.told or hints.columns else None
    if told is not None:
        notes.hints = replace(hints, date_order=told.date_order or hints.date_order)
        _read_by_position(content, told, notes)
    try:
        yield
    finally:
        notes.hints = hints


def _told_of(content: Content, hints: Hints) -> HeaderMeanings | None:
    titles = titles_of(content)
    known = hints.told.get(known_by(content))
    if known is not None:
        return known
    by_title = {normalise(title): meaning for title, meaning in hints.columns.items()}
    named = {n: by_title[name] for n, title in enumerate(titles) if (name := normalise(title)) in by_title}
    return HeaderMeanings(named) if named else None


def _read_by_position(content: Content, told: HeaderMeanings, notes: Notes) -> None:
    if content.kind == "json" and (told.columns or told.rows):
        content.kind, content.value = "table", table_of_objects(content.value)
    known = notes.header
    if told.rows:
        content.value.rows_are = told.rows
        if told.rows == "posts":
            notes.warn("rows_are_posts", fingerprint=known)
        else:
            notes.warn("rows_are_totals", fingerprint=known)
    if told.columns:
        table: Table = content.value
        named = {meaning or "aside": table.titles[position] for position, meaning in told.columns.items()}
        notes.warn("columns_told", columns=", ".join(named.values()), fingerprint=known, **named)
        table.said = told.columns
    if told.date_order == "day":
        notes.warn("day_first_told", fingerprint=known)
    elif told.date_order == "month":
        notes.warn("month_first_told", fingerprint=known)
