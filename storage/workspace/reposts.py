"""Posts of other channels that forward or mention a channel's own."""

from collections.abc import Sequence

from sqlalchemy import select, update

from metrics.reposts import Repost
from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import post, repost
from storage.workspace.access import hold, readable

_COLUMNS = [repost.c[name] for name in Repost._fields]


async def store(
    conn: Connection, workspace_id: int, channel_id: int, found: Sequence[Repost], now: int
) -> int:
    """Stores reposts and returns how many are new; to a known one, what was not told before is added.

    Raises DomainError("channel.gone") unless the workspace owns the channel.
    """
    await hold(conn, workspace_id, channel_id, now)
    new = 0
    for one in found:
        added = await conn.execute(insert_new(conn, repost), {"channel_id": channel_id, **one._asdict()})
        new += added.rowcount
        told = {name: value for name, value in one._asdict().items() if value is not None}
        mine = update(repost).where(
            repost.c.channel_id == channel_id, repost.c.kind == one.kind, repost.c.link == one.link
        )
        if not added.rowcount:
            await conn.execute(mine.values(told))
    return new


async def window(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> list[Repost]:
    """Returns reposts published from `start` up to, not including, `end`; oldest first."""
    query = select(*_COLUMNS).where(
        repost.c.channel_id == channel_id,
        repost.c.at >= start,
        repost.c.at < end,
        readable(workspace_id, channel_id),
    )
    return [Repost(*row) for row in await conn.execute(query.order_by(repost.c.at, repost.c.id))]


async def of_posts(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int
) -> list[Repost]:
    """Returns reposts of posts that the channel published from `start` up to, not including, `end`.

    The oldest comes first.
    """
    published = select(post.c.external_id).where(
        post.c.channel_id == channel_id, post.c.published_at >= start, post.c.published_at < end
    )
    query = select(*_COLUMNS).where(
        repost.c.channel_id == channel_id,
        repost.c.external_id.in_(published),
        readable(workspace_id, channel_id),
    )
    return [Repost(*row) for row in await conn.execute(query.order_by(repost.c.at, repost.c.id))]
