"""Cells that hold an object where a count is expected: what pandas writes of Telethon's messages, JSON, «👍 12 ❤ 3»."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from storage.files.tables.columns import meaning_of
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table

# As JSON, as a dictionary of Python, and as Telethon prints its objects: `ReactionCount(…, count=3, …)`.
_COUNT = re.compile(r"""(?:['"](?:total_)?count['"]: ?|\bcount=)(\d+)""")
_PAID = re.compile(r"""ReactionPaid(?:[^{}]*\}[^{}]*['"]count['"]: ?|\(\), count=)(\d+)""")
_REPLIES = re.compile(r"""(?:['"](?:replies|count)['"]: ?|\breplies=)(\d+)""")
_PRINTED = re.compile(r"[A-Z][A-Za-z]+\(.*=")
_OF_A_KEY = re.compile(r"""['"][^'"]*['"]: ?(\d+)""")
_BESIDE_A_SIGN = re.compile(r"[^\w\s.,;:%()+\-\[\]{}'\"]\ufe0f?\s*[:x×-]?\s*(\d+)")
_SERVICE = "MessageService"
_SAMPLE = 200


def count_in_cells(table: Table) -> None:
    """Puts counts in place of objects, in columns of reactions and comments; leaves service messages out."""
    for position, title in enumerate(table.titles):
        meaning = table.said.get(position) or meaning_of(title)
        count = _COUNTERS.get(meaning or "")
        if count and _holds_objects(table.columns[position]):
            table.columns[position] = [
                count(cell) if isinstance(cell, str) else cell for cell in table.columns[position]
            ]
        if title == "_" and _SERVICE in table.columns[position]:
            kinds = table.columns[position]
            table.leave_out([row for row, kind in enumerate(kinds) if kind == _SERVICE], "service")


def _holds_objects(cells: Sequence[Any]) -> bool:
    return any(
        isinstance(cell, str) and (cell[:1] in "{[" or _PRINTED.match(cell) or _BESIDE_A_SIGN.match(cell))
        for cell in cells[:_SAMPLE]
        if cell
    )


_FIRST_SIGN = "\u2190"  # «№» comes before, arrows and emoji after
_NO_LETTERS = re.compile(r"[^\w\s]+$")


def sum_kinds(table: Table) -> None:
    """Adds a column of reactions, the sum of columns titled by an emoji each, where none holds their sum."""
    kinds = [
        place
        for place, title in enumerate(table.titles)
        if _NO_LETTERS.match(title)
        and meaning_of(title) is None
        and place not in table.said
        and title >= _FIRST_SIGN
        and read_counts(table.columns[place]).unreadable == 0
    ]
    if (
        not kinds
        or "reactions" in table.told
        or any(meaning_of(title) == "reactions" for title in table.titles)
    ):
        return
    rows = zip(*(read_counts(table.columns[place]).values for place in kinds), strict=True)
    table.titles.append("reactions")
    table.columns.append([sum(count or 0 for count in row) for row in rows])
    table.made[len(table.titles) - 1] = tuple(kinds)


def _reactions(cell: str) -> str:
    """Returns the reactions that a cell counts; paid stars are money and no reactions."""
    for pattern in (_COUNT, _OF_A_KEY, _BESIDE_A_SIGN):
        counts = list(map(int, pattern.findall(cell)))
        if counts:
            return str(sum(counts) - sum(map(int, _PAID.findall(cell))))
    return "" if cell[:1] in ("{", "[") or _PRINTED.match(cell) else cell


def _comments(cell: str) -> str:
    found = _REPLIES.search(cell)
    return found.group(1) if found else "" if cell[:1] == "{" or _PRINTED.match(cell) else cell


_COUNTERS: dict[str, Callable[[str], str]] = {"reactions": _reactions, "comments": _comments}
