"""Posts come in as readings and are read as one row each; a window costs by the window."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import event, text

from metrics.errors import DomainError
from metrics.posts import COUNTERS, Post
from storage.engine import Connection
from storage.workspace import channels, imports, posts
from storage.workspace.posts import Span, StoredPosts
from tests.kit.examples import examples
from tests.storage.places import NOW, PUBLISHED, a_post, settle, undo

HOUR = 3600


@pytest.fixture
async def place(conn):
    """A workspace and its empty channel, as arguments of the functions of `posts`."""
    settled = await settle(conn, chat_id=10, word="наш", number=1)
    channel = await channels.add(conn, settled.workspace_id, platform="vk", title="пустой", now=NOW)
    return conn, settled.workspace_id, channel.id


async def _store(place, rows, *, source="page", now=NOW):
    return await posts.store(*place, rows, import_id=None, source=source, now=now)


def _year(count: int) -> list[Post]:
    return [
        a_post(str(number), published_at=PUBLISHED + number * HOUR, views=number) for number in range(count)
    ]


async def test_every_field_comes_back_as_it_went_in(place):
    full = Post(
        "42/7", PUBLISHED, NOW, False, True, "album", 1200, "новости money", True, False, "Пост «о» <деньгах> 🎉",
        "https://t.me/news/42", *range(2**31, 2**31 + len(COUNTERS)), "views:100",
    )  # fmt: skip
    empty = a_post("43", views=None, observed_exact=True)
    await _store(place, [full, tuple(empty)])
    read = await posts.window(*place, PUBLISHED, PUBLISHED + 1)
    assert read == [full, empty]
    assert [type(value) for value in read[0]] == [type(value) for value in full]


async def test_a_window_begins_with_its_start_and_ends_before_its_end(place):
    await _store(place, _year(10))
    start, end = PUBLISHED + 2 * HOUR, PUBLISHED + 5 * HOUR
    assert [post.external_id for post in await posts.window(*place, start, end)] == ["2", "3", "4"]
    assert await posts.count(*place, start, end) == 3


async def test_the_latest_are_the_newest_before_a_moment(place):
    await _store(place, _year(10))
    latest = await posts.latest(*place, before=PUBLISHED + 5 * HOUR, limit=2)
    assert [post.external_id for post in latest] == ["4", "3"]


async def test_the_span_of_all_that_is_held(place):
    assert await posts.span(*place) is None
    await _store(place, [row._replace(observed_at=NOW - 5) for row in _year(3)])
    await _store(place, [a_post("1", observed_at=NOW - 9)])
    assert await posts.span(*place) == Span(3, PUBLISHED, PUBLISHED + 2 * HOUR, NOW - 5)


async def test_stored_tells_new_from_known(place):
    assert await _store(place, _year(3)) == StoredPosts(3, 0)
    assert await _store(place, _year(5)) == StoredPosts(2, 3)
    assert await _store(place, []) == StoredPosts(0, 0)


async def test_one_post_twice_in_one_file(place):
    rows = [a_post("1", views=10), a_post("2"), a_post("1", views=20, observed_at=NOW + 1)]
    assert await _store(place, rows) == StoredPosts(2, 0)
    shown = {post.external_id: post.views for post in await posts.window(*place, 0, NOW)}
    assert shown == {"1": 20, "2": 100}


async def test_of_one_moment_what_was_stored_later_is_shown(place):
    await _store(place, [a_post("1", views=10, title="а"), a_post("2", views=20)])
    await _store(place, [a_post("1", views=9, title="б")])
    await _store(place, [a_post("2", views=None, observed_at=NOW + 1)])
    shown = await posts.window(*place, 0, NOW)
    assert [(post.views, post.title, post.observed_at) for post in shown] == [(9, "б", NOW), (20, None, NOW)]


async def test_more_rows_than_go_in_one_chunk(place):
    """Catches a chunk's border: rows lost or doubled, and a post repeated in another chunk than its first."""
    count = posts.CHUNK_ROWS * 2 + 1
    rows = [*_year(count), a_post("0", views=7, observed_at=NOW + 1)]
    assert await _store(place, rows) == StoredPosts(count, 0)
    assert await _store(place, rows) == StoredPosts(0, count)
    read = await posts.window(*place, 0, NOW + count * HOUR)
    assert len(read) == count
    assert read[0].views == 7
    assert read[1:] == rows[1:-1]


async def test_every_write_is_seen_on_the_channel(place):
    conn, workspace_id, channel_id = place
    before = await channels.get(*place)
    await _store(place, _year(3), now=NOW + 5)
    after = await channels.get(conn, workspace_id, channel_id)
    assert (after.posts, after.observed_at, after.changed_at) == (3, NOW, NOW + 5)
    assert after.data_version > before.data_version


async def test_a_channel_removed_meanwhile_takes_nothing(place):
    await channels.remove(*place)
    with pytest.raises(DomainError, match=r"channel\.gone"):
        await _store(place, _year(1))


