"""Posts of a channel: stored as readings, read as their projection."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from metrics.posts import COLUMNS, COUNTERS, Post
from storage.bulk import CHUNK_ROWS
from storage.engine import Connection
from storage.observing import count_readings
from storage.tables import channel, post, reading
from storage.workspace import readings
from storage.workspace.access import DataState, hold, note, readable
from storage.workspace.post_columns import PostColumns, PostRows, posts_of

_READING = [post.c.external_id, *(reading.c[name] for name in COLUMNS if name != "external_id")]
_POST = [post.c[name] for name in COLUMNS]
_STANDS = post.c.deleted_at.is_(None)  # what its channel deleted is in no figure
READ_AT_ONCE = 1000  # rows made into posts before the event loop gets a turn


@dataclass(frozen=True, slots=True)
class StoredPosts:
    new: int  # posts the channel did not have
    updated: int  # posts it had, which were read again


@dataclass(frozen=True, slots=True)
class Span:
    """What a channel holds in all. Times are unix seconds."""

    posts: int
    first: int
    last: int
    observed_at: int  # of the newest reading


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import has readings of; a post counts once, however many they are."""

    posts: int
    forwarded: int
    counters: dict[str, int]  # name -> posts that carry it


async def store(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    rows: Sequence[tuple[Any, ...]] | PostColumns,
    *,
    import_id: int | None,
    source: str,
    now: int,
    begun_after: int | None = None,
) -> StoredPosts:
    """Adds one reading a row: a `Post`, a plain tuple in its order, or columns.

    `source` is 'file', 'bot', 'page', 'exact' or 'tgstat'. `begun_after`: the newest post before the first of
    several calls that count as one, so that a post which an earlier of them brought is not counted as updated
    by a later one. Raises `DomainError("channel.gone")` if the workspace doesn't own the channel.
    """
    held = await hold(conn, workspace_id, channel_id, now)
    origin = readings.Origin(import_id, source)
    after_id = await readings.newest_post_id(conn)
    before_id = after_id if begun_after is None else begun_after
    new = 0
    read_again: set[int] = set()
    stated = rows if isinstance(rows, PostColumns) else PostColumns.of(rows)
    for chunk in stated.chunks(CHUNK_ROWS):
        inserted = await readings.insert_new_posts(conn, channel_id, chunk, origin, after_id)
        new += inserted
        if inserted < len(chunk):
            read_again |= await readings.insert_again(conn, channel_id, chunk.rows(), origin, after_id)
        after_id = await readings.newest_post_id(conn)
    count_readings(conn, source, len(stated))
    if len(stated):
        newest = max(stated.column("observed_at"))
        await note(conn, channel_id, DataState(held.posts + new, max(held.observed_at or newest, newest)))
    return StoredPosts(new, updated=sum(post_id <= before_id for post_id in read_again))


async def window(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> list[Post]:
    """Returns posts published from `start` up to, not including, `end`; oldest first."""
    within = select(*_POST).where(
        post.c.channel_id == channel_id,
        post.c.published_at >= start,
        post.c.published_at < end,
        _STANDS,
        readable(workspace_id, channel_id),
    )
    return await _read(conn, within.order_by(post.c.published_at, post.c.id))


async def deleted(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> list[Post]:
    """Returns posts of that time that their channel deleted, as they were last read; oldest first."""
    within = select(*_POST).where(
        post.c.channel_id == channel_id,
        post.c.published_at >= start,
        post.c.published_at < end,
        post.c.deleted_at.is_not(None),
        readable(workspace_id, channel_id),
    )
    return await _read(conn, within.order_by(post.c.published_at, post.c.id))


async def early_readings(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int, ages_s: tuple[int, int]
) -> list[Post]:
    """Returns every reading between two ages of posts published from `start` up to, not including, `end`."""
    age_s = reading.c.observed_at - reading.c.published_at
    query = (
        select(*_READING)
        .join_from(post, reading)
        .where(
            post.c.channel_id == channel_id,
            post.c.published_at >= start,
            post.c.published_at < end,
            age_s >= ages_s[0],
            age_s <= ages_s[1],
            _STANDS,
            readable(workspace_id, channel_id),
        )
    )
    return await _read(conn, query.order_by(reading.c.id))


async def latest(
    conn: Connection, workspace_id: int, channel_id: int, *, before: int, limit: int
) -> list[Post]:
    """Returns at most `limit` posts published before `before`, newest first."""
    older = select(*_POST).where(
        post.c.channel_id == channel_id,
        post.c.published_at < before,
        _STANDS,
        readable(workspace_id, channel_id),
    )
    newest_first = older.order_by(post.c.published_at.desc(), post.c.id.desc())
    return await _read(conn, newest_first.limit(limit))


async def count(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> int:
    """Counts the posts published from `start` up to, not including, `end`."""
    query = (
        select(func.count())
        .select_from(post)
        .where(
            post.c.channel_id == channel_id,
            post.c.published_at >= start,
            post.c.published_at < end,
            _STANDS,
            readable(workspace_id, channel_id),
        )
    )
    return (await conn.execute(query)).scalar_one()


async def span(conn: Connection, workspace_id: int, channel_id: int) -> Span | None:
    """Returns from when to when there are posts; None without any, or without access.

    It costs the same for any number of posts.
    """
    ends = [
        select(end(post.c.published_at)).where(post.c.channel_id == channel_id).scalar_subquery()
        for end in (func.min, func.max)
    ]
    query = select(channel.c.posts, ends[0], ends[1], channel.c.observed_at).where(
        channel.c.id == channel_id, channel.c.posts > 0, readable(workspace_id, channel_id)
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Span(*row)


async def brought(conn: Connection, workspace_id: int, channel_id: int, import_id: int) -> Brought:
    """Returns what one import brought into one channel. It costs by the rows of the import."""
    forwarded = func.max(case((reading.c.is_forwarded, 1)))
    known = [func.max(reading.c[name]).label(name) for name in COUNTERS]
    by_post = (
        select(forwarded.label("forwarded"), *known)
        .join_from(reading, post)
        .where(
            reading.c.import_id == import_id,
            post.c.channel_id == channel_id,
            readable(workspace_id, channel_id),
        )
        .group_by(reading.c.post_id)
        .subquery()
    )
    counts = [func.count(by_post.c[name]) for name in ("forwarded", *COUNTERS)]
    count, of_others, *counters = (
        await conn.execute(select(func.count(), *counts).select_from(by_post))
    ).one()
    return Brought(count, of_others, dict(zip(COUNTERS, counters, strict=True)))


async def _read(conn: Connection, query: Select[*tuple[Any, ...]]) -> list[Post]:
    found = PostRows()
    for part in (await conn.execute(query)).partitions(READ_AT_ONCE):
        found.extend(posts_of(part))
        await asyncio.sleep(0)
    return found
