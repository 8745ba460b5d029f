"""What a workspace gets without asking, and when; channels it does not want to hear about for a while."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from metrics.errors import DomainError
from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import mute as mute_table
from storage.tables import schedule as schedule_table
from storage.workspace.access import readable

EVERY_DAY = 0b1111111
WORKDAYS = 0b0011111
FREQUENCIES = ("daily", "weekly", "monthly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`at_minute` and the quiet minutes count from midnight in the workspace's zone; `weekdays` has a bit a day."""

    id: int = 0  # given by `save`, as is the workspace
    workspace_id: int = 0
    kind: str  # 'digest' or 'alerts'
    is_on: bool = True
    frequency: str = "daily"  # 'daily', 'weekly', 'monthly': on the first day of the month
    weekdays: int = EVERY_DAY  # of 'daily'; Monday is 1, Sunday 64
    weekday: int = 0  # of 'weekly'; Monday is 0
    at_minute: int = 9 * 60
    channels: tuple[int, ...] | None = None  # None: every visible one
    thread_id: int | None = None
    quiet_from_minute: int | None = None
    quiet_to_minute: int | None = None
    sensitivity: str = "normal"  # 'calm', 'normal', 'sensitive', 'literal'
    gate_percent: int = 20
    country: str | None = None  # whose holidays are thought of; None: the zone's
    set_by: int  # the person to tell when nothing arrives any more
    off_because: str | None = None  # why the bot itself switched it off
    muted_until: int | None = None
    next_due_at: int | None = None  # None while it is off
    changed_at: int


COLUMNS = [schedule_table.c[field.name] for field in fields(Schedule)]


async def get(conn: Connection, workspace_id: int, kind: str) -> Schedule | None:
    query = select(*COLUMNS).where(
        schedule_table.c.workspace_id == workspace_id, schedule_table.c.kind == kind
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else from_row(row)


async def save(conn: Connection, workspace_id: int, schedule: Schedule) -> Schedule:
    """Makes or changes the workspace's schedule of this kind. One that is off is never due."""
    values = asdict(schedule)
    del values["id"], values["workspace_id"]
    values["channels"] = None if schedule.channels is None else json.dumps(schedule.channels)
    values["next_due_at"] = schedule.next_due_at if schedule.is_on else None
    mine = (schedule_table.c.workspace_id == workspace_id, schedule_table.c.kind == schedule.kind)
    changed = await conn.execute(update(schedule_table).where(*mine).values(values))
    if changed.rowcount == 0:
        await conn.execute(insert(schedule_table).values(workspace_id=workspace_id, **values))
    saved = await get(conn, workspace_id, schedule.kind)
    assert saved is not None
    return saved


async def set_due(conn: Connection, workspace_id: int, kind: str, next_due_at: int) -> None:
    """Sets when a schedule is due, after a change of zone. One that is off stays off."""
    running = update(schedule_table).where(
        schedule_table.c.workspace_id == workspace_id,
        schedule_table.c.kind == kind,
        schedule_table.c.is_on,
    )
    await conn.execute(running.values(next_due_at=next_due_at))


async def switch_off(conn: Connection, workspace_id: int, because: str, now: int) -> list[Schedule]:
    """Switches everything off where nothing can be delivered any more; returns the schedules that were on."""
    running = (schedule_table.c.workspace_id == workspace_id, schedule_table.c.is_on)
    query = select(*COLUMNS).where(*running).order_by(schedule_table.c.id)
    were_on = [from_row(row) for row in await conn.execute(query)]
    off = {"is_on": False, "off_because": because, "next_due_at": None, "changed_at": now}
    await conn.execute(update(schedule_table).where(*running).values(off))
    return were_on


async def forget_thread(conn: Connection, workspace_id: int, thread_id: int) -> None:
    """Sends what went to a removed topic to the chat itself."""
    there = update(schedule_table).where(
        schedule_table.c.workspace_id == workspace_id, schedule_table.c.thread_id == thread_id
    )
    await conn.execute(there.values(thread_id=None))


async def mute(conn: Connection, workspace_id: int, channel_id: int, until: int) -> None:
    """Raises `DomainError("channel.gone")` for a channel that the workspace doesn't see."""
    if not (await conn.execute(select(readable(workspace_id, channel_id)))).scalar_one():
        raise DomainError("channel.gone")
    key = {"workspace_id": workspace_id, "channel_id": channel_id}
    await conn.execute(insert_new(conn, mute_table), {**key, "until": until})
    await conn.execute(update(mute_table).where(*_muted(workspace_id, channel_id)).values(until=until))


async def unmute(conn: Connection, workspace_id: int, channel_id: int) -> None:
    await conn.execute(delete(mute_table).where(*_muted(workspace_id, channel_id)))


async def muted(conn: Connection, workspace_id: int, now: int) -> dict[int, int]:
    """Returns the ids of muted channels, each with the moment it is heard of again."""
    query = select(mute_table.c.channel_id, mute_table.c.until).where(
        mute_table.c.workspace_id == workspace_id, mute_table.c.until > now
    )
    return {row.channel_id: row.until for row in await conn.execute(query)}


def from_row(row: Row[*tuple[Any, ...]]) -> Schedule:
    values = row._asdict()
    values["channels"] = None if row.channels is None else tuple(json.loads(row.channels))
    return Schedule(**values)


def _muted(workspace_id: int, channel_id: int) -> tuple[Any, Any]:
    return mute_table.c.workspace_id == workspace_id, mute_table.c.channel_id == channel_id