async def test_two_writers_of_one_channel(database):
    """The same posts at once, from a file and from live updates: each post once, with both readings."""
    async with database.begin() as conn:
        settled = await settle(conn, chat_id=10, word="наш", number=1)
        channel = await channels.add(conn, settled.workspace_id, platform="vk", title="пустой", now=NOW)

    async def write(views):
        async with database.begin() as conn:
            rows = [row._replace(views=views, observed_at=NOW + views) for row in _year(300)]
            return await _store((conn, settled.workspace_id, channel.id), rows)

    stored = await asyncio.gather(*(write(views) for views in (1, 2, 3)))
    assert sorted((one.new, one.updated) for one in stored) == [(0, 300), (0, 300), (300, 0)]
    async with database.read() as conn:
        shown = await posts.window(conn, settled.workspace_id, channel.id, 0, NOW)
        assert [post.views for post in shown] == [3] * len(shown)
        assert (await channels.get(conn, settled.workspace_id, channel.id)).posts == 300


async def _plan(conn: Connection, of: Any) -> str:
    """What the engine plans for the statement that `of` runs last."""
    ran: list[tuple[str, Any]] = []
    sync = conn.sync_connection
    assert sync is not None

    def remember(_conn, _cursor, statement, parameters, _context, _many):
        ran.append((statement, parameters))

    event.listen(sync, "before_cursor_execute", remember)
    await of
    event.remove(sync, "before_cursor_execute", remember)
    statement, parameters = ran[-1]
    explain = "EXPLAIN QUERY PLAN" if conn.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row[-1]) for row in await conn.exec_driver_sql(f"{explain} {statement}", parameters))


@pytest.mark.parametrize(
    "read",
    [
        lambda place: posts.window(*place, PUBLISHED, PUBLISHED + 30 * HOUR),
        lambda place: posts.count(*place, PUBLISHED, PUBLISHED + 30 * HOUR),
        lambda place: posts.latest(*place, before=PUBLISHED + 30 * HOUR, limit=30),
        lambda place: posts.span(*place),
    ],
    ids=["window", "count", "latest", "span"],
)
async def test_a_window_costs_by_the_window(place, read):
    conn = place[0]
    await _store(place, _year(4000))
    if conn.dialect.name == "postgresql":
        await conn.execute(text("ANALYZE post"))
    plan = await _plan(conn, read(place))
    assert "ix_post_channel_id_published_at" in plan
    assert "Seq Scan on post" not in plan
    assert "SCAN post" not in plan
    assert "TEMP B-TREE" not in plan
    assert "reading" not in plan


async def test_an_undone_import_is_seen_on_the_channel(place):
    conn, workspace_id, channel_id = place
    begun = await imports.begin(
        conn, workspace_id, requested_by=1, chat_id=10, message_id=99, file_ids=[], file_names=[], now=NOW
    )
    await _store(place, _year(2))
    rows = [row._replace(observed_at=NOW + 5) for row in _year(3)]
    await posts.store(*place, rows, import_id=begun.id, source="file", now=NOW)
    await imports.finish(conn, workspace_id, begun.id, sha256="x", format="csv", understood={}, now=NOW)
    before = await channels.get(conn, workspace_id, channel_id)
    assert (before.posts, before.observed_at) == (3, NOW + 5)
    assert await undo(conn, workspace_id, begun.id, NOW + 9) == imports.Undone(1, 2, 0, ())
    after = await channels.get(conn, workspace_id, channel_id)
    assert (after.posts, after.observed_at, after.changed_at) == (2, NOW, NOW + 9)
    assert after.data_version > before.data_version


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(examples(9)))
async def test_readings_of_several_sources_show_the_same_in_whatever_order_they_come(conn, seed):
    chance = random.Random(seed)
    told = [
        (source, NOW - chance.choice([0, 600, 3_600, 9_000]))
        for source in ("exact", "bot", "file", "page")
        for _ in range(3)
    ]
    stated = []
    for number, (source, at) in enumerate(dict.fromkeys(told)):
        steps = "views:100" if source == "page" else None
        count = None if source == "bot" else 1_000 + 17 * number
        stated.append((source, a_post("1", views=count, reactions=number, observed_at=at, steps=steps)))
    shown = []
    for place in range(3):
        mixed = [*stated, *chance.sample(stated, 2)]
        chance.shuffle(mixed)
        there = await settle(conn, chat_id=100 + place, word="x", number=place)
        added = await channels.add(conn, there.workspace_id, platform="telegram", title="Mixed", now=NOW)
        for source, post in mixed:
            await posts.store(
                conn, there.workspace_id, added.id, [post], import_id=None, source=source, now=NOW
            )
        (one,) = await posts.window(conn, there.workspace_id, added.id, 0, NOW)
        shown.append((one.views, one.reactions, one.observed_at, one.steps))
    assert len(set(shown)) == 1
