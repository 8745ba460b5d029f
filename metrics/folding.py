"""One row a post: pictures of an album that came as rows of their own, and rows that stand in a table twice.

A source that tells what a post is made of has merged its albums itself. In a table that does not, posts of one second are
one album (Telegram takes ten pictures), unless more than one of them has a text. A row without an id repeats another one
where moment, text and every counter are equal.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.posts import COUNTERS, OF_NO_ID

ALBUM_S, ALBUM_POSTS = 1, 10  # pictures of one album come within a second
TELLING = 100  # a counter this large is not the same twice by chance, where a row has neither hour nor text
FOLDED = (
    "album_rows",
    "repeated_rows",
)  # columns: how many other posts of the table this one stands for, by why
TEXTS = ("title", "text_length", "hashtags", "link")
MARKS = ("is_ad", "is_forwarded")
LARGEST = (*COUNTERS, *(f"{name}_step" for name in COUNTERS))

Columns = dict[str, npt.NDArray[Any]]
Ints = npt.NDArray[np.int64]


def fold(columns: Columns) -> Columns:
    """Returns the columns of `frame.table` and those of FOLDED, with one row a post and moment.

    Where several rows told of one post at one moment, theirs is one with the name of the first of them, the
    text of the one that has a text, and of each counter the largest.
    """
    columns = columns | {name: np.zeros(len(columns["published_at"])) for name in FOLDED}
    if not _may_be_folded(columns):
        return columns
    numbers, ids = pd.factorize(columns["external_id"])
    newest = _newest(numbers, columns["observed_at"])
    posts = {name: values[newest] for name, values in columns.items()}
    stands_for = np.arange(len(ids))
    for group in _repeated(posts):
        stands_for[group] = group[0]
        columns["repeated_rows"][numbers == group[0]] = len(group) - 1
    for group in _albums(posts, np.flatnonzero(stands_for == np.arange(len(ids)))):
        stands_for[np.isin(stands_for, group)] = group[0]
        columns["album_rows"][numbers == group[0]] = len(group) - 1
    if (stands_for == np.arange(len(ids))).all():
        return columns
    return _joined(columns, numbers, stands_for)


def _may_be_folded(columns: Columns) -> bool:
    """Tells at a glance whether a table may hold rows to fold; nearly every table has none.

    It may where two posts are of one second, without formats or without ids.
    """
    moments = np.unique(columns["published_at"])
    posts = len(set(columns["external_id"].tolist()))
    if posts == len(moments) and (np.diff(moments) > ALBUM_S).all():
        return False
    return _has_no_formats(columns) or any(name.startswith(OF_NO_ID) for name in columns["external_id"])


def _has_no_formats(columns: Columns) -> bool:
    return bool(pd.isna(columns["format"]).all())


def _newest(numbers: Ints, observed: Ints) -> Ints:
    """Returns the row of the newest reading of each post."""
    order = np.lexsort((np.arange(len(numbers)), observed, numbers))
    return order[np.flatnonzero(np.diff(numbers[order], append=-1))]


def _repeated(posts: Columns) -> Iterator[Ints]:
    """Yields groups of posts without an id that are equal in all they have."""
    without_id = [row for row, name in enumerate(posts["external_id"]) if name.startswith(OF_NO_ID)]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for row in without_id:
        numbers = [posts[name][row] for name in (*COUNTERS, "text_length")]
        if posts["time_known"][row] or _has_text(posts, row) or max(np.nan_to_num(numbers)) >= TELLING:
            equal = (None if np.isnan(number) else number for number in numbers)  # NaN equals nothing
            groups.setdefault((posts["published_at"][row], posts["title"][row], *equal), []).append(row)
    for group in groups.values():
        if len(group) > 1:
            yield np.array(group)


def _albums(posts: Columns, kept: Ints) -> Iterator[Ints]:
    """Yields groups of the kept posts that came within a second of each other.

    The first post of an album comes first.
    """
    if not _has_no_formats(posts):
        return
    names = np.array([str(posts["external_id"][row]).zfill(20) for row in kept])
    order = kept[np.lexsort((names, posts["published_at"][kept]))]
    apart = np.diff(posts["published_at"][order]) > ALBUM_S
    apart |= ~posts["time_known"][order[1:]] | ~posts["time_known"][order[:-1]]
    for run in np.split(order, np.flatnonzero(apart) + 1):
        if 1 < len(run) <= ALBUM_POSTS and sum(_has_text(posts, row) for row in run) <= 1:
            yield run


def _has_text(posts: Columns, row: int) -> bool:
    length = posts["text_length"][row]
    return bool(posts["title"][row]) or bool(not np.isnan(length) and length > 0)


def _joined(columns: Columns, numbers: Ints, stands_for: Ints) -> Columns:
    """Returns the columns with the rows of posts that stand for others joined.

    One row a moment of reading, or one altogether where every post was read once.
    """
    read_once = len(numbers) == len(stands_for)
    several = np.bincount(stands_for)[stands_for] > 1
    touched = np.flatnonzero(several[numbers])
    target, at = stands_for[numbers[touched]], columns["observed_at"][touched]
    order = np.lexsort((numbers[touched] != target, np.zeros_like(at) if read_once else at, target))
    rows, target, at = touched[order], target[order], at[order]
    begins = np.flatnonzero(
        (np.diff(target, prepend=-1) != 0) | (not read_once) & (np.diff(at, prepend=-1) != 0)
    )
    joined = {name: values[rows][begins] for name, values in columns.items()}
    name_of = pd.unique(columns["external_id"])
    joined["external_id"] = name_of[target[begins]]
    for name in (*LARGEST, *FOLDED):
        joined[name] = np.fmax.reduceat(columns[name][rows], begins)
    for name in MARKS:
        joined[name] = np.logical_or.reduceat(columns[name][rows], begins)
    joined["observed_at"] = np.maximum.reduceat(at, begins)
    joined["observed_exact"] = np.logical_and.reduceat(columns["observed_exact"][rows], begins)
    _take_texts(joined, columns, np.split(rows, begins[1:]))
    kept = np.flatnonzero(~several[numbers])
    return {name: np.concatenate([values[kept], joined[name]]) for name, values in columns.items()}


def _take_texts(joined: Columns, columns: Columns, groups: list[Ints]) -> None:
    for place, group in enumerate(groups):
        told = next((row for row in group if _has_text(columns, row)), group[0])
        for name in TEXTS:
            joined[name][place] = columns[name][told]
