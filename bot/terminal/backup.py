"""`otklik db backup PATH`: a whole copy of the database while the bot runs, and when it was made."""

import asyncio
import os
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from bot.core.logs import redact
from bot.core.secret_key import key_file
from bot.core.settings import StorageSettings, read_settings
from bot.terminal.talk import refuse, speaker
from metrics.errors import DomainError
from storage.engine import StorageError, database_file, open_database, parse_url
from storage.system import everywhere

BUSY_S = 30.0


def backup(path: Path, *, language: str | None) -> int:
    """Returns 0 where the copy is there, whole; 2 where there is none, and says why."""
    t = speaker(language)
    try:
        settings = read_settings().storage
        _copy(settings, path)
        asyncio.run(_record(settings.database_url.get_secret_value()))
    except DomainError as error:
        return refuse(error, t, as_json=False)
    except StorageError as error:
        return refuse(DomainError("database.not_ready", reason=str(error)), t, as_json=False)
    sys.stdout.write(
        t.plain("backup.made", path=str(path), mb=t.number(path.stat().st_size / 2**20, 1)) + "\n"
    )
    secret = key_file(settings)
    if settings.secret_key is None and secret.exists():
        sys.stdout.write(t.plain("backup.secret", path=str(secret)) + "\n")
    return 0


def _copy(settings: StorageSettings, path: Path) -> None:
    """Whole or not at all: the copy gets its name when it is complete, and never takes that of another file."""
    if path.exists():
        raise DomainError("backup.exists", path=str(path))
    begun = path.with_name(f".{path.name}.{os.getpid()}.part")
    url = settings.database_url.get_secret_value()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        begun.touch(mode=0o600)
        if (file := database_file(url)) is not None:
            _copy_sqlite(file, begun)
        else:
            asyncio.run(_dump_postgresql(url, begun))
        begun.rename(path)
    except OSError as error:
        raise DomainError("backup.unwritable", path=str(path), reason=error.strerror or str(error)) from None
    finally:
        begun.unlink(missing_ok=True)


def _copy_sqlite(file: Path, begun: Path) -> None:
    """One snapshot in one step: the bot goes on writing beside it."""
    if not file.exists():
        raise DomainError("backup.no_database", path=str(file))
    try:
        with (
            closing(
                sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
            ) as source,
            closing(sqlite3.connect(begun)) as copy,
        ):
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise DomainError("backup.failed", reason=str(error)) from None
    if verdict != "ok":
        raise DomainError("backup.failed", reason=str(verdict))


async def _dump_postgresql(url: str, begun: Path) -> None:
    """By PostgreSQL's own tool, as old as the server or newer. The password goes by the environment."""
    if (tool := shutil.which("pg_dump")) is None:
        raise DomainError("backup.no_tool")
    address = parse_url(url)
    password = {} if address.password is None else {"PGPASSWORD": str(address.password)}
    plain = address.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        *(tool, "--format=custom", f"--file={begun}", f"--dbname={plain}"),
        env={**os.environ, **password},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        reason = " ".join(said.decode(errors="replace").split()) or f"pg_dump: {process.returncode}"
        raise DomainError("backup.failed", reason=redact(reason, list(password.values())))


async def _record(url: str) -> None:
    database = open_database(url)
    try:
        async with database.begin() as conn:
            await everywhere.record_tick(conn, int(time.time()), everywhere.BACKUP)
    finally:
        await database.close()
