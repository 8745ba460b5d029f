"""Telegram's own chart JSON: columns of arrays, the first one `x` in unix milliseconds; one chart or a list of them.

A chart of total followers is an audience; joined and left, views and shares by day are named and not kept.
"""

from typing import Any

from storage.files.formats.daily import audience_of, say_series, span
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.notes import Notes
from storage.files.numbers import read_counts

_AUDIENCE = (
    "total followers",
    "followers",
    "total subscribers",
    "подписчики",
    "всего подписчиков",
    "subscribers",
)
_MILLISECONDS = 1000


def _charts(value: Any) -> list[dict[str, Any]]:
    charts = value if isinstance(value, list) else [value]
    return [chart for chart in charts if isinstance(chart, dict) and _has_x(chart)]


def _has_x(chart: dict[str, Any]) -> bool:
    columns = chart.get("columns")
    return (
        isinstance(columns, list)
        and bool(columns)
        and all(isinstance(column, list) and column for column in columns)
        and columns[0][0] == "x"
    )


def recognise(value: Any) -> Recognition | None:
    return Recognition(0.97, "columns that start with x") if _charts(value) else None


def read(value: Any, notes: Notes) -> list[Part]:
    return [_read_chart(chart, notes) for chart in _charts(value)]


def _read_chart(chart: dict[str, Any], notes: Notes) -> Part:
    days = [
        int(at) // _MILLISECONDS if isinstance(at, int | float) else None for at in chart["columns"][0][1:]
    ]
    part = Part(channel("telegram"), days=span(days))
    names = chart.get("names") or {}
    for column in chart["columns"][1:]:
        name = str(names.get(column[0], column[0]))
        values = (column[1:] + [None] * len(days))[: len(days)]
        if name.casefold() in _AUDIENCE:
            part.audience = audience_of(days, values)
        else:
            say_series(notes, name[:40], days, read_counts(values).values)
    return part


FORMAT = Format("telegram_chart", "json", recognise, read)
