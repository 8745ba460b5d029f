"""All posts and readings of a channel a page at a time, so that nobody holds a long history at once.

A page is found by the place where the last one ended, so the hundredth costs what the first does.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from metrics.posts import COLUMNS, Post
from storage.engine import Connection
from storage.tables import post, reading
from storage.workspace.access import readable

_POST = [post.c[name] for name in COLUMNS]
_READING = [post.c.external_id, *(reading.c[name] for name in COLUMNS if name != "external_id")]
_POST_PLACE = (post.c.published_at, post.c.id)
_READING_PLACE = (*_POST_PLACE, reading.c.id)
Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`end`: what the next page comes after; None for an empty page, the last one."""

    rows: list[Post]
    end: Place | None


async def of_posts(
    conn: Connection, workspace_id: int, channel_id: int, *, after: Place | None, limit: int
) -> Page:
    """Returns the next `limit` posts, oldest first; without those that their channel deleted."""
    here = (post.c.channel_id == channel_id, post.c.deleted_at.is_(None), readable(workspace_id, channel_id))
    query = select(*_POST_PLACE, *_POST).where(*here)
    if after is not None:
        query = query.where(tuple_(*_POST_PLACE) > tuple_(*after))
    return await _page(conn, query.order_by(*_POST_PLACE).limit(limit), len(_POST_PLACE))


async def of_readings(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    *,
    after: Place | None,
    limit: int,
    first_id: int = 0,
) -> Page:
    """Returns the next `limit` readings in the order of their posts, then as they came.

    There are none before `first_id`.
    """
    query = _readings(select(*_READING_PLACE, *_READING), workspace_id, channel_id)
    query = query.where(reading.c.id >= first_id)
    if after is not None:
        # The first condition follows from the second; it alone is one that the index of posts serves.
        query = query.where(post.c.published_at >= after[0], tuple_(*_READING_PLACE) > tuple_(*after))
    return await _page(conn, query.order_by(*_READING_PLACE).limit(limit), len(_READING_PLACE))


async def count_readings(conn: Connection, workspace_id: int, channel_id: int) -> int:
    counted = _readings(select(func.count()), workspace_id, channel_id)
    return int((await conn.execute(counted)).scalar_one())


async def first_of_newest(conn: Connection, workspace_id: int, channel_id: int, count: int) -> int:
    """Returns the id of the oldest of the `count` readings that came last; 0 where there are not so many."""
    newest = _readings(select(reading.c.id), workspace_id, channel_id).order_by(reading.c.id.desc())
    return (await conn.execute(newest.offset(count - 1).limit(1))).scalar_one_or_none() or 0


async def _page(conn: Connection, query: Select[*tuple[Any, ...]], place_columns: int) -> Page:
    found = [tuple(row) for row in await conn.execute(query)]
    end = found[-1][:place_columns] if found else None
    return Page([Post._make(row[place_columns:]) for row in found], end)


def _readings(
    query: Select[*tuple[Any, ...]], workspace_id: int, channel_id: int
) -> Select[*tuple[Any, ...]]:
    here = (post.c.channel_id == channel_id, readable(workspace_id, channel_id))
    return query.select_from(post.join(reading)).where(*here)
