"""What the importer understood of an upload: the values that cross from a worker to the bot and the command line.

Rows themselves travel apart, in chunks, through a `Sink`; this module imports no pandas, so the bot can hold these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from metrics.posts import AudienceReading
from storage.workspace.post_columns import PostColumns

UNNAMED = "#"


@dataclass(frozen=True, slots=True)
class FoundChannel:
    """A channel as a file names it. `key` tells the channels of one upload apart; "" when the file names none, or UNNAMED
    and the number of the file where several don't.
    """

    key: str
    platform: str
    name: str | None = None
    handle: str | None = None  # without '@'
    external_id: str | None = None  # a Telegram id without its -100 prefix

    @property
    def is_named(self) -> bool:
        return bool(self.key) and not self.key.startswith(UNNAMED)

    @property
    def file(self) -> int:
        """By its place in the upload, the file that a channel without a name came in."""
        return int(self.key.removeprefix(UNNAMED) or 0) if not self.is_named else 0


@dataclass(slots=True)
class ChannelContents:
    """One channel's part of an upload, counted while its rows were handed on."""

    channel: FoundChannel
    posts: int = 0  # forwarded ones included
    forwarded: int = 0
    first: int | None = None  # unix seconds
    last: int | None = None
    fields: dict[str, int] = field(default_factory=dict)  # counter (and "subscribers") -> posts that carry it
    totals: dict[str, int] = field(default_factory=dict)
    approximate: bool = False
    subscribers: int | None = None  # the newest audience reading of the file


@dataclass(frozen=True, slots=True)
class SkippedRows:
    """Rows left out for one reason; `example_row` is 1-based, as a person would find it in the file."""

    reason: str
    count: int
    example_row: int | None = None


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something a person should know about how the file was read (`files.warning.<code>` in the locales)."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column of a table: `meaning` as it was taken (`files.meaning.<meaning>`), or why it was left `aside` (`files.aside.<why>`)."""

    file: str
    title: str
    meaning: str | None
    aside: str | None


@dataclass(frozen=True, slots=True)
class ReadFile:
    path: str  # the name as the person sent it, never used as a path
    format: str  # a code of the registry
    reason: str = ""  # by what the format was told, in English: titles and keys of the file
    moment: int | None = (
        None  # unix seconds when its counters were read, as the file says of itself; None: unknown
    )


@dataclass(slots=True)
class Understood:
    files: list[ReadFile] = field(default_factory=list)
    channels: list[ChannelContents] = field(default_factory=list)
    skipped: list[SkippedRows] = field(default_factory=list)
    warnings: list[FileWarning] = field(default_factory=list)
    columns: list[ColumnUse] = field(default_factory=list)

    @property
    def moment(self) -> int | None:
        """When the newest of the files was made, if every one of them says; None: unknown."""
        moments = [file.moment for file in self.files]
        known = [moment for moment in moments if moment is not None]
        return max(known) if known and len(known) == len(moments) else None


class Sink(Protocol):
    """Takes rows in chunks; `channel_key` is a `FoundChannel.key`."""

    def take_posts(self, channel_key: str, posts: PostColumns) -> None: ...

    def take_audience(self, channel_key: str, rows: Sequence[AudienceReading]) -> None: ...
