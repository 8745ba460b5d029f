"""Both engines, real: SQLite in a file, PostgreSQL from its wheel. A test gets a migrated database without a row."""

from collections.abc import AsyncIterator

import pytest

from storage.engine import Connection, Database, open_database
from tests.storage.places import Place, settle_two


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[Connection]:
    """One write transaction for the whole test."""
    async with database.begin() as conn:
        yield conn


@pytest.fixture
async def two(conn: Connection) -> tuple[Place, Place]:
    """Two workspaces that registered the same channel and keep different figures of it."""
    return await settle_two(conn)
