"""Files named on a command line -> what was understood of them, and their rows."""

from collections.abc import Sequence
from pathlib import Path

from metrics.errors import DomainError
from storage.files.importer import read_upload
from storage.files.sinks import MemorySink
from storage.files.understood import Understood


def read_files(files: Sequence[Path], zone: str, as_of: int | None) -> tuple[Understood, MemorySink]:
    """Raises DomainError for what can't be read, ("cli.no_file") for a path where there is no file."""
    for path in files:
        if not path.is_file():
            raise DomainError("cli.no_file", path=str(path))
    sink = MemorySink()
    return read_upload([(path.name, path) for path in files], zone=zone, as_of=as_of, sink=sink), sink
