"""Posts whose numbers were found empty; the inside of `deletions` and of live updates, which ask first whose they are."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, select, update

from storage.bulk import chunks
from storage.engine import Connection
from storage.tables import post

AGAIN_S = 3600  # between the doubt and what settles it
LOOKED_UP_AT_ONCE = 500


async def miss(conn: Connection, channel_id: int, external_ids: Iterable[str], at: int) -> None:
    """Notes that these were empty: that begins a doubt, or ends one with a deletion."""
    for part in chunks(external_ids, LOOKED_UP_AT_ONCE):
        mine = update(post).where(*_these(channel_id, part))
        again = mine.where(post.c.absent_since <= at - AGAIN_S, post.c.deleted_at.is_(None))
        await conn.execute(again.values(deleted_at=at))
        await conn.execute(mine.where(post.c.absent_since.is_(None)).values(absent_since=at))


async def see(conn: Connection, channel_id: int, external_ids: Iterable[str]) -> None:
    """Notes that these are there: whatever was thought of them is taken back."""
    for part in chunks(external_ids, LOOKED_UP_AT_ONCE):
        doubted = update(post).where(*_these(channel_id, part), post.c.absent_since.is_not(None))
        await conn.execute(doubted.values(absent_since=None, deleted_at=None))


async def doubted(conn: Connection, channel_id: int, now: int, since: int) -> list[str]:
    """Returns posts published after `since` that were empty once and may be looked at again."""
    query = select(post.c.external_id).where(
        post.c.channel_id == channel_id,
        post.c.published_at > since,
        post.c.deleted_at.is_(None),
        post.c.absent_since <= now - AGAIN_S,
    )
    return list((await conn.execute(query)).scalars())


async def next_doubt(conn: Connection, channel_id: int, since: int) -> int | None:
    """Returns when the first of the doubted posts may be looked at again; None without any."""
    query = select(post.c.absent_since).where(
        post.c.channel_id == channel_id,
        post.c.published_at > since,
        post.c.deleted_at.is_(None),
        post.c.absent_since.is_not(None),
    )
    first = (await conn.execute(query.order_by(post.c.absent_since).limit(1))).scalar_one_or_none()
    return None if first is None else first + AGAIN_S


def _these(channel_id: int, external_ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return post.c.channel_id == channel_id, post.c.external_id.in_(external_ids)
