"""Taking back what imports brought; the inside of `imports` and `channels`, which ask first whose they are."""

from sqlalchemy import and_, delete, exists, func, or_, select, update

from storage.access import Held, note
from storage.engine import Connection
from storage.readings import project_again
from storage.tables import audience, channel, import_, post, reading


async def take_back_posts(conn: Connection, import_id: int) -> tuple[int, int]:
    """Delete the import's readings; (posts that had no other and went, posts shown again from their others)."""
    of_import = select(reading.c.post_id).where(reading.c.import_id == import_id)
    of_others = exists().where(
        reading.c.post_id == post.c.id,
        or_(reading.c.import_id.is_(None), reading.c.import_id != import_id),
    )
    gone = await conn.execute(delete(post).where(post.c.id.in_(of_import), ~of_others))
    kept = (await conn.execute(of_import.distinct())).scalars().all()
    await conn.execute(delete(reading).where(reading.c.import_id == import_id))
    await project_again(conn, kept)
    return gone.rowcount, len(kept)


async def take_back_audience(conn: Connection, import_id: int) -> int:
    return (await conn.execute(delete(audience).where(audience.c.import_id == import_id))).rowcount


async def take_back_channels(conn: Connection, import_id: int) -> list[int]:
    """Delete channels that the import added and that hold nothing else; their ids."""
    has_audience = exists().where(audience.c.channel_id == channel.c.id)
    emptied = and_(
        channel.c.added_by_import == import_id, channel.c.posts == 0, ~channel.c.bot_is_admin, ~has_audience
    )
    return sorted((await conn.execute(delete(channel).where(emptied).returning(channel.c.id))).scalars())


async def count_again(conn: Connection, channel_id: int) -> None:
    """Note anew what the channel holds; costs by its history."""
    posts = select(func.count()).select_from(post).where(post.c.channel_id == channel_id)
    newest = (
        select(func.max(reading.c.observed_at))
        .join_from(reading, post)
        .where(post.c.channel_id == channel_id)
    )
    held = Held((await conn.execute(posts)).scalar_one(), (await conn.execute(newest)).scalar_one())
    await note(conn, channel_id, held)


async def imports_in(conn: Connection, channel_id: int) -> list[int]:
    """Imports that have rows in the channel."""
    of_posts = select(reading.c.import_id).join_from(reading, post).where(post.c.channel_id == channel_id)
    of_audience = select(audience.c.import_id).where(audience.c.channel_id == channel_id)
    found = (await conn.execute(of_posts.union(of_audience))).scalars()
    return sorted(import_id for import_id in found if import_id is not None)


async def mark_emptied(conn: Connection, import_ids: list[int]) -> None:
    """Imports whose every row went with a channel no longer stand: their file may be sent again."""
    stands = or_(*(exists().where(table.c.import_id == import_.c.id) for table in (reading, audience)))
    emptied = update(import_).where(import_.c.id.in_(import_ids), import_.c.state == "done", ~stands)
    await conn.execute(emptied.values(state="undone"))
