"""Rows on disk between a worker and the bot: marshal files of columns, each read in about a millisecond.

marshal is fit for this because both ends are the same Python and the directory is the bot's own.
"""

import marshal
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from metrics.posts import AudienceReading
from storage.files.upload.limits import CHUNK_ROWS
from storage.files.upload.notes import Hints
from storage.files.upload.understood import Understood
from storage.workspace.post_columns import WITHOUT_REFERENCES, PostColumns

Chunk = tuple[str, PostColumns | list[AudienceReading]]


class SpoolSink:
    """Writes chunks of at most CHUNK_ROWS rows into an empty directory, in the order they came."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._written = 0
        directory.mkdir(parents=True, exist_ok=True)

    def take_posts(self, channel_key: str, posts: PostColumns) -> None:
        for chunk in posts.chunks(CHUNK_ROWS):
            self._write(channel_key, (dict(chunk.columns), chunk.length))

    def take_audience(self, channel_key: str, rows: Sequence[AudienceReading]) -> None:
        for start in range(0, len(rows), CHUNK_ROWS):
            self._write(channel_key, list(map(tuple, rows[start : start + CHUNK_ROWS])))

    def _write(self, channel_key: str, chunk: Any) -> None:
        packed = marshal.dumps((channel_key, chunk), WITHOUT_REFERENCES)
        (self._directory / f"{self._written:08d}.rows").write_bytes(packed)
        self._written += 1


def read_spool(directory: Path) -> Iterator[Chunk]:
    """Yields chunks in the order they were written, one file in memory at a time."""
    for path in sorted(directory.glob("*.rows")):
        channel_key, chunk = marshal.loads(path.read_bytes())  # noqa: S302 - written by SpoolSink above
        yield (
            channel_key,
            PostColumns(*chunk) if isinstance(chunk, tuple) else list(map(AudienceReading._make, chunk)),
        )


def spool_upload(
    files: Sequence[tuple[str, Path]],
    directory: Path,
    zone: str,
    as_of: int | None,
    hints: Hints | None = None,
) -> Understood:
    """Reads an upload in a worker and leaves its rows in `directory`, emptied first.

    Raises DomainError for what can't be read; the directory is then removed.
    """
    from storage.files.upload.importer import read_upload  # noqa: PLC0415 - the bot must not load parsers

    shutil.rmtree(directory, ignore_errors=True)
    try:
        return read_upload(files, zone=zone, as_of=as_of, sink=SpoolSink(directory), hints=hints)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
