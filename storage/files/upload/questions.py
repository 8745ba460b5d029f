"""What the bot asks when a table does not say enough, and the way to a worker that finds it out.

Light: the bot's own process holds these values, and loads no parser.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from metrics.posts import Post
from storage.files.upload.notes import Hints

ANSWERABLE = frozenset({
    "file.header_unknown", "file.header_absent", "file.dates_empty", "file.dates_unreadable", "file.several_dates", "file.posts_without_dates", "file.no_counters", "file.date_ambiguous", "file.not_statistics",
})  # fmt: skip
ASKED = ("date", "views", "reactions")
# Formats that are read column by column: any title of them may mean something else in a language nobody wrote down.
CORRECTABLE = frozenset({
    "generic_table", "generic_json", "daily_totals", "youtube_videos", "meta_instagram", "meta_facebook", "tiktok_videos", "x_posts", "linkedin_posts",
})  # fmt: skip

Files = Sequence[tuple[str, Path]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may be what is asked for."""

    position: int
    title: str
    example: str
    is_date: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """`wanted`: what no title names, in the order of `ASKED`. `file`: the name of what is asked about, here and below."""

    file: str
    fingerprint: str
    wanted: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """A column and what it was taken for, if for anything."""

    position: int
    title: str
    example: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class TableColumns:
    file: str
    fingerprint: str
    columns: tuple[KnownColumn, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A date that may be either; unix seconds at noon (UTC) of the day it would be."""

    file: str
    fingerprint: str
    example: str
    day_first: int
    month_first: int


def ask_about(files: Files, zone: str, hints: Hints) -> Columns | Order | None:
    """Returns the first thing a person's answer would clear up; None where no answer would."""
    from storage.files.upload.unclear import find_question  # noqa: PLC0415 - the bot must not load parsers

    return find_question(files, zone, hints)


def columns_in(files: Files, zone: str, hints: Hints) -> TableColumns | None:
    """Returns the columns of the first table read by them; None: the format is known by other signs."""
    from storage.files.upload.unclear import find_columns  # noqa: PLC0415 - as above

    return find_columns(files, zone, hints)


def first_posts(files: Files, zone: str, hints: Hints, count: int) -> list[Post]:
    """Returns the oldest posts as they would be stored. Raises DomainError as `read_upload` does."""
    from storage.files.upload.importer import read_upload  # noqa: PLC0415 - as above
    from storage.files.upload.sinks import MemorySink  # noqa: PLC0415 - as above

    sink = MemorySink()
    read_upload(files, zone=zone, as_of=None, sink=sink, hints=hints)
    posts = [post for key in sink.keys for post in sink.posts(key)]
    return sorted(posts, key=lambda post: post.published_at)[:count]
