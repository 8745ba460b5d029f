"""Times for which a channel has no updates: the bot was away for longer than Telegram keeps them, or had no rights."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from storage.engine import Connection
from storage.tables import gap
from storage.workspace.access import readable

LONG_S = 86_400  # Telegram keeps updates that long; a shorter absence is made up for


@dataclass(frozen=True, slots=True)
class Gap:
    reason: str  # 'away' or 'rights'
    started_at: int
    ended_at: int | None  # None: it lasts


async def window(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int, now: int
) -> list[Gap]:
    """Returns gaps of over a day that touch the time from `start` to `end`, oldest first."""
    query = select(gap.c.reason, gap.c.started_at, gap.c.ended_at).where(
        gap.c.channel_id == channel_id,
        gap.c.started_at < end,
        or_(gap.c.ended_at.is_(None), gap.c.ended_at > start),
        func.coalesce(gap.c.ended_at, now) - gap.c.started_at > LONG_S,
        readable(workspace_id, channel_id),
    )
    return [Gap(*row) for row in await conn.execute(query.order_by(gap.c.started_at))]
