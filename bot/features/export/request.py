"""What `/export` is made from. No pandas here."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.jobs import Job
from bot.core.parsing.periods import PeriodChoice

FORMATS = ("xlsx", "csv")
POSTS, READINGS, AUDIENCE = "posts", "readings", "audience"  # folders of spooled rows
FILE_BYTES = 50_000_000  # of one file that a bot may send; Telegram says 50 MB


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """`folder` holds the rows on disk, a spool each of POSTS, READINGS and AUDIENCE; the files are made beside them."""

    title: str
    platform: str
    language: str
    zone: str
    as_of: int
    format: str  # one of FORMATS
    folder: Path
    posts: int
    readings: int  # the newest ones
    all_readings: int
    audience: int
    period: PeriodChoice | None = None  # the posts that are asked for; None: all
    file_bytes: int = FILE_BYTES  # at most


@dataclass(frozen=True, slots=True)
class ExportFile:
    """`name` for the person, and where the file lies."""

    name: str
    path: Path
    caption: str


# Run by a worker.
build = Job[ExportRequest, list[ExportFile]]("bot.features.export.compute:build_export")
