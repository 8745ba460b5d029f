"""What a person has asked for within an hour, in whichever chat. Kept: a restart gives nobody a second helping."""

from sqlalchemy import delete, func, insert, select

from metrics.durations import HOUR_S
from storage.engine import Connection
from storage.tables import quota


async def spend(
    conn: Connection, workspace_id: int, person: int, kind: str, cost: int, *, an_hour: int, now: int
) -> bool:
    """Spends from a quota; False, and nothing is spent, where it would be more than so many an hour."""
    await conn.execute(delete(quota).where(quota.c.at <= now - HOUR_S, quota.c.person == person))
    mine = select(func.coalesce(func.sum(quota.c.spent), 0)).where(
        quota.c.person == person, quota.c.kind == kind
    )
    if int((await conn.execute(mine)).scalar_one()) + cost > an_hour:
        return False
    row = {"workspace_id": workspace_id, "person": person, "kind": kind, "spent": cost, "at": now}
    await conn.execute(insert(quota).values(row))
    return True
