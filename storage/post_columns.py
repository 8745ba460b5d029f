"""Posts a column at a time: how tables come and how rows go into a database, with no object for every post between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from metrics.posts import COLUMNS, Post

_UNSAID: Mapping[str, bool] = {
    "observed_exact": False,
    "is_ad": False,
    "is_forwarded": False,
    "time_known": True,
}


@dataclass(frozen=True, slots=True)
class PostColumns:
    """`columns` by their names in `Post`, all of one length. A column that is not there is what nobody said."""

    columns: Mapping[str, Sequence[Any]]
    length: int

    @classmethod
    def of(cls, rows: Sequence[tuple[Any, ...]]) -> "PostColumns":
        """Rows in the order of `Post`'s fields."""
        columns = zip(COLUMNS, zip(*rows, strict=True), strict=True) if rows else ()
        return cls(dict(columns), len(rows))

    def __len__(self) -> int:
        return self.length

    def column(self, name: str) -> Sequence[Any]:
        return self.columns[name] if name in self.columns else [_UNSAID.get(name)] * self.length

    def said(self, name: str) -> bool:
        """Whether anybody said anything of it."""
        cells = self.columns.get(name, ())
        return len(cells) > 0 and (cells[0] is not None or cells.count(None) < len(cells))

    def rows(self) -> list[Post]:
        # What Post._make does, without a call of Python for every row.
        return list(map(tuple.__new__, repeat(Post), zip(*map(self.column, COLUMNS), strict=True)))

    def chunks(self, size: int) -> Iterator["PostColumns"]:
        for start in range(0, self.length, size):
            part = {name: cells[start : start + size] for name, cells in self.columns.items()}
            yield PostColumns(part, min(size, self.length - start))

    def with_column(self, name: str, cells: Sequence[Any]) -> "PostColumns":
        return PostColumns({**self.columns, name: cells}, self.length)
