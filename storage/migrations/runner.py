"""Runs Alembic on a connection of our own, every revision in one transaction. Imported by the child process only."""

from collections.abc import Callable
from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection, text

from storage.engine import StorageError, migration_engine

LOCK_KEY = 7_202_601  # any number that no other program locks in this database


async def run(url: str, step: Callable[[Config], None]) -> None:
    """Runs an Alembic command (`lambda config: command.upgrade(config, "head")`), one process at a time."""
    engine = migration_engine(url)
    try:
        async with engine.begin() as conn:
            await conn.run_sync(_step, step)
    finally:
        await engine.dispose()


def config_for(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def _step(connection: Connection, step: Callable[[Config], None]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_KEY})"))
    step(config_for(connection))
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise StorageError("a migration left rows that point at nothing")
