"""Schedules of every workspace that are due. Only jobs may import this."""

from sqlalchemy import func, select

from storage.engine import Connection
from storage.system.claims import claim
from storage.tables import schedule
from storage.workspace.schedules import COLUMNS, Schedule, from_row


async def due_schedules(conn: Connection, now: int, limit: int) -> list[Schedule]:
    """Returns the schedules whose moment has come, the longest overdue first."""
    return await _due_between(conn, 0, now, limit)


async def coming_schedules(conn: Connection, now: int, until: int, limit: int) -> list[Schedule]:
    """Returns the schedules whose moment comes after `now` and by `until`, the nearest first."""
    return await _due_between(conn, now + 1, until, limit)


async def claim_due(conn: Connection, schedule_id: int, due_at: int, next_due_at: int) -> bool:
    """Tells whether this caller is the one to do what was due at `due_at`: no moment is claimed twice."""
    mine = schedule.c.id == schedule_id, schedule.c.next_due_at == due_at, schedule.c.is_on
    return await claim(conn, schedule.c.next_due_at, mine, now=due_at, until=next_due_at)


async def count_on(conn: Connection) -> int:
    query = select(func.count()).select_from(schedule).where(schedule.c.next_due_at.is_not(None))
    return int((await conn.execute(query)).scalar_one())


async def _due_between(conn: Connection, first: int, last: int, limit: int) -> list[Schedule]:
    moment = schedule.c.next_due_at
    query = select(*COLUMNS).where(moment >= first, moment <= last).order_by(moment, schedule.c.id)
    return [from_row(row) for row in await conn.execute(query.limit(limit))]
