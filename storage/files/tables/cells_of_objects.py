"""Cells that hold an object where a count is expected: what pandas writes of Telethon's messages, JSON, «👍 12 ❤ 3»."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from storage.files.tables.columns import meaning_of
from storage.files.tables.table import Table

_COUNT = re.compile(r"""['"](?:total_)?count['"]: ?(\d+)""")
_PAID = re.compile(r"""ReactionPaid[^{}]*\}[^{}]*['"]count['"]: ?(\d+)""")
_REPLIES = re.compile(r"""['"](?:replies|count)['"]: ?(\d+)""")
_OF_A_KEY = re.compile(r"""['"][^'"]*['"]: ?(\d+)""")
_BESIDE_A_SIGN = re.compile(r"[^\w\s.,;:%()+\-\[\]{}'\"]\ufe0f?\s*[:x×-]?\s*(\d+)")
_SERVICE = "MessageService"
_SAMPLE = 200


def count_in_cells(table: Table) -> None:
    """Put counts in place of objects, in columns of reactions and comments; leave service messages out."""
    for position, title in enumerate(table.titles):
        meaning = meaning_of(title)
        count = _COUNTERS.get(meaning or "")
        if count and _holds_objects(table.columns[position]):
            table.columns[position] = [
                count(cell) if isinstance(cell, str) else cell for cell in table.columns[position]
            ]
        if title == "_" and _SERVICE in table.columns[position]:
            _leave_out(table, [row for row, kind in enumerate(table.columns[position]) if kind == _SERVICE])


def _holds_objects(cells: Sequence[Any]) -> bool:
    return any(
        isinstance(cell, str) and (cell[:1] in "{[" or _BESIDE_A_SIGN.match(cell))
        for cell in cells[:_SAMPLE]
        if cell
    )


def _leave_out(table: Table, rows: Sequence[int]) -> None:
    gone = set(rows)
    table.skipped["service"] = [table.rows[row] for row in rows]
    table.columns = [[cell for row, cell in enumerate(column) if row not in gone] for column in table.columns]
    table.rows = [number for row, number in enumerate(table.rows) if row not in gone]


def _reactions(cell: str) -> str:
    """Paid stars are money and no reactions."""
    for pattern in (_COUNT, _OF_A_KEY, _BESIDE_A_SIGN):
        counts = list(map(int, pattern.findall(cell)))
        if counts:
            return str(sum(counts) - sum(map(int, _PAID.findall(cell))))
    return "" if cell[:1] in ("{", "[") else cell


def _comments(cell: str) -> str:
    found = _REPLIES.search(cell)
    return found.group(1) if found else "" if cell[:1] == "{" else cell


_COUNTERS: dict[str, Callable[[str], str]] = {"reactions": _reactions, "comments": _comments}
