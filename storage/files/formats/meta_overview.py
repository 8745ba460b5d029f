"""Meta Business Suite, overview export: a title line, `Date,Primary`, a value a day; several blocks in one file.

The hour in the dates flips between 00 and 01 at the American clock change: only the day is read.
"""

import re
from collections.abc import Iterator
from typing import Any

from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.columns import meaning_of, normalise
from storage.files.tables.daily import say_series, say_where, span
from storage.files.tables.dates import read_dates
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2}t0[01]:00:00$")
_DAY = re.compile(r"\d{1,4}\D\d")
_OF_SERVICE = re.compile(r"\s*\b(?:facebook|instagram)\b\s*", re.IGNORECASE)


def recognise(table: Table) -> Recognition | None:
    head = [[normalise(str(cell)) for cell in row if cell] for row in table.grid[:6]]
    dated = next((row for row in head if len(row) == 2 and meaning_of(row[0]) == "date"), None)
    titled = any(len(row) == 1 and not row[0].startswith("sep=") for row in head)
    told = any(row and row[0].startswith("sep=") for row in head)
    days = [row for row in head if len(row) == 2 and _DAY.match(row[0])]
    exact = [row for row in days if _MIDNIGHT.match(row[0])]
    if (dated and (dated[1] == "primary" or (titled and days))) or (told and titled and exact):
        return Recognition(0.85, "a title, then days and a value")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    parts = []
    for title, days, cells in _blocks(table):
        platform = "instagram" if "instagram" in title.casefold() else "facebook"
        moments = read_dates(
            days, notes.zone, prefer=notes.hints.date_order or "day", name="Date", around=notes.around()
        ).values
        metric = _OF_SERVICE.sub(" ", title.casefold()).strip()
        say_series(notes, meaning_of(metric) or metric, moments, read_counts(cells).values)
        parts.append(Part(channel(platform), days=span(moments)))
    say_where("facebook", notes)
    return parts


def _blocks(table: Table) -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yields (title, days, values) of every block that has a day."""
    title, days, cells = "", list[str](), list[Any]()
    for row in table.grid:
        filled = [str(cell).strip() for cell in row if cell not in ("", None)]
        if len(filled) == 2 and filled[0][:2].isdigit():
            days.append(re.split("[T ]", filled[0], maxsplit=1)[0])
            cells.append(filled[1])
        elif filled and days:
            yield title, days, cells
            title, days, cells = "", [], []
        if len(filled) == 1 and not filled[0].casefold().startswith("sep="):
            title = filled[0]
        elif len(filled) == 2 and not filled[0][:1].isdigit() and normalise(filled[1]) != "primary":
            title = filled[1]
    if days:
        yield title, days, cells


FORMAT = Format("meta_overview", "table", recognise, read)
