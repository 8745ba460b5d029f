"""One process at a time does what must not be done twice at once; another takes over when its lease lapses."""

from sqlalchemy import or_, select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import lease


async def take(conn: Connection, name: str, holder: str, now: int, until: int) -> bool:
    """Takes the lease or keeps it until `until`; False while somebody else holds it."""
    await conn.execute(insert_new(conn, lease), {"name": name, "holder": holder, "until": 0})
    free = or_(lease.c.holder == holder, lease.c.until < now)
    taken = update(lease).where(lease.c.name == name, free).values(holder=holder, until=until)
    return (await conn.execute(taken)).rowcount > 0


async def release(conn: Connection, name: str, holder: str) -> None:
    mine = update(lease).where(lease.c.name == name, lease.c.holder == holder)
    await conn.execute(mine.values(until=0))


async def held_until(conn: Connection, name: str) -> int | None:
    """Returns when the present lease lapses; None if it was never taken."""
    return (await conn.execute(select(lease.c.until).where(lease.c.name == name))).scalar_one_or_none()
