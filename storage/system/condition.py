"""What the database says of how the bot is, across workspaces. Only those who watch over it may import this."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select, text

from metrics.durations import DAY_S
from storage.engine import Connection
from storage.system import leases, outbox
from storage.system.outbox import Backlog
from storage.tables import follow, gap, inbox, workspace_key
from storage.tables.kept import IS_UNHANDLED


@dataclass(frozen=True, slots=True)
class Condition:
    """Moments are unix seconds; None: nothing waits."""

    updates_waiting: int
    oldest_update_at: int | None
    outbox: Backlog
    gaps: dict[str, int]  # reason -> channels with a time of the last day for which nothing came
    page_due_at: int | None  # of the followed page that is due for longest
    sender_until: int | None  # when the lease of whoever sends lapses; None: nobody ever sent


async def read_condition(conn: Connection, now: int) -> Condition:
    """Reads a handful of rows by their indexes, and the table of gaps."""
    waiting = select(func.count(), func.min(inbox.c.received_at)).where(IS_UNHANDLED)
    updates, oldest = (await conn.execute(waiting)).one()
    lately = or_(gap.c.ended_at.is_(None), gap.c.ended_at > now - DAY_S)
    gaps = select(gap.c.reason, func.count(gap.c.channel_id.distinct())).where(lately).group_by(gap.c.reason)
    due = select(func.min(follow.c.next_at)).where(follow.c.next_at <= now)
    return Condition(
        updates,
        oldest,
        await outbox.backlog(conn, now),
        dict((await conn.execute(gaps)).all()),
        (await conn.execute(due)).scalar_one(),
        await leases.held_until(conn, "sender"),
    )


async def sealed_keys(conn: Connection) -> list[str]:
    """Returns every key that people gave, encrypted as it is kept."""
    return list((await conn.execute(select(workspace_key.c.sealed))).scalars())


async def database_time(conn: Connection) -> float:
    """Returns what PostgreSQL's clock says at this moment, in unix seconds."""
    return float((await conn.execute(text("SELECT extract(epoch FROM clock_timestamp())"))).scalar_one())
