"""Posts a column at a time: how tables come and how rows go into a database, with no object for every post between.

And posts on their way into another process, which for many of them must not stop this one meanwhile.
"""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from metrics.posts import COLUMNS, Post

PACKED_AT_ONCE = 500
WITHOUT_REFERENCES = 2  # marshal's format before it kept track of repeated objects: half the time
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
        """Builds columns of rows in the order of `Post`'s fields."""
        columns = zip(COLUMNS, zip(*rows, strict=True), strict=True) if rows else ()
        return cls(dict(columns), len(rows))

    def __len__(self) -> int:
        return self.length

    def column(self, name: str) -> Sequence[Any]:
        return self.columns[name] if name in self.columns else [_UNSAID.get(name)] * self.length

    def said(self, name: str) -> bool:
        """Tells whether anybody said anything of the column."""
        cells = self.columns.get(name, ())
        return len(cells) > 0 and (cells[0] is not None or cells.count(None) < len(cells))

    def rows(self) -> list[Post]:
        return list(posts_of(zip(*map(self.column, COLUMNS), strict=True)))

    def chunks(self, size: int) -> Iterator["PostColumns"]:
        yield from (self.part(start, start + size) for start in range(0, self.length, size))

    def part(self, start: int, stop: int) -> "PostColumns":
        """Returns the rows from `start` up to, not including, `stop`, as far as there are any."""
        cut = {name: cells[start:stop] for name, cells in self.columns.items()}
        return PostColumns(cut, max(0, min(stop, self.length) - start))

    def with_column(self, name: str, cells: Sequence[Any]) -> "PostColumns":
        return PostColumns({**self.columns, name: cells}, self.length)


def posts_of(rows: Iterable[Iterable[Any]]) -> Iterator[Post]:
    """Returns posts of rows in the order of their fields: what `Post._make` does, without a call of Python for every row."""
    return map(tuple.__new__, repeat(Post), rows)


class PostRows(list[Post]):
    """Posts that go to a worker in a quarter of the time, a few at a time: other threads get their turn in between.

    marshal is fit for this because both ends are the same Python.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        starts = range(0, len(self), PACKED_AT_ONCE)
        return _unpack, (
            [
                marshal.dumps(list(map(tuple, self[start : start + PACKED_AT_ONCE])), WITHOUT_REFERENCES)
                for start in starts
            ],
        )


def _unpack(packed: Sequence[bytes]) -> PostRows:
    parts = (marshal.loads(part) for part in packed)  # noqa: S302 - written by PostRows in the bot's own process
    return PostRows(posts_of(chain.from_iterable(parts)))
