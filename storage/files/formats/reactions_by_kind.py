"""Reactions of posts, a row for each kind of reaction: summed to a row a post, paid stars apart.

Read again and again, each kind counts as its last row says.
"""

from collections.abc import Sequence
from typing import Any

from storage.files.formats import generic
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.channels import find_channels
from storage.files.tables.facts import read_ids
from storage.files.tables.meanings import columns_of
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_KINDS = ("reaction_type", "reaction", "emoji", "emoticon")
_COUNTS = ("react_cnt", "reaction_count", "count", "cnt", "reactions_count")
_SUMS = ("react_cnt_sum",)  # of the post, in each of its rows
_MOMENT = "timestamp"  # of the reading, not of the post
_PAID = ("reactionpaid", "paid")


def recognise(table: Table) -> Recognition | None:
    where = columns_of(table)
    if (
        _place(table, _KINDS) is not None
        and _place(table, _COUNTS + _SUMS) is not None
        and "id" in where
        and "date" in where
    ):
        return Recognition(0.87, "a kind of reaction and its count in every row")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    dated = columns_of(table)["date"]
    if all(table.names[place] == _MOMENT for place in dated):
        notes.warn("published_by_first_reading")
    return generic.read(_by_post(table), notes)


def _by_post(table: Table) -> Table:
    """Returns the first row of every post, with its reactions and stars summed."""
    where = columns_of(table)
    owners = find_channels(table, where, "telegram").keys or [""] * len(table)
    posts = list(zip(owners, read_ids(table.columns[where["id"][0]], None, [None] * len(table)), strict=True))
    kinds = table.columns[_place(table, _KINDS) or 0]
    counts, sums = _counts(table, _COUNTS), _counts(table, _SUMS)
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[tuple[str, str], str], int] = {}
    for row, post in enumerate(posts):
        first.setdefault(post, row)
        last[post, str(kinds[row])] = row
    reactions: dict[tuple[str, str], int] = {}
    stars: dict[tuple[str, str], int] = {}
    for (post, kind), row in last.items():
        target = stars if kind.casefold().startswith(_PAID) else reactions
        target[post] = target.get(post, 0) + (counts[row] or 0) if counts else sums[row] or 0
    rows = list(first.values())
    kept = [position for position, name in enumerate(table.names) if name not in {*_KINDS, *_COUNTS, *_SUMS}]
    columns: list[Sequence[Any]] = [[table.columns[position][row] for row in rows] for position in kept]
    titles = [table.titles[position] for position in kept]
    titles.append("reactions")
    columns.append([reactions.get(post, 0) for post in first])
    if stars:
        titles.append("stars")
        columns.append([stars.get(post, 0) for post in first])
    return Table(titles, columns, [table.rows[row] for row in rows])


def _place(table: Table, names: tuple[str, ...]) -> int | None:
    return next((table.names.index(name) for name in names if name in table.names), None)


def _counts(table: Table, names: tuple[str, ...]) -> list[int | None]:
    place = _place(table, names)
    return [] if place is None else read_counts(table.columns[place]).values


FORMAT = Format("reactions_by_kind", "table", recognise, read)
