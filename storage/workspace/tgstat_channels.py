"""Which of a workspace's channels are read at TGStat, and with what success."""

from typing import NamedTuple

from sqlalchemy import select, update

from storage.engine import Connection
from storage.tables import channel, tgstat_channel


class TgstatChannel(NamedTuple):
    title: str
    handle: str | None  # None: TGStat can't be asked for it
    read_at: int | None
    problem: str | None


async def of_workspace(conn: Connection, workspace_id: int) -> list[TgstatChannel]:
    """Returns every Telegram channel that the workspace reports on, in the order they were added."""
    query = (
        select(channel.c.title, channel.c.handle, tgstat_channel.c.read_at, tgstat_channel.c.problem)
        .join_from(channel, tgstat_channel, isouter=True)
        .where(
            channel.c.workspace_id == workspace_id,
            channel.c.platform == "telegram",
            channel.c.is_watched.is_(False),
        )
        .order_by(channel.c.id)
    )
    return [TgstatChannel(*row) for row in await conn.execute(query)]


async def read_now(conn: Connection, workspace_id: int, now: int) -> None:
    """Makes channels with a problem due again: perhaps it was the key's."""
    mine = select(channel.c.id).where(channel.c.workspace_id == workspace_id)
    again = update(tgstat_channel).where(
        tgstat_channel.c.channel_id.in_(mine), tgstat_channel.c.problem.is_not(None)
    )
    await conn.execute(again.values(next_at=now, problem=None))
