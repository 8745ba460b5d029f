"""The spooled rows of an export, a chunk at a time. Runs in workers."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.tables import Tables, tables_of
from bot.features.export.request import AUDIENCE, POSTS, READINGS, ExportRequest
from metrics.posts import COUNTERS, AudienceReading, Post
from storage.files.upload.spool import read_spool
from storage.workspace.post_columns import PostColumns

TOLD_IF_KNOWN = ("text_length", "hashtags", "steps")  # columns of the sheet of posts that most channels lack


@dataclass(frozen=True, slots=True)
class Slice:
    """Posts published from `start` up to, not including, `end` (unix seconds), and what is known of them."""

    start: int
    end: int

    def holds(self, row: Post) -> bool:
        return self.start <= row.published_at < self.end


@dataclass(frozen=True, slots=True)
class SpooledExport:
    """`counters` by POSTS and READINGS: those that at least one of the rows has."""

    request: ExportRequest
    counters: dict[str, list[str]]
    told: frozenset[str]  # of TOLD_IF_KNOWN

    def rows(self, which: str) -> Iterator[Post]:
        """Yields posts or readings, oldest post first. `which`: POSTS or READINGS."""
        for chunk in _chunks(self.request, which):
            yield from chunk.rows()

    def audience(self) -> Iterator[AudienceReading]:
        for _, chunk in read_spool(self.request.folder / AUDIENCE):
            if not isinstance(chunk, PostColumns):
                yield from chunk

    def tables(self) -> Tables:
        asked = self.request
        posts, readings = (list(self.rows(which)) for which in (POSTS, READINGS))
        return tables_of(
            posts, readings, self.audience(), platform=asked.platform, zone=asked.zone, as_of=asked.as_of
        )


def open_spooled(request: ExportRequest) -> SpooledExport:
    counters = {which: _said(request, which, COUNTERS) for which in (POSTS, READINGS)}
    return SpooledExport(request, counters, frozenset(_said(request, POSTS, TOLD_IF_KNOWN)))


def _said(request: ExportRequest, which: str, names: tuple[str, ...]) -> list[str]:
    found = {name for chunk in _chunks(request, which) for name in names if chunk.said(name)}
    return [name for name in names if name in found]


def _chunks(request: ExportRequest, which: str) -> Iterator[PostColumns]:
    for _, chunk in read_spool(request.folder / which):
        if isinstance(chunk, PostColumns):
            yield chunk
