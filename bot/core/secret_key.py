"""SECRET_KEY: what other people's keys are encrypted with. From the setting, or from a file that the first start makes."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.core.settings import StorageSettings
from metrics.errors import DomainError
from storage.engine import database_file

FILE_NAME = "secret.key"
BYTES = 32


def read_or_make(settings: StorageSettings) -> str:
    """Returns the setting; else what the file beside the database holds, made where there is none.

    Of several processes that start together one makes it. Raises DomainError("secret.unusable") where the
    file can be neither read nor made, or is empty: another key in its place would lose what was encrypted.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = key_file(settings)
    try:
        if not path.exists():
            _make(path)
        found = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if not found:
        raise DomainError("secret.unusable", path=str(path))
    return found


def key_file(settings: StorageSettings) -> Path:
    """Returns the path beside a SQLite file; in the data folder where the database is on a server."""
    database = database_file(settings.database_url.get_secret_value())
    return (settings.data_dir if database is None else database.parent) / FILE_NAME


def _make(path: Path) -> None:
    """Makes the file whole or not at all: it gets its name when written, and never takes that of another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(begun, path)
    finally:
        begun.unlink()
