"""Telegram Ads (ads.telegram.org), the link behind "CSV": a TAB-separated table by day, of views and clicks, or of money spent."""

from typing import Any

from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.columns import normalise
from storage.files.tables.daily import say_series, span
from storage.files.tables.dates import read_dates
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_DAYS = ("date", "day", "дата", "день")
_RESULTS = (
    "views",
    "opened video",
    "clicks",
    "joined",
    "started bot",
    "actions",
    "subscribers",
    "подписались",
    "запустили бота",
)
_SPENT = ("spent budget", "amount", "потрачено")


def recognise(table: Table) -> Recognition | None:
    names = table.names
    if not names or names[0] not in _DAYS:
        return None
    if any(name.startswith(_SPENT) for name in names[1:]):
        return Recognition(0.92, "a date and a spent budget")
    if {"views", "clicks"} <= set(names) and set(names[1:]) <= set(_RESULTS):
        return Recognition(0.9, "a date, Views and Clicks of an ad")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    dates = read_dates(
        table.columns[0], notes.zone, prefer=notes.hints.date_order or "day", name=table.titles[0]
    )
    days = span(dates.values)
    for title, cells in zip(table.titles[1:], table.columns[1:], strict=True):
        name = normalise(title)
        values = list(map(_money, cells)) if name.startswith(_SPENT) else read_counts(cells).values
        say_series(notes, title, dates.values, values)
    return [Part(channel("telegram"), days=days)]


def _money(cell: Any) -> float | None:
    """Returns an amount of money such as `12,5` and `💎0.10`; None where there is no number."""
    text = "".join(sign for sign in str(cell).replace(",", ".") if sign.isdigit() or sign == ".")
    try:
        return float(text)
    except ValueError:
        return None


FORMAT = Format("telegram_ads", "table", recognise, read)
