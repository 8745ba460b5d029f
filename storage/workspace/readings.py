"""Readings and what posts show of them; the inside of `posts` and `imports`, which ask first whose channel it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Text, bindparam, func, insert, select, update

from metrics.posts import COLUMNS, Post
from storage.bulk import chunks, execute_many, insert_many
from storage.engine import Connection
from storage.projection import project
from storage.tables import ID, READING_COLUMNS, post, reading
from storage.workspace.post_columns import PostColumns

READING_INSERT = ("post_id", "import_id", "source", *READING_COLUMNS)
_EXTERNAL_ID = COLUMNS.index("external_id")
_STATED = _EXTERNAL_ID + 1
PROJECTED_AT_ONCE = 100  # posts: the Python of one chunk must not be felt on the event loop
LOOKED_UP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Origin:
    import_id: int | None
    source: str  # 'file', 'bot', 'page' or 'exact'


# Built once: building it anew would cost more than a hundred of its rows.
_COPY_READINGS = insert(reading).from_select(
    READING_INSERT,
    select(
        post.c.id,
        bindparam("import_id", type_=ID),
        bindparam("source", type_=Text),
        *(post.c[name] for name in READING_COLUMNS),
    )
    .where(
        post.c.id > bindparam("after_id", type_=ID), post.c.channel_id == bindparam("channel_id", type_=ID)
    )
    .order_by(post.c.id),
)
_UPDATE_POST = (
    update(post)
    .where(post.c.id == bindparam("post_id", type_=ID))
    .values({name: bindparam(name) for name in READING_COLUMNS})
)
_UPDATE_COLUMNS = (*READING_COLUMNS, "post_id")


async def newest_post_id(conn: Connection) -> int:
    """Returns an id below those of all posts that this transaction inserts from here on.

    It holds for a channel that the transaction holds.
    """
    newest: int | None = (await conn.execute(select(func.max(post.c.id)))).scalar_one()
    return newest or 0


async def insert_new_posts(
    conn: Connection,
    channel_id: int,
    posts: PostColumns,
    origin: Origin,
    after_id: int,
) -> int:
    """Inserts the posts the channel doesn't have yet; returns how many.

    Their one reading is copied from them inside the database.
    """
    columns = {name: posts.column(name) for name in COLUMNS}
    await insert_many(conn, post, {"channel_id": [channel_id] * len(posts), **columns}, new_only=True)
    fresh = {"after_id": after_id, "channel_id": channel_id}
    copied = await conn.execute(
        _COPY_READINGS, {**fresh, "import_id": origin.import_id, "source": origin.source}
    )
    return copied.rowcount


async def insert_again(
    conn: Connection,
    channel_id: int,
    rows: Sequence[tuple[Any, ...]],
    origin: Origin,
    after_id: int,
) -> set[int]:
    """Adds readings to posts that stood before `after_id` or come twice; returns ids of posts read again."""
    ids = await _ids(conn, channel_id, [row[_EXTERNAL_ID] for row in rows])
    again: list[tuple[Any, ...]] = []
    just_inserted: set[int] = set()
    read_again: set[int] = set()
    for row in rows:
        post_id = ids[row[_EXTERNAL_ID]]
        if post_id > after_id and post_id not in just_inserted:
            just_inserted.add(post_id)
            continue
        read_again.add(post_id)
        again.append((post_id, origin.import_id, origin.source, *row[_STATED:]))
    if again:
        columns = zip(READING_INSERT, zip(*again, strict=True), strict=True)
        await insert_many(conn, reading, dict(columns))
    await project_again(conn, read_again)
    return read_again


async def project_again(conn: Connection, post_ids: Iterable[int]) -> None:
    """Writes down anew what these posts show, from the readings they have now."""
    columns = (reading.c.post_id, reading.c.source, *(reading.c[name] for name in READING_COLUMNS))
    for chunk in chunks(post_ids, PROJECTED_AT_ONCE):
        query = select(*columns).where(reading.c.post_id.in_(chunk))
        found = await conn.execute(query.order_by(reading.c.post_id, reading.c.id))
        shown = [
            (*_projected(list(rows))[_STATED:], post_id)
            for post_id, rows in groupby(found, key=lambda row: row[0])
        ]
        await execute_many(conn, _UPDATE_POST, _UPDATE_COLUMNS, shown)


def _projected(rows: Sequence[Sequence[Any]]) -> Post:
    return project([Post("", *row[2:]) for row in rows], [row[1] for row in rows])


async def _ids(conn: Connection, channel_id: int, external_ids: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    in_channel = select(post.c.external_id, post.c.id).where(post.c.channel_id == channel_id)
    for chunk in chunks(external_ids, LOOKED_UP_AT_ONCE):
        ids.update((await conn.execute(in_channel.where(post.c.external_id.in_(chunk)))).all())
    return ids
