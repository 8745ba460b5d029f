"""Views of posts by age: a column for each day after publication, cells such as `497.0 (100.0%)`.

The cells are what each day added, or what there was by its end: shares that add up to one say which.
"""

import re
from collections.abc import Sequence
from typing import Any

from metrics.durations import DAY_S
from storage.files.formats import generic
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.meanings import columns_of
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_DAY = re.compile(r"(?:day|день|d|д)?[ _]?(\d{1,3})(?:[ _]?(?:d|days?|д|дн|дней|день|дня))?\.?$")
_SHARE = re.compile(r"\d.*\(\s*\d[\d.,]*\s*%\s*\)")
_PERCENT = re.compile(r"\(\s*(\d[\d.,]*)\s*%")
_WHOLE = 101  # percent, and the rounding of many


def recognise(table: Table) -> Recognition | None:
    where = columns_of(table)
    if {"date", "id"} <= where.keys() and _days(table):
        return Recognition(0.88, "a column of views and their share for each day of age")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    """Reads a reading a day; the views of now, where a column of them stands beside, are the last one."""
    days = _days(table)
    plain = [place for place in range(len(table.titles)) if place not in days]
    counted = [place for place in plain if place not in columns_of(table).get("views", ())]
    parts: dict[str, Part] = {}
    views = _views(table, days)
    aside = Notes(
        notes.zone, notes.as_of, hints=notes.hints
    )  # rows left out are told once, not for every day
    for place, day in days.items():
        _add(
            parts, generic.read(_with_views(table, counted, views[place]), notes if not parts else aside), day
        )
    if len(counted) < len(plain):
        _add(parts, generic.read(_columns(table, plain, range(len(table))), aside), max(days.values()) + 1)
    return list(parts.values())


def _days(table: Table) -> dict[int, int]:
    """Returns position -> day, of the columns that hold views with their share."""
    found = {}
    for place, name in enumerate(table.names):
        day = _DAY.match(name)
        if day and any(_SHARE.match(str(cell)) for cell in table.columns[place]):
            found[place] = int(day.group(1))
    return found


def _views(table: Table, days: dict[int, int]) -> dict[int, list[int | None]]:
    """Returns position -> views by the end of that day."""
    counts = {place: read_counts(table.columns[place]).values for place in days}
    if not all(_adds_up([table.columns[place][row] for place in days]) for row in range(len(table))):
        return counts
    so_far = [0] * len(table)
    for place in sorted(days, key=lambda place: days[place]):
        added = counts[place]
        so_far = [before + (gain or 0) for before, gain in zip(so_far, added, strict=True)]
        counts[place] = [
            total if gain is not None else None for total, gain in zip(so_far, added, strict=True)
        ]
    return counts


def _adds_up(cells: Sequence[Any]) -> bool:
    shares = [found.group(1).replace(",", ".") for cell in cells if (found := _PERCENT.search(str(cell)))]
    return sum(float(share) for share in shares if share.count(".") < 2) <= _WHOLE


def _with_views(table: Table, places: Sequence[int], counts: Sequence[int | None]) -> Table:
    """Returns the table of the posts that lived to that day, with their views."""
    rows = [row for row, count in enumerate(counts) if count is not None]
    plain = _columns(table, places, rows)
    plain.titles.append("views")
    plain.columns.append([counts[row] for row in rows])
    return plain


def _columns(table: Table, places: Sequence[int], rows: Sequence[int]) -> Table:
    return Table(
        [table.titles[place] for place in places],
        [[table.columns[place][row] for row in rows] for place in places],
        [table.rows[row] for row in rows],
    )


def _add(parts: dict[str, Part], found: Sequence[Part], day: int) -> None:
    for part in found:
        target = parts.setdefault(part.channel.key, Part(part.channel, is_series=True))
        target.posts.extend(
            post._replace(observed_at=post.published_at + day * DAY_S, observed_exact=True)
            for post in part.posts
        )


FORMAT = Format("views_by_day", "table", recognise, read)
