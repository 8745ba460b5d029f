"""Thinning of readings across workspaces: which channels are due, the next part, and how far each is done.

How far is a row (`thinning`), so that the work goes on where it was after a restart. Handlers may not import this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, insert, select, update

from metrics.durations import DAY_S
from metrics.posts import Post
from storage import retention
from storage.engine import Connection
from storage.tables import (
    READING_COLUMNS,
    audience,
    channel,
    channel_access,
    post,
    reading,
    repost,
    thinning,
    workspace,
)
from storage.thinning import Count, Stated, superfluous, superfluous_counts

FIRST_WEEKS = "first_weeks"  # of young posts: the first week whole, then the ages
AGES = "ages"  # of the others: the ages alone
AUDIENCE = "audience"
LEVELS = (FIRST_WEEKS, AGES, AUDIENCE)
POSTS_AT_ONCE = 20  # the Python of one part must not be felt on the event loop
COUNTS_AT_ONCE = 500
CHANNELS_AT_ONCE = 50
OUT_OF_ORDER = 1_000  # ids: of two channels made at a moment the later one may be seen first


@dataclass(frozen=True, slots=True)
class Part:
    """`ids` may go; `until`: how far the channel is done then; `is_last`: nothing else is old enough."""

    level: str
    channel_id: int
    ids: tuple[int, ...]
    until: int
    is_last: bool


async def due_channels(conn: Connection, level: str, now: int) -> list[int]:
    """Returns channels that nobody has looked at for a day: those begun longest ago, else new ones in their order.

    Channels are begun in the order of their ids, so that a new one is found among the last ids alone.
    """
    of_level = thinning.c.level == level
    old = select(thinning.c.channel_id).where(of_level, thinning.c.looked_at <= now - DAY_S)
    old = old.order_by(thinning.c.looked_at, thinning.c.channel_id).limit(CHANNELS_AT_ONCE)
    if found := (await conn.execute(old)).scalars().all():
        return list(found)
    is_begun = exists().where(of_level, thinning.c.channel_id == channel.c.id)
    begun = select(channel.c.id).where(is_begun).order_by(channel.c.id.desc()).limit(1)
    newest: int = (await conn.execute(begun)).scalar_one_or_none() or 0
    fresh = select(channel.c.id).where(channel.c.id > newest - OUT_OF_ORDER, ~is_begun)
    return list((await conn.execute(fresh.order_by(channel.c.id).limit(CHANNELS_AT_ONCE))).scalars())


async def next_part(conn: Connection, level: str, channel_id: int, now: int) -> Part:
    """Returns what of the channel may go next."""
    known = select(thinning.c.until).where(thinning.c.channel_id == channel_id, thinning.c.level == level)
    since: int | None = (await conn.execute(known)).scalar_one_or_none()
    moment = audience.c.observed_at if level == AUDIENCE else post.c.published_at
    of_channel = (audience if level == AUDIENCE else post).c.channel_id == channel_id
    end = await _end(conn, level, channel_id, now)
    within = [of_channel, moment <= end, *([] if since is None else [moment > since])]
    at_once = COUNTS_AT_ONCE if level == AUDIENCE else POSTS_AT_ONCE
    nth = select(moment).where(*within).order_by(moment).offset(at_once - 1).limit(1)
    last: int | None = (await conn.execute(nth)).scalar_one_or_none()
    within.append(moment <= (end if last is None else last))
    ids = await (_counts if level == AUDIENCE else _readings)(conn, level, channel_id, within)
    done = end if last is None else last
    return Part(
        level, channel_id, tuple(sorted(ids)), done if since is None else max(done, since), last is None
    )


async def forget(conn: Connection, part: Part, ids: Sequence[int]) -> None:
    """Deletes some of the part's rows."""
    table = audience if part.level == AUDIENCE else reading
    await conn.execute(delete(table).where(table.c.id.in_(ids), table.c.import_id.is_(None)))


async def note_done(conn: Connection, part: Part, now: int) -> None:
    """Notes that the rows of the part are gone; nothing where the channel is gone itself."""
    values = {"until": part.until, "looked_at": now if part.is_last else 0}
    mine = update(thinning).where(thinning.c.channel_id == part.channel_id, thinning.c.level == part.level)
    if (await conn.execute(mine.values(values))).rowcount:
        return
    there = select(exists().where(channel.c.id == part.channel_id))
    if (await conn.execute(there)).scalar_one():
        row = {"channel_id": part.channel_id, "level": part.level, **values}
        await conn.execute(insert(thinning).values(row))


async def _end(conn: Connection, level: str, channel_id: int, now: int) -> int:
    """Returns up to which moment rows are old enough. The audit counts from a channel's newest post on."""
    if level == AUDIENCE:
        return now - retention.AUDIENCE_S
    if level == FIRST_WEEKS:
        return now - retention.DENSE_S
    newest = select(func.max(post.c.published_at)).where(post.c.channel_id == channel_id)
    published: int | None = (await conn.execute(newest)).scalar_one()
    return min(now, now if published is None else published) - retention.AUDITED_S


async def _readings(
    conn: Connection, level: str, channel_id: int, within: Sequence[ColumnElement[bool]]
) -> set[int]:
    """Returns the readings that may go.

    Posts that somebody reposted are left as they are: what that brought is read off every reading.
    """
    reposted = exists().where(repost.c.channel_id == channel_id, repost.c.external_id == post.c.external_id)
    columns = (reading.c.post_id, reading.c.id, reading.c.import_id, reading.c.source)
    query = select(*columns, *(reading.c[name] for name in READING_COLUMNS)).join_from(post, reading)
    query = query.where(*within, ~reposted).order_by(reading.c.post_id, reading.c.id)
    gone: set[int] = set()
    for _, rows in groupby(await conn.execute(query), key=lambda row: row[0]):
        stated = [_stated(row) for row in rows]
        gone |= superfluous(stated, keeps_first_week=level == FIRST_WEEKS)
    return gone


def _stated(row: Row[*tuple[int, int, int | None, str, *tuple[object, ...]]]) -> Stated:
    _, reading_id, import_id, source, *values = row
    return Stated(reading_id, import_id, source, Post._make(["", *values]))


async def _counts(
    conn: Connection, _level: str, channel_id: int, within: Sequence[ColumnElement[bool]]
) -> set[int]:
    names = ("id", "observed_at", "subscribers", "step", "source", "import_id")
    query = select(*(audience.c[name] for name in names)).where(*within)
    rows = [Count(*row) for row in await conn.execute(query.order_by(audience.c.observed_at, audience.c.id))]
    zones = set((await conn.execute(_zones(channel_id))).scalars())
    return superfluous_counts(rows, zones)


def _zones(channel_id: int) -> Select[str]:
    """Returns a query of the zones of all who may read the channel: growth is told by their midnights."""
    readers = workspace.join(channel_access, channel_access.c.workspace_id == workspace.c.id)
    return select(workspace.c.zone).select_from(readers).where(channel_access.c.channel_id == channel_id)
