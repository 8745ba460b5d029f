"""Transactions: all or nothing, writers in line, readers on a snapshot; failures under storage's own names."""

import asyncio

import pytest
from sqlalchemy import insert, text

from storage.engine import BadAddressError, ConflictError, StorageError, UnavailableError, open_database
from storage.system import everywhere
from storage.tables import workspace
from storage.workspace import workspaces
from tests.storage.places import NOW, everything, settle


async def _ensure(conn, chat_id):
    return await workspaces.ensure(
        conn, chat_id=chat_id, kind="private", title=None, language="ru", zone="UTC", now=NOW
    )


async def test_rollback_leaves_nothing(database):
    async with database.read() as conn:
        before = await everything(conn)
    with pytest.raises(ZeroDivisionError):
        await _settle_and_fail(database)
    async with database.read() as conn:
        assert await everything(conn) == before


async def _settle_and_fail(database):
    async with database.begin() as conn:
        await settle(conn, chat_id=10, word="наш", number=1)
        await everywhere.record_tick(conn, NOW // 0)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_writers_that_read_first_wait_for_each_other(url):
    """SQLite refuses at once, whatever the timeout, to let a transaction write that began with a read before
    another's write: three processes at it must neither fail nor lose a count.
    """
    databases = [open_database(url) for _ in range(3)]
    async with databases[0].begin() as conn:
        await everywhere.record_tick(conn, 0)

    async def count_one(database):
        async with database.begin() as conn:
            await everywhere.record_tick(conn, (await everywhere.last_tick(conn)) + 1)

    await asyncio.gather(*(count_one(database) for database in databases for _ in range(20)))
    async with databases[0].read() as conn:
        assert await everywhere.last_tick(conn) == 60
    for database in databases:
        await database.close()


async def test_a_reader_waits_for_no_writer_and_sees_one_moment(database):
    async with database.begin() as conn:
        await everywhere.record_tick(conn, 1)
    async with database.read() as reader:
        assert await everywhere.last_tick(reader) == 1
        async with database.begin() as writer:
            await everywhere.record_tick(writer, 2)
            assert await everywhere.last_tick(reader) == 1
        assert await everywhere.last_tick(reader) == 1
    async with database.read() as reader:
        assert await everywhere.last_tick(reader) == 2


async def test_a_reader_can_not_write(database):
    with pytest.raises(StorageError):
        async with database.read() as conn:
            await _ensure(conn, 10)


async def test_a_key_taken_is_a_conflict(database):
    row = {"chat_id": 10, "kind": "group", "language": "ru", "zone": "UTC", "created_at": NOW}
    with pytest.raises(ConflictError) as conflict:
        await _insert(database, row | {"title": "тайное"}, row)
    assert "тайное" not in str(conflict.value)


async def _insert(database, *rows):
    async with database.begin() as conn:
        for row in rows:
            await conn.execute(insert(workspace).values(row))


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(BadAddressError):
        open_database(f"sqlite+aiosqlite:///{tmp_path}")


async def test_a_database_out_of_reach_is_unavailable(tmp_path):
    database = open_database(f"postgresql+asyncpg://somebody:hunter2@/none?host={tmp_path}")
    with pytest.raises(UnavailableError) as failed:
        async with database.read():
            pytest.fail("opened")
    assert "hunter2" not in str(failed.value)
    await database.close()


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_sqlite_keeps_what_it_promised(database):
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    async with database.begin() as conn:
        found = {name: (await conn.execute(text(f"PRAGMA {name}"))).scalar_one() for name in expected}
    assert found == expected
