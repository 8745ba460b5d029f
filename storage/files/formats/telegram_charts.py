"""Telegram's own chart JSON: columns of arrays, the first one `x` in unix milliseconds; one chart or a list of them.

A chart of total followers is an audience; joined and left, views and shares by day are named and not kept.
"""

import json
import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from metrics.posts import AudienceReading
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.daily import audience_of, say_series, span
from storage.files.tables.json_lists import as_dict
from storage.files.tables.numbers import read_counts
from storage.files.upload.notes import Notes

# The one line of the chart of followers, in the languages of Telegram's apps. Charts of those who came and went have two.
_FOLLOWERS = (
    "follower",
    "subscriber",
    "подписчик",
    "підписник",
    "abonnent",
    "seguidor",
    "suscriptor",
    "inscrito",
    "abonné",
    "iscritti",
    "abone",
    "абонент",
)
_CHANGES = ("new", "joined", "left", "нов", "отпис", "подписалось", "neu", "nuevo", "novo")
_TOTALS = ("total followers", "всего подписчиков")
_MILLISECONDS = 1000
_LOOKED_AT = 50
_DEEPEST = 4  # levels at which answers of the API hold their graphs


def _charts(value: Any, depth: int = 0, most: int | None = None) -> Iterator[dict[str, Any]]:
    """Yields charts of a list, or of an answer of `stats.getBroadcastStats`, each a JSON text of its own.

    `most`: how many things of one list or object are looked at; charts come by the dozen, posts by the thousand.
    """
    if isinstance(value, dict) and _has_x(value):
        yield value
    elif isinstance(value, dict) and isinstance(value.get("data"), str) and '"x"' in value["data"]:
        try:
            yield from _charts(json.loads(value["data"]))
        except ValueError:
            return
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        for inner in islice(value.values() if isinstance(value, dict) else value, most):
            yield from _charts(inner, depth + 1, most)


def _has_x(chart: dict[str, Any]) -> bool:
    columns = chart.get("columns")
    return (
        isinstance(columns, list)
        and bool(columns)
        and all(isinstance(column, list) and column for column in columns)
        and columns[0][0] == "x"
    )


def recognise(value: Any) -> Recognition | None:
    first = next(_charts(value, most=_LOOKED_AT), None)
    return Recognition(0.97, "columns that start with x") if first else None


def read(value: Any, notes: Notes) -> list[Part]:
    return [*(_read_chart(chart, notes) for chart in _charts(value)), *_read_overview(value)]


def _read_overview(value: Any) -> Iterator[Part]:
    """Yields `followers: {current, previous}` of the whole answer, at the end of its period."""
    followers = value.get("followers") if isinstance(value, dict) else None
    period = value.get("period") if isinstance(value, dict) else None
    if isinstance(followers, dict) and isinstance(period, dict):
        count, end = followers.get("current"), period.get("max_date")
        if isinstance(count, int | float) and math.isfinite(count) and isinstance(end, int):
            yield Part(channel("telegram"), audience=[AudienceReading(end, int(count), 0)])


def _read_chart(chart: dict[str, Any], notes: Notes) -> Part:
    days = [_second(at) for at in chart["columns"][0][1:]]
    part = Part(channel("telegram"), days=span(days))
    names = as_dict(chart.get("names"))
    for column in chart["columns"][1:]:
        name = str(names.get(str(column[0]), column[0]))
        values = (column[1:] + [None] * len(days))[: len(days)]
        if name.casefold() in _TOTALS or (len(chart["columns"]) == 2 and _is_audience(name.casefold())):
            part.audience = audience_of(days, values)
        else:
            say_series(notes, name[:40], days, read_counts(values).values)
    return part


def _second(at: Any) -> int | None:
    return int(at) // _MILLISECONDS if isinstance(at, int | float) and math.isfinite(at) else None


def _is_audience(name: str) -> bool:
    return any(word in name for word in _FOLLOWERS) and not any(word in name for word in _CHANGES)


FORMAT = Format("telegram_chart", "json", recognise, read)
