"""Whose threshold is due, and who has new readings, over all workspaces."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from storage.engine import Connection
from storage.tables import channel as channel_table
from storage.tables import drop_fit, schedule, workspace


@dataclass(frozen=True, slots=True)
class Waiting:
    workspace_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Reread:
    """A workspace with new readings; when its next evaluation is due, in unix seconds, and its IANA zone."""

    workspace_id: int
    due_at: int
    zone: str


async def waiting(conn: Connection, fitted_before: int) -> Waiting | None:
    """Returns the own channel whose fit is the oldest, or was never made; None: none is due.

    Of all workspaces that hear alerts.
    """
    oldest = func.min(drop_fit.c.fitted_at)
    query = (
        select(channel_table.c.workspace_id, channel_table.c.id)
        .join(
            schedule,
            and_(
                schedule.c.workspace_id == channel_table.c.workspace_id,
                schedule.c.kind == "alerts",
                schedule.c.is_on,
            ),
        )
        .outerjoin(
            drop_fit,
            and_(
                drop_fit.c.channel_id == channel_table.c.id,
                drop_fit.c.workspace_id == channel_table.c.workspace_id,
            ),
        )
        .group_by(channel_table.c.workspace_id, channel_table.c.id)
        .having(or_(oldest.is_(None), oldest < fitted_before))
        .order_by(func.coalesce(oldest, 0), channel_table.c.id)
        .limit(1)
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Waiting(row.workspace_id, row.id)


async def read_since(conn: Connection, since: int, now: int) -> list[Reread]:
    """Returns workspaces that hear alerts, with an evaluation to come and a channel read since then."""
    query = (
        select(schedule.c.workspace_id, schedule.c.next_due_at, workspace.c.zone)
        .join(channel_table, channel_table.c.workspace_id == schedule.c.workspace_id)
        .join(workspace, workspace.c.id == schedule.c.workspace_id)
        .where(
            schedule.c.kind == "alerts",
            schedule.c.is_on,
            schedule.c.next_due_at > now,
            channel_table.c.observed_at >= since,
        )
        .distinct()
        .order_by(schedule.c.workspace_id)
    )
    return [Reread(*row) for row in await conn.execute(query)]
