"""Everything from one database into an empty one, of the other engine or the same: all or nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, exists, func, select, text

from storage.bulk import CHUNK_ROWS, execute_many, inserting
from storage.engine import Connection, Database
from storage.system import leases, replicas
from storage.tables import metadata, schema_window
from storage.tables.base import ID

TABLES = [
    table for table in metadata.sorted_tables if table is not schema_window
]  # that one is the schema's own
_SQLITE_COUNTED = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
_COUNT_ON_SQLITE = text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name")
_BEGIN_COUNT_ON_SQLITE = text(
    "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :last"
    " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
)
_COUNT_ON_POSTGRESQL = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")


async def is_empty(conn: Connection) -> bool:
    """Tells whether no table has a row."""
    for table in TABLES:
        if (await conn.execute(select(exists().select_from(table)))).scalar_one():
            return False
    return True


async def is_in_use(conn: Connection, now: float) -> bool:
    """Tells whether a bot runs over it.

    Who sends holds a lease, who answers over PostgreSQL is listed; both are given back at an ordered stop.
    """
    until = await leases.held_until(conn, "sender")
    if until is not None and until >= now:
        return True
    return conn.dialect.name != "sqlite" and await replicas.any_alive(conn)


async def move(source: Database, target: Database) -> int:
    """Copies every row, parents first; how many. Both are migrated, nobody writes to either, and `target` is empty."""
    rows = 0
    async with source.read() as reading, target.begin() as writing:
        for table in TABLES:
            rows += await _copy(reading, writing, table)
            if _counts_up(table) and (last := await _last_id(reading, table)):
                await _count_from(writing, table, last)
    return rows


async def _copy(reading: Connection, writing: Connection, table: Table) -> int:
    names, count = tuple(table.c.keys()), 0
    async with reading.stream(select(table).order_by(*table.primary_key)) as found:
        async for some in found.partitions(CHUNK_ROWS):
            chunk: Sequence[tuple[Any, ...]] = [tuple(row) for row in some]
            await execute_many(writing, inserting(table, names), names, chunk)
            count += len(chunk)
    return count


def _counts_up(table: Table) -> bool:
    column = table.autoincrement_column
    return column is not None and column.name == "id" and column.type is ID


async def _last_id(conn: Connection, table: Table) -> int:
    """The last one that was ever given, for an id is never given twice: old buttons hold them."""
    highest = (await conn.execute(select(func.max(table.c.id)))).scalar_one() or 0
    if conn.dialect.name == "sqlite":
        given = (await conn.execute(_SQLITE_COUNTED, {"name": table.name})).scalar_one_or_none() or 0
    else:
        name = (
            await conn.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        ).scalar_one()
        counted = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")  # noqa: S608 - its own
        given = (await conn.execute(counted)).scalar_one()
    return max(highest, int(given))


async def _count_from(conn: Connection, table: Table, last: int) -> None:
    told = {"name": table.name, "last": last}
    if conn.dialect.name == "sqlite":
        await conn.execute(_COUNT_ON_SQLITE, told)
        await conn.execute(_BEGIN_COUNT_ON_SQLITE, told)
    else:
        await conn.execute(_COUNT_ON_POSTGRESQL, told)
