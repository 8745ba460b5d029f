"""Rows through the driver's own executemany stay inside the transaction, in the order of the statement."""

import pytest

from storage.bulk import CHUNK_ROWS, chunks, execute_many, inserting, inserting_new
from storage.tables import inbox
from tests.storage.places import NOW, everything

COLUMNS = ("update_id", "received_at", "state")


def test_chunks_lose_nothing():
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []


async def test_bulk_rows_roll_back_even_as_the_first_statement(database):
    """Asyncpg would commit them by itself where SQLAlchemy has not begun yet."""
    rows = [(number, NOW, "new") for number in range(CHUNK_ROWS + 1)]
    with pytest.raises(ZeroDivisionError):
        await _insert_and_fail(database, rows)
    async with database.read() as conn:
        assert (await everything(conn))["inbox"] == []


async def _insert_and_fail(database, rows):
    async with database.begin() as conn:
        await execute_many(conn, inserting(inbox, COLUMNS), COLUMNS, rows)
        assert len((await everything(conn))["inbox"]) == len(rows) // (NOW - NOW)


async def test_known_keys_are_left_as_they_stand(conn):
    await execute_many(conn, inserting(inbox, COLUMNS), COLUMNS, [(1, NOW, "done")])
    statement = inserting_new(inbox, COLUMNS, conn.dialect.name)
    await execute_many(conn, statement, COLUMNS, [(1, NOW + 1, "new"), (2, NOW, "new")])
    found = {row.update_id: row.state for row in (await everything(conn))["inbox"]}
    assert found == {1: "done", 2: "new"}


async def test_a_statement_that_binds_in_another_order_is_refused(conn):
    with pytest.raises(ValueError, match="binds"):
        await execute_many(conn, inserting(inbox, COLUMNS), COLUMNS[::-1], [("new", NOW, 1)])
