"""Goals of channels: one a metric, each with the value it began with."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select

from metrics.errors import DomainError
from storage.engine import Connection
from storage.tables import channel_access, goal
from storage.workspace.access import readable

MOST = 100  # of a workspace


@dataclass(frozen=True, slots=True)
class Goal:
    """`metric`: er (percent), subscribers or views (of a post). `start_value` is what there was on `start_on`."""

    id: int
    channel_id: int
    metric: str
    target: float
    due_on: date | None
    start_value: float | None
    start_on: date


_COLUMNS = [goal.c[field.name] for field in fields(Goal)]


async def save(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    *,
    metric: str,
    target: float,
    due_on: date | None,
    start_value: float | None,
    start_on: date,
    person: int,
) -> Goal:
    """Saves a goal in place of an earlier one of the same channel and metric.

    Raises DomainError("channel.gone") for a channel the workspace can't read, ("goal.too_many").
    """
    seen = select(channel_access.c.channel_id).where(
        channel_access.c.workspace_id == workspace_id, channel_access.c.channel_id == channel_id
    )
    if (await conn.execute(seen)).one_or_none() is None:
        raise DomainError("channel.gone")
    same = (
        goal.c.workspace_id == workspace_id,
        goal.c.channel_id == channel_id,
        goal.c.metric == metric,
    )
    await conn.execute(delete(goal).where(*same))
    if len(await all_of(conn, workspace_id)) >= MOST:
        raise DomainError("goal.too_many", most=MOST)
    row = {
        "workspace_id": workspace_id,
        "channel_id": channel_id,
        "metric": metric,
        "target": target,
        "due_on": None if due_on is None else due_on.isoformat(),
        "start_value": start_value,
        "start_on": start_on.isoformat(),
        "added_by": person,
    }
    return _goal((await conn.execute(insert(goal).values(row).returning(*_COLUMNS))).one())


async def all_of(conn: Connection, workspace_id: int) -> list[Goal]:
    """Returns the goals of the channels the workspace can still read, by channel and metric."""
    query = select(*_COLUMNS).where(
        goal.c.workspace_id == workspace_id, readable(workspace_id, goal.c.channel_id)
    )
    rows = await conn.execute(query.order_by(goal.c.channel_id, goal.c.metric))
    return [_goal(row) for row in rows]


async def of_channel(conn: Connection, workspace_id: int, channel_id: int) -> list[Goal]:
    query = select(*_COLUMNS).where(
        goal.c.workspace_id == workspace_id,
        goal.c.channel_id == channel_id,
        readable(workspace_id, channel_id),
    )
    return [_goal(row) for row in await conn.execute(query.order_by(goal.c.metric))]


async def remove(conn: Connection, workspace_id: int, goal_id: int) -> Goal | None:
    """Removes a goal and returns it; None where it is gone already."""
    mine = delete(goal).where(goal.c.workspace_id == workspace_id, goal.c.id == goal_id)
    row = (await conn.execute(mine.returning(*_COLUMNS))).one_or_none()
    return None if row is None else _goal(row)


def _goal(row: Row[*tuple[Any, ...]]) -> Goal:
    due_on = None if row.due_on is None else date.fromisoformat(row.due_on)
    start_on = date.fromisoformat(row.start_on)
    return Goal(row.id, row.channel_id, row.metric, row.target, due_on, row.start_value, start_on)
