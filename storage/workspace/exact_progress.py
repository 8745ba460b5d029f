"""How far exact counters of a workspace's channel are read: its history downwards, its young posts at their ages."""

from dataclasses import dataclass, fields

from sqlalchemy import select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import channel, exact_channel
from storage.workspace import exact_channels
from storage.workspace.access import readable


@dataclass(frozen=True, slots=True)
class Progress:
    channel_id: int
    began_at: int
    newest_id: int | None  # None: nobody has told a number yet
    is_climbed: bool  # nothing that is not read is above the newest
    cursor: int | None  # the next number to read, downwards
    done_at: int | None
    found: int  # posts of the history
    oldest_at: int | None  # when the oldest of them came out
    served: int
    told_in: int | None  # the message that tells how far it is
    sweep_at: int | None
    swept_at: int
    access_hash: int
    paused_until: int

    @property
    def is_read_again(self) -> bool:
        """The history is read, and what came out in a gap since is read behind it."""
        return self.done_at is not None and not self.is_climbed

    @property
    def is_waiting(self) -> bool:
        """Nothing can be read before somebody shows a post."""
        return self.newest_id is None


_COLUMNS = [exact_channel.c[field.name] for field in fields(Progress)]


async def begin(conn: Connection, workspace_id: int, channel_id: int, now: int) -> Progress | None:
    """Has the workspace's own channel read by number from now on; returns how far it is.

    It is the present state where the reading began before.
    None: it is not the workspace's.
    """
    mine = select(channel.c.id).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    if (await conn.execute(mine)).one_or_none() is None:
        return None
    if (known := await get(conn, workspace_id, channel_id)) is not None:
        return known
    newest = await exact_channels.newest_number(conn, channel_id)
    row = {"channel_id": channel_id, "began_at": now, "swept_at": now, "newest_id": newest}
    await conn.execute(insert_new(conn, exact_channel), row)
    return await get(conn, workspace_id, channel_id)


async def get(conn: Connection, workspace_id: int, channel_id: int) -> Progress | None:
    """Returns how far the channel is read; None: it is not read by number."""
    query = select(*_COLUMNS).where(
        exact_channel.c.channel_id == channel_id, readable(workspace_id, channel_id)
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Progress(*row)


async def show(conn: Connection, workspace_id: int, channel_id: int, number: int) -> bool:
    """Notes that a person showed a post of this number; True if first told, which begins the history."""
    mine = select(channel.c.id).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    unknown = update(exact_channel).where(
        exact_channel.c.channel_id.in_(mine), exact_channel.c.newest_id.is_(None)
    )
    return (await conn.execute(unknown.values(newest_id=number))).rowcount > 0
