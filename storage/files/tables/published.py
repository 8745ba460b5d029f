"""When the posts of a table were published: the column, its zone, a clock in a column of its own, merged cells."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from storage.files.tables.dates import DateOrder, Dates, read_dates
from storage.files.tables.named_zones import zone_named
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_CLOCK = re.compile(
    r"\s*\+?\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:[ap]\.?m\.?|uhr|h|ч\.?|мск|msk))?\s*$", re.IGNORECASE
)
_MARKED_CLOCK = re.compile(r"\s*([01]?\d|2[0-3])[-.]([0-5]\d)\s*$")
_HOURS_WORD = re.compile(r"\s*(?:uhr|h|ч\.?)$", re.IGNORECASE)
_CLOCK_TITLES = frozenset(
    {"время", "time", "час", "время публикации", "время выхода", "время размещения", "hour", "hora"}
)
_DURATIONS = re.compile(
    r"длит|продолж|durat|dauer|durée|watch|досм|удерж|length|тривал|средн|average|на сайте|визит|сеанс|сесси|session|时长|長さ"
)
_SAMPLE = 50


class DateColumn(NamedTuple):
    title: str
    cells: Sequence[Any]


def read_published(table: Table, positions: Sequence[int], prefer: DateOrder | None, notes: Notes) -> Dates:
    """Reads when posts were published. `positions`: the columns that may hold the date, the preferred first.

    Raises DomainError("file.date_ambiguous").
    """
    column = _date_column(table, positions)
    cells = _with_clock(table, column.cells)
    clock = _clock_place(table)
    told = zone_named(f"{column.title} {'' if clock is None else table.titles[clock]}", table.above)
    dates = read_dates(
        cells,
        told or notes.zone,
        prefer=notes.hints.date_order or prefer,
        name=column.title,
        utc=told == ZoneInfo("UTC"),
        around=notes.around(table.sheet, table.above),
    )
    say_year(dates, notes)
    if dates.swapped:
        notes.warn("dates_swapped", count=dates.swapped)
    if dates.naive and told is None:
        notes.warn("naive_times", zone=notes.zone.key)
    elif not dates.times_known:
        notes.warn("dates_without_time")
    return dates


def say_year(dates: Dates, notes: Notes) -> None:
    """Says where the years of dates without one were taken from."""
    known = [at for at in dates.values if at is not None]
    if dates.year_taken and known:
        first, last = (datetime.fromtimestamp(at, UTC).year for at in (min(known), max(known)))
        years = str(first) if first == last else f"{first}–{last}"
        notes.warn("year_of_name" if dates.year_taken == "name" else "year_of_moment", years=years)


def fill_down(cells: Sequence[Any]) -> list[Any]:
    """Fills empty cells with the value above: merged cells keep theirs in the first row only."""
    filled: list[Any] = []
    last: Any = ""
    for cell in cells:
        last = last if cell in ("", None) else cell
        filled.append(last)
    return filled


def _date_column(table: Table, positions: Sequence[int]) -> DateColumn:
    """Returns the preferred column that holds anything but hours."""
    columns = [DateColumn(table.titles[position], table.columns[position]) for position in positions]
    held = [column for column in columns if any(cell not in ("", None) for cell in column.cells)]
    return next((column for column in held if not is_clock(column.cells)), (held or columns)[0])


def _with_clock(table: Table, cells: Sequence[Any]) -> Sequence[Any]:
    """Returns dates without hours joined with the column of hours beside them if there is one."""
    sample = [cell for cell in cells[:_SAMPLE] if cell not in ("", None)]
    if _are_days(sample):
        cells = [cell.date().isoformat() if isinstance(cell, datetime) else cell for cell in cells]
    elif any(":" in str(cell) for cell in sample):
        return cells
    clock = clock_column(table)
    if clock is None:
        return cells
    return [f"{day or ''} {_hour(hour)}".strip() for day, hour in zip(cells, clock, strict=True)]


def clock_column(table: Table) -> Sequence[Any] | None:
    """Returns hours in a column of their own (`18:05`), by their values; a telling title goes first.

    None without such a column.
    """
    place = _clock_place(table)
    return None if place is None else table.columns[place]


def _clock_place(table: Table) -> int | None:
    hours = [place for place, column in enumerate(table.columns) if is_clock(column)]
    titled = [place for place, name in enumerate(table.names) if name in _CLOCK_TITLES]
    named = [place for place in titled if place in hours or _is_marked_clock(table.columns[place])]
    plain = [place for place in hours if not _DURATIONS.search(table.names[place])]
    places = named or (plain if len(plain) == 1 else [])
    return places[0] if places else None


def _are_days(cells: Sequence[Any]) -> bool:
    """Tells whether cells are days: a workbook's dates come as moments at midnight."""
    return bool(cells) and all(isinstance(cell, datetime) and cell.time() == time() for cell in cells)


def is_clock(cells: Sequence[Any]) -> bool:
    """Tells whether a column holds hours of a day and nothing else."""
    filled = list(islice((cell for cell in cells if cell not in ("", None)), _SAMPLE))
    return bool(filled) and all(isinstance(cell, time) or _CLOCK.match(str(cell)) for cell in filled)


def _is_marked_clock(cells: Sequence[Any]) -> bool:
    """Tells whether cells are hours written «18-05» or «18.05»: under a title that says so only."""
    filled = list(islice((cell for cell in cells if cell not in ("", None)), _SAMPLE))
    return bool(filled) and all(isinstance(cell, str) and _MARKED_CLOCK.match(cell) for cell in filled)


def _hour(cell: Any) -> str:
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if found := _MARKED_CLOCK.match(str(cell or "")):
        return f"{found[1]}:{found[2]}"
    return _HOURS_WORD.sub("", str(cell or "").strip().lstrip("+"))
