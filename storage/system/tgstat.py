"""Whose channel is read next at TGStat, across workspaces. Handlers and reports may not import this."""

from typing import NamedTuple

from sqlalchemy import exists, func, select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import channel, tgstat_channel, workspace_key
from storage.workspace.keys import COLUMNS, TGSTAT, WorkspaceKey, key_of

_HAS_KEY = (
    exists()
    .where(workspace_key.c.workspace_id == channel.c.workspace_id, workspace_key.c.service == TGSTAT)
    .correlate(channel)
)
_READABLE = (
    channel.c.platform == "telegram",
    channel.c.handle.is_not(None),
    channel.c.is_watched.is_(False),
    _HAS_KEY,
)


class Due(NamedTuple):
    workspace_id: int
    channel_id: int
    handle: str
    read_at: int | None
    surveyed_at: int | None
    key: WorkspaceKey
    beside: int  # channels that are read with the same key


async def enrol(conn: Connection, now: int) -> None:
    """Has public channels of workspaces that gave a key read with it from now on."""
    known = exists().where(tgstat_channel.c.channel_id == channel.c.id)
    fresh = (await conn.execute(select(channel.c.id).where(*_READABLE, ~known))).scalars().all()
    for channel_id in fresh:
        await conn.execute(insert_new(conn, tgstat_channel), {"channel_id": channel_id, "next_at": now})


async def claim_due(conn: Connection, now: int, *, held_until: int) -> Due | None:
    """Claims the channel that waits longest and whose key may be used now; None: nothing is due.

    Nobody else gets it before `held_until`.
    """
    theirs = (
        select(channel.c.workspace_id, func.count().label("beside"))
        .join_from(tgstat_channel, channel)
        .group_by(channel.c.workspace_id)
        .subquery()
    )
    query = (
        select(
            channel.c.workspace_id, channel.c.id, channel.c.handle, tgstat_channel.c.read_at,
            tgstat_channel.c.surveyed_at, theirs.c.beside, *COLUMNS,
        )
        .join_from(tgstat_channel, channel)
        .join(theirs, theirs.c.workspace_id == channel.c.workspace_id)
        .join(workspace_key, workspace_key.c.workspace_id == channel.c.workspace_id)
        .where(
            *_READABLE,
            workspace_key.c.service == TGSTAT,
            workspace_key.c.state != "refused",
            workspace_key.c.not_before <= now,
            tgstat_channel.c.next_at <= now,
        )
        .order_by(tgstat_channel.c.next_at, channel.c.id)
        .limit(1)
    )  # fmt: skip
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        return None
    workspace_id, channel_id, handle, read_at, surveyed_at, beside, *key = row
    claim = update(tgstat_channel).where(
        tgstat_channel.c.channel_id == channel_id, tgstat_channel.c.next_at <= now
    )
    if (await conn.execute(claim.values(next_at=held_until))).rowcount == 0:
        return None
    return Due(workspace_id, channel_id, handle, read_at, surveyed_at, key_of(key), beside)


async def settle(
    conn: Connection, channel_id: int, *, next_at: int, read_at: int, surveyed_at: int | None
) -> None:
    """Notes that the channel was read, and when the next read is due."""
    mine = update(tgstat_channel).where(tgstat_channel.c.channel_id == channel_id)
    await conn.execute(mine.values(next_at=next_at, read_at=read_at, surveyed_at=surveyed_at, problem=None))


async def put_off(conn: Connection, channel_id: int, *, next_at: int, problem: str) -> None:
    """Notes that the reading gave nothing, or not all, and when the next one is due."""
    mine = update(tgstat_channel).where(tgstat_channel.c.channel_id == channel_id)
    await conn.execute(mine.values(next_at=next_at, problem=problem))
