"""Tables that write a figure a row (post, metric, value), as databases and BI tools do -> a post a row, a metric a column."""

from collections.abc import Sequence
from typing import Any

from storage.files.tables.columns import COUNTER_MEANINGS, meaning_of

_WIDEST = 12  # columns
_MOST_METRICS = 20
_LEAST_METRICS = 2
_LOOKED_AT = 200  # cells, before all of them are
_NAMES = frozenset({"id", "link", "text"})
_COUNTERS = frozenset(COUNTER_MEANINGS)

Columns = list[Sequence[Any]]


def widened(
    titles: Sequence[str], columns: Columns, rows: Sequence[int]
) -> tuple[list[str], Columns, list[int]] | None:
    """Returns titles, columns and row numbers with a column for every metric; None for another kind of table.

    The column before the last that is not in question is the value: the only other one without a meaning.
    """
    if not 3 <= len(titles) <= _WIDEST or not rows:
        return None
    meanings = [meaning_of(title) for title in titles]
    metric = next(
        (place for place, cells in enumerate(columns) if _names_metrics(meanings[place], cells)), None
    )
    if metric is None or not _NAMES & set(meanings) or _COUNTERS & set(meanings):
        return None
    numeric = [
        place
        for place, cells in enumerate(columns)
        if place != metric and meanings[place] is None and all(map(_is_figure, cells))
    ]
    if len(numeric) != 1:
        return None
    return _spread(titles, columns, rows, metric, numeric[0])


def _names_metrics(meaning: str | None, cells: Sequence[Any]) -> bool:
    """Tells whether every cell is a title of a counter, and a few of them come back."""
    if meaning in _COUNTERS or len(set(cells[:_LOOKED_AT])) > _MOST_METRICS:
        return False
    words = set(cells)
    return (
        _LEAST_METRICS <= len(words) <= _MOST_METRICS
        and len(words) * 2 <= len(cells)
        and all(isinstance(word, str) for word in words)
        and sum(meaning_of(word) in _COUNTERS for word in words) >= _LEAST_METRICS
    )


def _is_figure(cell: Any) -> bool:
    return isinstance(cell, int | float) or not cell or str(cell).strip()[:1].isdigit()


def _spread(
    titles: Sequence[str], columns: Columns, rows: Sequence[int], metric: int, value: int
) -> tuple[list[str], Columns, list[int]] | None:
    kept = [place for place in range(len(titles)) if place not in (metric, value)]
    posts: dict[tuple[Any, ...], dict[str, Any]] = {}
    first: dict[tuple[Any, ...], int] = {}
    for at, (number, name, figure) in enumerate(zip(rows, columns[metric], columns[value], strict=True)):
        key = tuple(columns[place][at] for place in kept)
        figures = posts.setdefault(key, {})
        first.setdefault(key, number)
        if name in figures:
            return None  # the same figure of the same post twice: days of it, or something else
        figures[name] = figure
    metrics = list(dict.fromkeys(columns[metric]))
    keys = list(zip(*posts, strict=True))
    figures_of = [[found.get(name, "") for found in posts.values()] for name in metrics]
    return (
        [*(titles[place] for place in kept), *metrics],
        [*map(list, keys), *figures_of],
        list(first.values()),
    )
