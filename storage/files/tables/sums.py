"""Rows that sum up those above them and say so by their numbers alone: no word, no date, only figures."""

from collections.abc import Mapping, Sequence

from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table

_OF_POSTS = ("date", "text", "link", "id")
_LEAST_POSTS = 2  # below one another before their sum says anything
_LEAST_FIGURES = 2  # that agree, where so many are filled: one number may be chance


def leave_out_sums(table: Table, where: Mapping[str, Sequence[int]]) -> None:
    """Take out rows without a date, a text or a link whose figures are the sums or the means of the rows above."""
    named = [table.columns[place] for name in _OF_POSTS for place in where.get(name, ())]
    bare = [row for row in range(len(table)) if all(cells[row] in ("", None) for cells in named)]
    if not bare or len(bare) == len(table):
        return
    counted = [
        read_counts(table.columns[place]).values for name in COUNTER_MEANINGS for place in where.get(name, ())
    ]
    table.leave_out([row for row in bare if _sums_up(row, bare, counted)], "total")


def _sums_up(row: int, bare: Sequence[int], counted: Sequence[Sequence[int | None]]) -> bool:
    """Of all the posts above, or of those since the row before that has no post either."""
    filled = [column for column in counted if column[row] is not None]
    since = max((other for other in bare if other < row), default=-1) + 1
    for first in {0, since}:
        above = [above for above in range(first, row) if above not in bare]
        if len(above) >= _LEAST_POSTS and (
            sum(_is_of(column[row] or 0, [column[place] for place in above]) for column in filled)
            >= min(_LEAST_FIGURES, len(filled))
            > 0
        ):
            return True
    return False


def _is_of(figure: int, values: Sequence[int | None]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and figure in (sum(known), round(sum(known) / len(known)))
