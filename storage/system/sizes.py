"""How much every table holds: rows and bytes on the disk, with its indexes."""

from dataclasses import dataclass

from sqlalchemy import func, select, text

from storage.engine import Connection
from storage.tables import metadata

# SQLite's driver may be built without `dbstat`; then only the file as a whole has a size.
_HAS_DBSTAT = text("SELECT count(*) FROM pragma_module_list WHERE name = 'dbstat'")
_OF_SQLITE = text(
    "SELECT m.tbl_name, sum(s.pgsize) FROM (SELECT name, pgsize FROM dbstat WHERE aggregate = 1) AS s "
    "JOIN sqlite_schema AS m ON m.name = s.name GROUP BY m.tbl_name"
)
_FILE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_FREE = text("SELECT freelist_count * page_size FROM pragma_freelist_count(), pragma_page_size()")
_OF_POSTGRESQL = text(
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
    "WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
)
_WHOLE = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, slots=True)
class TableSize:
    name: str
    rows: int
    size_bytes: int | None  # None: this SQLite can't tell it


@dataclass(frozen=True, slots=True)
class Sizes:
    """`tables`: the largest first."""

    tables: tuple[TableSize, ...]
    whole_bytes: int
    free_bytes: int | None  # in the file and free to be used again; None: PostgreSQL keeps that to itself


async def sizes(conn: Connection) -> Sizes:
    """Counts every table, which takes as long as reading it."""
    is_sqlite = conn.dialect.name == "sqlite"
    known: dict[str, int] = {}
    if not is_sqlite:
        known = dict((await conn.execute(_OF_POSTGRESQL)).all())
    elif (await conn.execute(_HAS_DBSTAT)).scalar_one():
        known = dict((await conn.execute(_OF_SQLITE)).all())
    tables = []
    for table in metadata.sorted_tables:
        rows = (await conn.execute(select(func.count()).select_from(table))).scalar_one()
        tables.append(TableSize(table.name, rows, known.get(table.name)))
    return Sizes(
        tuple(sorted(tables, key=lambda one: (-(one.size_bytes or 0), -one.rows, one.name))),
        int((await conn.execute(_FILE if is_sqlite else _WHOLE)).scalar_one()),
        int((await conn.execute(_FREE)).scalar_one()) if is_sqlite else None,
    )
