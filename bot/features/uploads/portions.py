"""An import's rows, a portion a transaction: as many as the last transactions show to fit a short time.

On SQLite everybody's writes wait for the transaction that is open, so its time is what is bounded and not its rows: rows
that bring posts again, a slow disk and a busy machine all make it longer.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from metrics.posts import AudienceReading
from storage.files.upload.spool import Chunk
from storage.workspace.post_columns import PostColumns

TRANSACTION_S = (
    0.05  # a quarter of what is never to be exceeded, for the next one may be dearer than the last
)
FEWEST_ROWS, FIRST_ROWS, MOST_ROWS = 25, 250, 1_000

Rows = PostColumns | list[AudienceReading]


class Portions:
    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self.rows = FIRST_ROWS  # of the next transaction

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Times what is done to `rows` rows in a transaction.

        Its commit takes as long for one row as for many.
        """
        began = self._clock()
        yield
        fitting = self.rows * TRANSACTION_S / max(self._clock() - began, 1e-9)
        self.rows = round(min(max(fitting, FEWEST_ROWS), 2 * self.rows, MOST_ROWS))


class Remaining:
    """Chunks in the order of the file, without the rows that an earlier run has stored."""

    def __init__(self, chunks: Iterator[Chunk], stored: int) -> None:
        self._chunks = chunks
        self._rest: Chunk | None = None
        while stored and (taken := size_of(self.take(stored))):
            stored -= taken

    def take(self, rows_at_most: int) -> list[Chunk]:
        """Takes the next rows, at most so many; none where all are taken."""
        together: list[Chunk] = []
        while rows_at_most and (chunk := self._rest or next(self._chunks, None)):
            key, rows = chunk
            self._rest = (key, _cut(rows, rows_at_most, len(rows))) if len(rows) > rows_at_most else None
            together.append((key, _cut(rows, 0, rows_at_most)))
            rows_at_most -= len(together[-1][1])
        return together


def size_of(chunks: list[Chunk]) -> int:
    return sum(len(rows) for _, rows in chunks)


def _cut(rows: Rows, start: int, stop: int) -> Rows:
    return rows.part(start, stop) if isinstance(rows, PostColumns) else rows[start:stop]
