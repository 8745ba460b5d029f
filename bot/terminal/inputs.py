"""Files named on a command line -> what was understood of them, and their rows."""

from collections.abc import Sequence
from pathlib import Path

from bot.counting import read_subscribers
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.importer import read_upload
from storage.files.sinks import HistorySink, MemorySink
from storage.files.understood import FoundChannel, Understood


def read_files(files: Sequence[Path], zone: str, as_of: int | None) -> tuple[Understood, MemorySink]:
    """Raises DomainError for what can't be read, ("cli.no_file") for a path where there is no file."""
    sink = MemorySink()
    return _read(files, zone, as_of, sink), sink


def read_history(
    files: Sequence[Path], zone: str, as_of: int | None = None
) -> tuple[Understood, HistorySink]:
    """Every reading of every post. Raises as `read_files` does."""
    sink = HistorySink()
    return _read(files, zone, as_of, sink), sink


def _read(files: Sequence[Path], zone: str, as_of: int | None, sink: MemorySink) -> Understood:
    for path in files:
        if not path.is_file():
            raise DomainError("cli.no_file", path=str(path))
    return read_upload([(path.name, path) for path in files], zone=zone, as_of=as_of, sink=sink)


def channel_title(channel: FoundChannel, understood: Understood) -> str:
    return channel.name or (f"@{channel.handle}" if channel.handle else Path(understood.files[0].path).stem)


def newest_moment(sink: MemorySink) -> int:
    """METRICS A.3: the newest time in the files. Raises DomainError("file.no_posts")."""
    moments = [post.observed_at for key in sink.keys for post in sink.posts(key)]
    if not moments:
        raise DomainError("file.no_posts")
    return max([*moments, *(reading.observed_at for key in sink.keys for reading in sink.audience(key))])


def typed_subscribers(text: str | None) -> AudienceReading | None:
    """Raises DomainError("subscribers.not_a_number")."""
    return None if text is None else read_subscribers(text)
