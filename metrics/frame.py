"""Rows of posts as a table: counters in float64, NaN where a counter is None. NaN never leaves `metrics`.

Columns: those of `posts.Post` with `steps` parsed into one `<counter>_step` column a counter (0: exact), and those of
`folding.FOLDED`: an album is one post, and a row that stands twice counts once, whoever reads the table.
`published_at` and `observed_at` are int64 unix seconds. The order of the rows is the caller's and means nothing.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.folding import fold
from metrics.posts import APART_FORMATS, COLUMNS, COUNTERS, AudienceReading, Post

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]

TIMES = ("published_at", "observed_at")
FLAGS = ("observed_exact", "time_known", "is_ad", "is_forwarded")
PARTS = ("reactions", "comments", "forwards", "saves")
SUM = "interactions_sum"
SUMMED_AT_LEAST = 2  # other counters
SUMMED_SHARE = 0.9  # of the rows that have both
SUMMED_ROWS = 5  # different sums
# Counters that prove that a post was seen: views of 0 beside one of them means nobody counted the views.
EVIDENCE = ("reactions", "dislikes", "comments", "forwards", "saves", "clicks", "stars", "interactions_sum")


def table(rows: Sequence[Post]) -> pd.DataFrame:
    # a column at a time: all rows at once cost more from tens of thousands on
    cells = {name: list(map(itemgetter(place), rows)) for place, name in enumerate(COLUMNS)}
    columns = {name: _column(name, cells[name]) for name in COLUMNS if name != "steps"}
    columns["views"] = _views(columns)
    _name_sum(columns)
    return pd.DataFrame(fold(columns | _steps(cells["steps"])), copy=False)


def _name_sum(columns: dict[str, npt.NDArray[Any]]) -> None:
    """Renames a counter that is the sum of the others in most rows to `interactions_sum`.

    Several tools call it Reactions. At least two others must take part, and the sums must differ from row to
    row: one that always equals another counter, or the same numbers in every row, say nothing.
    """
    if not np.isnan(columns[SUM]).all():
        return
    for name in PARTS:
        others = [columns[other] for other in PARTS if other != name and np.nansum(columns[other]) > 0]
        if len(others) < SUMMED_AT_LEAST:
            continue
        total = np.sum(others, axis=0)
        both = ~np.isnan(total) & ~np.isnan(columns[name])
        alike = both & (columns[name] == total)
        if alike.sum() >= SUMMED_SHARE * max(1, both.sum()) and len(np.unique(total[alike])) >= SUMMED_ROWS:
            columns[SUM], columns[name] = columns[name], np.full(len(total), np.nan)
            return


def audience_table(rows: Iterable[AudienceReading]) -> pd.DataFrame:
    """Returns a table of `observed_at` (int64, ascending, unique), `subscribers` and `step`.

    Of equal moments the later row counts.
    """
    latest = {row.observed_at: row for row in rows}
    ordered = [latest[moment] for moment in sorted(latest)]
    return pd.DataFrame(
        {
            "observed_at": np.array([row.observed_at for row in ordered], dtype=np.int64),
            "subscribers": np.array([row.subscribers for row in ordered], dtype=np.float64),
            "step": np.array([row.step for row in ordered], dtype=np.float64),
        }
    )


def floats(posts: pd.DataFrame, name: str) -> Floats:
    """Returns a column of numbers, NaN where one is not known.

    It is the table's own memory, as in the functions below.
    """
    return np.asarray(posts[name].to_numpy(), dtype=np.float64)


def ints(posts: pd.DataFrame, name: str) -> Ints:
    """Returns a column of moments, unix seconds."""
    return np.asarray(posts[name].to_numpy(), dtype=np.int64)


def bools(posts: pd.DataFrame, name: str) -> Bools:
    """Returns a column of marks."""
    return np.asarray(posts[name].to_numpy(), dtype=np.bool_)


def objects(posts: pd.DataFrame, name: str) -> Objects:
    """Returns a column of texts, as they are kept."""
    return np.asarray(posts[name].to_numpy(), dtype=np.object_)


def are_apart(posts: pd.DataFrame) -> Bools:
    """Tells which posts are replies and stories: they have an audience of their own."""
    return np.asarray(posts["format"].isin(APART_FORMATS).to_numpy(), dtype=np.bool_)


def numbered(values: Objects) -> tuple[Ints, Objects]:
    """Returns the number of each value, and the values in the order of their numbers."""
    numbers, names = pd.factorize(values)
    return np.asarray(numbers, dtype=np.int64), np.asarray(names, dtype=np.object_)


def texts(posts: pd.DataFrame, name: str, rows: Ints) -> npt.NDArray[np.object_]:
    """Returns the words of these rows, None where there are none; pandas itself keeps NaN for them."""
    values = np.array(posts[name].iloc[rows], dtype=np.object_)
    values[pd.isna(values)] = None
    return values


def _column(name: str, values: Sequence[Any]) -> npt.NDArray[Any]:
    if name in TIMES:
        return np.array(values, dtype=np.int64)
    if name in FLAGS:
        return np.array(values, dtype=np.bool_)
    if name in COUNTERS or name == "text_length":
        if values.count(None) == len(values):  # a twentieth of the time that making numbers of nothing takes
            return np.full(len(values), np.nan)
        return np.array(values, dtype=np.float64)
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return texts


def _views(columns: dict[str, npt.NDArray[Any]]) -> Floats:
    views: Floats = columns["views"]
    seen = np.zeros(len(views), dtype=np.bool_)
    for name in EVIDENCE:
        seen |= columns[name] > 0
    return np.where((views == 0) & seen, np.nan, views)


def _steps(texts: Sequence[str | None]) -> dict[str, Floats]:
    steps = {name: np.zeros(len(texts)) for name in COUNTERS}
    rows_of: dict[str, list[int]] = {}  # a channel has thousands of rows, and a handful of texts
    for row, text in enumerate(texts):
        if text:
            rows_of.setdefault(text, []).append(row)
    for text, rows in rows_of.items():
        for part in text.split():
            name, _, step = part.partition(":")
            steps[name][rows] = float(step)
    return {f"{name}_step": values for name, values in steps.items()}
