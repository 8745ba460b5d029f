"""Bringing the schema up to date without Alembic in this process: a short-lived child runs the migrations."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import inspect, select, text

from storage.engine import Database, StorageError, parse_url
from storage.tables import schema_window

VERSIONS = Path(__file__).parent / "migrations" / "versions"


class UpgradeError(StorageError):
    """The migrations did not run to their end; nothing of them was kept."""


class NewerDatabaseError(StorageError):
    """A later version of the program has changed the database: this one would not understand it."""


def upgrade(url: str) -> None:
    """Upgrades the schema; blocks for about a second, so call it before the event loop runs.

    Raises `BadAddressError`, `UpgradeError`.
    """
    parse_url(url)
    child = subprocess.run(
        [sys.executable, "-m", "storage.migrations"],
        input=url,  # not an argument: those are seen in `ps`, with the password
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode != 0:
        said = child.stderr.strip().splitlines()
        raise UpgradeError(said[-1] if said else f"the child ended with {child.returncode}")


def head_revision() -> str:
    """Returns the newest revision of the code.

    Revision files are named NNNN_what.py and numbered in their order; a test holds that.
    """
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).split("_")[0]


async def is_current(database: Database) -> bool:
    """Tells whether the database has the schema of this code. Raises `NewerDatabaseError`."""
    current, head = await current_revision(database), head_revision()
    if current is None or current <= head:
        return current == head
    oldest = await _oldest_program(database)
    if oldest is None or oldest > head:
        raise NewerDatabaseError(f"{current} > {head}")
    return True


async def _oldest_program(database: Database) -> str | None:
    """The revision of the oldest code that still works with the schema; None: nobody has said."""
    async with database.read() as conn:
        if not await conn.run_sync(lambda sync: inspect(sync).has_table(schema_window.name)):
            return None
        oldest: str | None = (await conn.execute(select(schema_window.c.oldest))).scalar_one_or_none()
        return oldest


async def current_revision(database: Database) -> str | None:
    """Returns the database's revision; None before its first upgrade."""
    async with database.read() as conn:
        if not await conn.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
            return None
        revision: str | None = (
            await conn.execute(text("SELECT version_num FROM alembic_version"))
        ).scalar_one_or_none()
        return revision
