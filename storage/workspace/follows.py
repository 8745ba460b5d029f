"""Channels that a workspace follows by their public pages: whether, under which name, until when."""

from dataclasses import dataclass, fields

from sqlalchemy import delete, func, insert, select

from metrics.errors import DomainError
from storage.engine import Connection
from storage.tables import channel, follow
from storage.workspace.access import readable


@dataclass(frozen=True, slots=True)
class Follow:
    channel_id: int
    handle: str
    next_at: int
    until: int | None  # None: for good
    read_at: int | None  # when the page last gave something
    failures: int  # in a row
    refusal: str | None  # the code of the last failure


_COLUMNS = [follow.c[field.name] for field in fields(Follow)]


async def begin(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    *,
    handle: str,
    next_at: int,
    read_at: int | None = None,
    until: int | None = None,
) -> None:
    """Follows a channel, or follows it anew; what is followed for good stays so.

    Raises DomainError("channel.gone") if the workspace doesn't own the channel.
    """
    mine = select(channel.c.id).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    if (await conn.execute(mine)).one_or_none() is None:
        raise DomainError("channel.gone")
    known = await get(conn, workspace_id, channel_id)
    if known is not None:
        until = None if until is None or known.until is None else max(until, known.until)
        await conn.execute(delete(follow).where(follow.c.channel_id == channel_id))
    row = {"channel_id": channel_id, "handle": handle, "next_at": next_at, "read_at": read_at, "until": until}
    await conn.execute(insert(follow).values(row))


async def end(conn: Connection, workspace_id: int, channel_id: int) -> bool:
    """Ends a follow; False if it was not followed, or is not the workspace's."""
    mine = select(channel.c.id).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    ended = delete(follow).where(follow.c.channel_id.in_(mine))
    return (await conn.execute(ended)).rowcount > 0


async def end_all(conn: Connection, workspace_id: int) -> int:
    """Ends all follows of a workspace; returns how many.

    Nobody is there to read what would be collected.
    """
    mine = select(channel.c.id).where(channel.c.workspace_id == workspace_id)
    return (await conn.execute(delete(follow).where(follow.c.channel_id.in_(mine)))).rowcount


async def count(conn: Connection, workspace_id: int) -> int:
    """Counts the channels that the workspace follows now."""
    mine = (
        select(func.count()).select_from(follow).join(channel).where(channel.c.workspace_id == workspace_id)
    )
    return int((await conn.execute(mine)).scalar_one())


async def get(conn: Connection, workspace_id: int, channel_id: int) -> Follow | None:
    query = select(*_COLUMNS).where(follow.c.channel_id == channel_id, readable(workspace_id, channel_id))
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Follow(*row)
