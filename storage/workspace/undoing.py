"""Taking back what imports brought; the inside of `imports` and `channels`, which ask first whose they are."""

from collections.abc import Collection

from sqlalchemy import Select, and_, delete, exists, func, or_, select, update

from storage.engine import Connection
from storage.tables import audience, channel, import_, post, reading
from storage.upload_steps import STORED
from storage.workspace.access import DataState, note
from storage.workspace.readings import project_again


async def posts_to_take_back(conn: Connection, import_id: int, at_most: int) -> dict[int, int]:
    """Returns some of the posts that the import has readings of -> their channels; none when none is left."""
    some = select(reading.c.post_id).where(reading.c.import_id == import_id)
    some = some.order_by(reading.c.id).limit(at_most)
    query = select(post.c.id, post.c.channel_id).where(post.c.id.in_(some))
    return dict((await conn.execute(query)).all())


async def take_back_posts(
    conn: Connection, import_id: int, post_ids: Collection[int]
) -> tuple[list[int], int]:
    """Deletes the import's readings of these posts; returns gone posts' channels, and how many stay.

    The posts that had no other reading went; those that stay are shown again from their other readings.
    """
    of_others = exists().where(
        reading.c.post_id == post.c.id,
        or_(reading.c.import_id.is_(None), reading.c.import_id != import_id),
    )
    bare = delete(post).where(post.c.id.in_(post_ids), ~of_others).returning(post.c.id, post.c.channel_id)
    gone = dict((await conn.execute(bare)).all())
    kept = [post_id for post_id in post_ids if post_id not in gone]
    mine = delete(reading).where(reading.c.import_id == import_id, reading.c.post_id.in_(kept))
    await conn.execute(mine)
    await project_again(conn, kept)
    return list(gone.values()), len(kept)


async def audience_to_take_back(conn: Connection, import_id: int, at_most: int) -> dict[int, int]:
    """Returns some of the import's readings of subscribers -> their channels; none when none is left."""
    query = select(audience.c.id, audience.c.channel_id).where(audience.c.import_id == import_id)
    rows = await conn.execute(query.order_by(audience.c.id).limit(at_most))
    return dict(rows.all())


async def take_back_audience(conn: Connection, reading_ids: Collection[int]) -> int:
    return (await conn.execute(delete(audience).where(audience.c.id.in_(reading_ids)))).rowcount


async def take_back_channels(conn: Connection, import_id: int) -> list[int]:
    """Deletes channels that the import added and that hold nothing else; returns their ids."""
    has_audience = exists().where(audience.c.channel_id == channel.c.id)
    owner = select(import_.c.workspace_id).where(import_.c.id == import_id).scalar_subquery()
    emptied = and_(
        channel.c.added_by_import == import_id, channel.c.posts == 0, ~channel.c.bot_is_admin, ~has_audience
    )
    emptied = and_(emptied, channel.c.workspace_id == owner)  # the import may have gone with another channel
    return sorted((await conn.execute(delete(channel).where(emptied).returning(channel.c.id))).scalars())


async def newest_left(conn: Connection, channel_id: int) -> tuple[int, int | None] | None:
    """Returns the channel's `data_version` and its newest reading's moment; None: it is gone.

    The moment costs by the channel's history.
    """
    version = (
        await conn.execute(select(channel.c.data_version).where(channel.c.id == channel_id))
    ).scalar_one_or_none()
    return None if version is None else (version, (await conn.execute(_newest(channel_id))).scalar_one())


async def note_newest(conn: Connection, channel_id: int, version: int, observed_at: int | None) -> bool:
    """Notes the newest reading; False if the channel's data have changed since `newest_left` looked."""
    unchanged = update(channel).where(channel.c.id == channel_id, channel.c.data_version == version)
    return (await conn.execute(unchanged.values(observed_at=observed_at))).rowcount > 0


async def count_again(conn: Connection, channel_id: int) -> None:
    """Notes anew what the channel holds; costs by its history."""
    posts = select(func.count()).select_from(post).where(post.c.channel_id == channel_id)
    held = DataState(
        (await conn.execute(posts)).scalar_one(), (await conn.execute(_newest(channel_id))).scalar_one()
    )
    await note(conn, channel_id, held)


async def imports_in(conn: Connection, channel_id: int) -> list[int]:
    """Returns the imports that have rows in the channel."""
    of_posts = select(reading.c.import_id).join_from(reading, post).where(post.c.channel_id == channel_id)
    of_audience = select(audience.c.import_id).where(audience.c.channel_id == channel_id)
    found = (await conn.execute(of_posts.union(of_audience))).scalars()
    return sorted(import_id for import_id in found if import_id is not None)


async def mark_emptied(conn: Connection, import_ids: list[int]) -> None:
    """Marks imports whose every row went with a channel as undone: their file may be sent again."""
    stands = or_(*(exists().where(table.c.import_id == import_.c.id) for table in (reading, audience)))
    emptied = update(import_).where(import_.c.id.in_(import_ids), import_.c.state.in_(STORED), ~stands)
    await conn.execute(emptied.values(state="undone"))


def _newest(channel_id: int) -> Select[int | None]:
    newest = select(func.max(reading.c.observed_at)).join_from(reading, post)
    return newest.where(post.c.channel_id == channel_id)
