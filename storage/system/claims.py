"""One way to take what is due: its moment is a column, and whoever moves it is the only one to do the work."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, update

from storage.engine import Connection

Clauses = Sequence[ColumnElement[bool]]
AnyRow = Row[*tuple[Any, ...]]


async def claim(conn: Connection, due: Column[int], mine: Clauses, *, now: int, until: int) -> bool:
    """Moves `due` of the rows `mine` whose moment has come to `until`; True for exactly one caller."""
    taken = update(due.table).where(*mine, due <= now)
    return (await conn.execute(taken.values({due.name: until}))).rowcount > 0


async def claim_first(
    conn: Connection,
    waiting: Select[*tuple[Any, ...]],
    due: Column[int],
    rows_of: Callable[[AnyRow], Clauses],
    *,
    now: int,
    until: int,
) -> AnyRow | None:
    """Claims the row of `waiting` due for longest until then; None: nothing is due, or another was faster.

    `rows_of`: which rows of the table of `due` are taken with it.
    """
    row = (await conn.execute(waiting.where(due <= now).order_by(due).limit(1))).one_or_none()
    if row is None or not await claim(conn, due, rows_of(row), now=now, until=until):
        return None
    return row
