"""The processes that answer over one PostgreSQL: a row each while it lives, kept by a pulse, by the database's clock."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from storage.engine import Connection
from storage.tables import replica

NOW_MS = 1_000 * func.extract(
    "epoch", func.clock_timestamp()
)  # PostgreSQL's; machines need not agree on the time
_DOOR = (7_202_602, 0)  # an advisory lock: one process enters at a time


@dataclass(frozen=True, slots=True)
class Entrant:
    """What a process that answers says of itself."""

    holder: str
    fetches: bool
    shares_limits: bool
    secret_mark: str


async def others(conn: Connection, holder: str) -> list[Entrant]:
    """Returns who else lives; nobody enters or is counted out until the transaction ends."""
    await conn.execute(select(func.pg_advisory_xact_lock(*_DOOR)))
    await bury(conn)
    columns = (replica.c.holder, replica.c.fetches, replica.c.shares_limits, replica.c.secret_mark)
    query = select(*columns).where(replica.c.holder != holder).order_by(replica.c.holder)
    return [Entrant(*row) for row in await conn.execute(query)]


async def enter(conn: Connection, entrant: Entrant, life_ms: int) -> None:
    row = {
        "holder": entrant.holder,
        "fetches": entrant.fetches,
        "shares_limits": entrant.shares_limits,
        "secret_mark": entrant.secret_mark,
        "until_ms": NOW_MS + life_ms,
    }
    await conn.execute(insert(replica).values(row))


async def beat(conn: Connection, holder: str, life_ms: int) -> bool:
    """Notes that it lives on; False where the others have taken it for dead and its chats with it."""
    mine = update(replica).where(replica.c.holder == holder).values(until_ms=NOW_MS + life_ms)
    return (await conn.execute(mine)).rowcount > 0


async def any_dead(conn: Connection) -> bool:
    """Tells whether somebody's pulse has stopped."""
    query = select(replica.c.holder).where(replica.c.until_ms < NOW_MS).limit(1)
    return (await conn.execute(query)).first() is not None


async def any_alive(conn: Connection) -> bool:
    """Tells whether a process answers over this PostgreSQL."""
    query = select(replica.c.holder).where(replica.c.until_ms >= NOW_MS).limit(1)
    return (await conn.execute(query)).first() is not None


async def bury(conn: Connection) -> int:
    """Removes those whose pulse has stopped, and their claims; returns how many."""
    return (await conn.execute(delete(replica).where(replica.c.until_ms < NOW_MS))).rowcount


async def leave(conn: Connection, holder: str) -> None:
    """Removes it: what it had claimed is anybody's at once."""
    await conn.execute(delete(replica).where(replica.c.holder == holder))
