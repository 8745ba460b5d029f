"""One post of a channel: found by the name it has there, with every reading of it, deleted or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from metrics.posts import COLUMNS, Post
from storage.bulk import chunks
from storage.engine import Connection
from storage.tables import post, reading
from storage.workspace.access import readable

ALBUM_MOST = 10  # pictures of one album, numbered in a row; the first one's number is the post's
LOOKED_UP_AT_ONCE = 500
_POST = [post.c[name] for name in COLUMNS]
_READING = [post.c.external_id, *(reading.c[name] for name in COLUMNS if name != "external_id")]


@dataclass(frozen=True, slots=True)
class SinglePost:
    """`deleted_at`: when its channel's deletion of it was found out, in Unix seconds."""

    id: int
    deleted_at: int | None
    post: Post


async def get(conn: Connection, workspace_id: int, channel_id: int, post_id: int) -> SinglePost | None:
    return await _one(conn, workspace_id, channel_id, post.c.id == post_id)


async def find(conn: Connection, workspace_id: int, channel_id: int, external_id: str) -> SinglePost | None:
    """Returns the post of that name; for a later picture of an album, the album. None without one."""
    found = await _one(conn, workspace_id, channel_id, post.c.external_id == external_id)
    if found is not None or not external_id.isdecimal():
        return found
    for number in range(int(external_id) - 1, int(external_id) - ALBUM_MOST, -1):
        is_album = (post.c.external_id == str(number)) & (post.c.format == "album")
        if found := await _one(conn, workspace_id, channel_id, is_album):
            return found
    return None


async def ids(
    conn: Connection, workspace_id: int, channel_id: int, external_ids: Iterable[str]
) -> dict[str, int]:
    """Returns the numbers of these posts' rows, for buttons."""
    found: dict[str, int] = {}
    for part in chunks(external_ids, LOOKED_UP_AT_ONCE):
        query = select(post.c.external_id, post.c.id).where(
            post.c.channel_id == channel_id,
            post.c.external_id.in_(part),
            readable(workspace_id, channel_id),
        )
        found.update((await conn.execute(query)).all())
    return found


async def newest(conn: Connection, workspace_id: int, channel_id: int, *, limit: int) -> list[SinglePost]:
    """Returns the latest posts that stand."""
    query = select(post.c.id, post.c.deleted_at, *_POST).where(
        post.c.channel_id == channel_id, post.c.deleted_at.is_(None), readable(workspace_id, channel_id)
    )
    rows = await conn.execute(query.order_by(post.c.published_at.desc(), post.c.id.desc()).limit(limit))
    return [SinglePost(row[0], row[1], Post(*row[2:])) for row in rows]


async def readings(conn: Connection, workspace_id: int, channel_id: int, external_id: str) -> list[Post]:
    """Returns every reading of one post, the earliest first."""
    query = (
        select(*_READING)
        .join_from(post, reading)
        .where(
            post.c.channel_id == channel_id,
            post.c.external_id == external_id,
            readable(workspace_id, channel_id),
        )
    )
    rows = await conn.execute(query.order_by(reading.c.observed_at, reading.c.id))
    return [Post(*row) for row in rows]


async def _one(
    conn: Connection, workspace_id: int, channel_id: int, which: ColumnElement[bool]
) -> SinglePost | None:
    query = select(post.c.id, post.c.deleted_at, *_POST).where(
        post.c.channel_id == channel_id, which, readable(workspace_id, channel_id)
    )
    row = (await conn.execute(query)).first()
    return None if row is None else SinglePost(row[0], row[1], Post(*row[2:]))
