"""Dates in columns of their parts: a year, a month by number or name, a day."""

from datetime import date
from typing import Any

from storage.files.tables.columns import meaning_of, normalise
from storage.files.tables.date_words import month_of
from storage.files.tables.months_above import Month, with_year
from storage.files.tables.profiles import profile_of
from storage.files.tables.published import fill_down
from storage.files.tables.table import Table

_PARTS = {
    "year": ("год", "year", "рік", "jahr", "ano", "año", "annee", "année", "anno", "rok", "yıl"),
    "month": ("месяц", "month", "місяць", "monat", "mês", "mes", "mois", "mese", "miesiąc", "ay"),
    "day": ("день", "число", "day", "дата", "tag", "dia", "día", "jour", "giorno", "dzień", "gün"),
}
_MONTHS, _LONGEST_MONTH, _FIRST_YEAR, _LAST_YEAR = 12, 31, 2005, 2100
_JOINED = "date"


def join_date_parts(table: Table) -> None:
    """Adds a column of dates to a table that has a month and a day apart, and the year or none.

    Nothing is added where a column holds dates.
    """
    places = {
        part: table.names.index(name)
        for part, names in _PARTS.items()
        for name in names
        if name in table.names
    }
    if "year" in places and len(table):
        _add_years(table, places["year"])
    if not {"month", "day"} <= places.keys() or _JOINED in table.titles or not len(table):
        return
    if any(profile_of(table, place).is_date for place in range(len(table.columns))):
        return
    days = [_whole(cell) for cell in table.columns[places["day"]]]
    months = [_month(cell) for cell in fill_down(table.columns[places["month"]])]
    years = (
        [_whole(cell) for cell in fill_down(table.columns[places["year"]])]
        if "year" in places
        else [None] * len(days)
    )
    rows = list(zip(years, months, days, strict=True))
    written = [_written(*row) for row in rows]
    if sum(map(bool, written)) * 2 > len(written):
        table.titles.append(_JOINED)
        table.columns.append(written)
        table.made[len(table.titles) - 1] = tuple(places.values())


def _add_years(table: Table, place: int) -> None:
    """Writes the year of its own column behind each date that has a day and a month only: «2025», «03.10»."""
    years = [_whole(cell) for cell in fill_down(table.columns[place])]
    if not all(year and _FIRST_YEAR <= year <= _LAST_YEAR for year in years):
        return
    for other, cells in enumerate(table.columns):
        if meaning_of(table.titles[other]) != "date" or not any(cells):
            continue
        dated = [with_year(cell, Month(year or 0)) for cell, year in zip(cells, years, strict=True)]
        if None not in dated:
            table.columns[other] = dated


def _written(year: int | None, month: int | None, day: int | None) -> str:
    if not month or not day or not 1 <= month <= _MONTHS or not 1 <= day <= _LONGEST_MONTH:
        return ""
    if year is None:
        return f"{day:02}.{month:02}"
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(cell: Any) -> int | None:
    number = _whole(cell)
    return number if number is not None else month_of(normalise(str(cell)))


def _whole(cell: Any) -> int | None:
    try:
        number = float(str(cell))
    except ValueError:
        return None
    return int(number) if number.is_integer() else None
