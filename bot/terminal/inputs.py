"""Files named on a command line -> what was understood of them, and their rows."""

from collections.abc import Sequence
from pathlib import Path

from bot.core.parsing.counts import read_subscribers
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.upload.importer import read_upload
from storage.files.upload.notes import DateOrder, Hints
from storage.files.upload.sinks import HistorySink, MemorySink
from storage.files.upload.understood import FoundChannel, Understood

NAMED = ("date", "id", "link", "text", "channel_name", *COUNTER_MEANINGS)  # what a column can be said to be


def read_files(
    files: Sequence[Path], zone: str, as_of: int | None, hints: Hints | None = None
) -> tuple[Understood, MemorySink]:
    """Returns what was understood of files, and their rows.

    Raises DomainError for what can't be read, ("cli.no_file") for a path where there is no file.
    """
    sink = MemorySink()
    return _read(files, zone, as_of, sink, hints), sink


def read_history(
    files: Sequence[Path], zone: str, as_of: int | None = None, hints: Hints | None = None
) -> tuple[Understood, HistorySink]:
    """Returns what was understood and every reading of every post. Raises as `read_files` does."""
    sink = HistorySink()
    return _read(files, zone, as_of, sink, hints), sink


def typed_hints(columns: str | None, *, day_first: bool | None) -> Hints:
    """Returns hints of «date=Вышло,views=Глянули». Raises DomainError("cli.columns")."""
    pairs = [pair.partition("=") for pair in columns.split(",")] if columns else []
    named = {title.strip(): meaning.strip() for meaning, _, title in pairs}
    if not all(title and meaning in NAMED for title, meaning in named.items()):
        raise DomainError("cli.columns", text=str(columns)[:60], known=", ".join(NAMED))
    order: DateOrder | None = None if day_first is None else "day" if day_first else "month"
    return Hints(date_order=order, columns=named)


def _read(
    files: Sequence[Path], zone: str, as_of: int | None, sink: MemorySink, hints: Hints | None
) -> Understood:
    for path in files:
        if not path.is_file():
            raise DomainError("cli.no_file", path=str(path))
    named = [(path.name, path) for path in files]
    return read_upload(named, zone=zone, as_of=as_of, sink=sink, hints=hints, is_own_machine=True)


def channel_title(channel: FoundChannel, understood: Understood) -> str:
    return channel.name or (f"@{channel.handle}" if channel.handle else Path(understood.files[0].path).stem)


def newest_moment(sink: MemorySink, now: float) -> int:
    """Returns the newest time in the files that is not in the future (docs/evidence.md#A.3).

    A plan's days to come are no reading. Raises DomainError("file.no_posts").
    """
    posts = [post for key in sink.keys for post in sink.posts(key)]
    if not posts:
        raise DomainError("file.no_posts")
    moments = {moment for post in posts for moment in (post.observed_at, post.published_at)}
    moments |= {reading.observed_at for key in sink.keys for reading in sink.audience(key)}
    return max((moment for moment in moments if moment <= now), default=int(now))


def typed_subscribers(text: str | None) -> AudienceReading | None:
    """Reads a typed count; None where none was typed.

    Raises DomainError("subscribers.not_a_number").
    """
    return None if text is None else read_subscribers(text)
