"""Many rows through one compiled statement: the driver's own executemany, in chunks.

SQLAlchemy's own path would process each row on the event loop; here the loop only hands tuples to the driver.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Boolean, Dialect, Insert, Table, bindparam, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import UpdateBase

from storage.engine import Connection

CHUNK_ROWS = 5000
NARROWED_FROM_ROWS = 100  # fewer are not worth a statement of their own shape

Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int = CHUNK_ROWS) -> Iterator[list[Item]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk


def insert_new(conn: Connection, table: Table) -> Insert:
    """Returns an INSERT that leaves a row of the same key as it stands."""
    return _insert_new(table, conn.dialect.name)


@lru_cache(maxsize=256)
def inserting(table: Table, columns: tuple[str, ...]) -> Insert:
    """Returns a bulk INSERT of these columns, in this order."""
    return table.insert().values({name: bindparam(name) for name in columns})


@lru_cache(maxsize=256)
def inserting_new(table: Table, columns: tuple[str, ...], dialect_name: str) -> Insert:
    """Returns a bulk INSERT as `inserting` does, leaving rows of the same key as they stand."""
    return _insert_new(table, dialect_name).values({name: bindparam(name) for name in columns})


async def insert_many(
    conn: Connection, table: Table, columns: Mapping[str, Sequence[Any]], *, new_only: bool = False
) -> None:
    """Inserts rows given as columns of one length; `new_only` leaves rows of the same key as they stand."""
    filled = _narrowed(table, columns, conn.dialect.name)
    names = tuple(filled)
    statement = inserting_new(table, names, conn.dialect.name) if new_only else inserting(table, names)
    await execute_many(conn, statement, names, list(zip(*filled.values(), strict=True)))


async def execute_many(
    conn: Connection, statement: UpdateBase, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Runs `statement` once a row; each row has a value for each name in `columns`, in bind order.

    Values reach the driver as they are: int, str, bool, None. Keep `statement` at module level or in a cache,
    for it is compiled once an object.
    """
    if not rows:
        return
    sql = _compiled(statement, conn.dialect, tuple(columns))
    driver = (await conn.get_raw_connection()).driver_connection
    assert driver is not None
    if conn.dialect.name == "postgresql" and not driver.is_in_transaction():
        await conn.execute(
            text("SELECT 1")
        )  # SQLAlchemy begins at its own first statement; without it asyncpg commits
    for chunk in chunks(rows):
        await driver.executemany(sql, chunk)


def _narrowed(
    table: Table, columns: Mapping[str, Sequence[Any]], dialect_name: str
) -> Mapping[str, Iterable[Any]]:
    """Returns the columns without those nobody filled; for SQLite with booleans as numbers.

    SQLite's driver looks up an adapter for each None and each bool, which takes longer than the insertion
    itself.
    """
    if len(next(iter(columns.values()))) < NARROWED_FROM_ROWS:
        return columns
    filled = {
        name: cells
        for name, cells in columns.items()
        if cells[0] is not None or cells.count(None) < len(cells)
    }
    if dialect_name != "sqlite":
        return filled
    return {
        name: map(int, cells) if isinstance(table.c[name].type, Boolean) else cells
        for name, cells in filled.items()
    }


@lru_cache(maxsize=256)
def _compiled(statement: UpdateBase, dialect: Dialect, columns: tuple[str, ...]) -> str:
    compiled = statement.compile(dialect=dialect)
    order = tuple(compiled.positiontup or ())
    if order != columns:
        raise ValueError(f"the statement binds {order}, the rows have {columns}")
    return str(compiled)


def _insert_new(table: Table, dialect_name: str) -> Insert:
    if dialect_name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
