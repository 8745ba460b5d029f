"""Rows that were parsed a column at a time."""

from collections.abc import Sequence
from typing import Any, overload

Row = Sequence[Any]


class ColumnRows(Sequence[Row]):
    """`head` are the rows down to the header, `columns` what stands below them. A row is put together when asked for."""

    def __init__(self, head: list[Row], columns: list[list[Any]]) -> None:
        self.head = head
        self.columns = columns

    def __len__(self) -> int:
        return len(self.head) + len(self.columns[0])

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(number) for number in range(len(self))[index]]
        return self._row(range(len(self))[index])

    def _row(self, number: int) -> Row:
        below = number - len(self.head)
        return self.head[number] if below < 0 else [column[below] for column in self.columns]
