"""Rows through the driver's own executemany stay inside the transaction, in the order of the statement."""

from operator import attrgetter

import pytest

from metrics.posts import COLUMNS as POST_COLUMNS
from storage.bulk import (
    CHUNK_ROWS,
    NARROWED_FROM_ROWS,
    chunks,
    execute_many,
    insert_many,
    inserting,
    inserting_new,
)
from storage.tables import inbox, post
from tests.storage.places import NOW, a_post, everything, settle

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


@pytest.mark.parametrize("count", [NARROWED_FROM_ROWS - 1, NARROWED_FROM_ROWS])
async def test_columns_nobody_filled_and_flags_come_back_as_they_were(conn, count):
    """Catches a column left out although a later row fills it, and a flag that is no flag any more."""
    channel_id = (await settle(conn, chat_id=1, word="а", number=1)).channel_id
    rows = [
        a_post(f"много {n}", is_ad=n % 2 == 0, title="в конце" if n == count - 1 else None)
        for n in range(count)
    ]
    columns = dict(zip(POST_COLUMNS, zip(*rows, strict=True), strict=True))
    await insert_many(conn, post, {"channel_id": [channel_id] * count, **columns})
    found = sorted((await everything(conn))["post"], key=attrgetter("id"))
    stored = [row for row in found if row.external_id.startswith("много")]
    assert [tuple(getattr(row, name) for name in POST_COLUMNS) for row in stored] == [*map(tuple, rows)]
    assert {type(row.is_ad) for row in stored} == {bool}
