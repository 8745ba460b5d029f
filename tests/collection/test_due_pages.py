"""What breaks: a followed channel that is not read at its time, is read for each who follows it, or shows one to another."""

import json

import pytest
from sqlalchemy import select

from bot.collection.due_pages import DuePages
from bot.collection.following import Following
from metrics.errors import DomainError
from storage.system import follows as everywhere_follows
from storage.tables import delivery
from storage.workspace import audience, channels, follows, posts, workspaces
from tests.collection.conftest import START


@pytest.fixture
def following(database, pages):
    return Following(database, pages)


@pytest.fixture
def due(database, pages, clock):
    return DuePages(database, pages, clock)


@pytest.fixture
def settle(database, clock):
    """A workspace that has the channel."""

    async def make(chat_id: int, handle: str = "the_news"):
        now = int(clock.now().timestamp())
        async with database.begin() as conn:
            made = await workspaces.ensure(
                conn, chat_id=chat_id, kind="private", title=None, language="en", zone="UTC", now=now
            )
            return made.id, await channels.add(
                conn, made.id, platform="telegram", title="News", handle=handle, now=now
            )

    return make


@pytest.fixture
def kept(database):
    async def read(workspace_id: int, channel_id: int):
        async with database.read() as conn:
            return await posts.window(conn, workspace_id, channel_id, 0, 2**40)

    return read


async def test_the_first_look_keeps_what_the_page_shows(news, following, settle, kept, database):
    workspace_id, channel = await settle(1)
    await following.begin(workspace_id, channel)
    shown = await kept(workspace_id, channel.id)
    assert [post.views for post in shown] == [
        900 + number if number < 100 else 1000 for number in range(1, 51)
    ]
    assert {post.title for post in shown} == {None}
    async with database.read() as conn:
        assert (await audience.newest(conn, workspace_id, channel.id)).subscribers == 12_345
        assert (await follows.get(conn, workspace_id, channel.id)).handle == "the_news"


async def test_one_read_serves_all_who_follow_and_each_keeps_rows_of_its_own(
    box, news, following, due, settle, kept, pass_time
):
    one, theirs = await settle(1), await settle(2)
    for workspace_id, channel in (one, theirs):
        await following.begin(workspace_id, channel, depth=1)
    before = len(await box.page_requests())
    await news.change_page(posts=[{"id": 51, "published_at": await pass_time(hours=5) - 60, "views": 7}])
    assert await due.read_next()
    assert not await due.read_next()
    asked = (await box.page_requests())[before:]
    assert asked.count("/public/s/the_news") == 1
    for workspace_id, channel in (one, theirs):
        assert (await kept(workspace_id, channel.id))[-1].views == 7
    assert await kept(one[0], theirs[1].id) == []


@pytest.mark.usefixtures("news")
async def test_posts_that_left_the_first_page_are_read_when_they_come_of_age(
    box, news, following, due, settle, kept, pass_time
):
    workspace_id, channel = await settle(1)
    await following.begin(workspace_id, channel, depth=1)
    now = await pass_time(hours=23, minutes=30)
    await news.change_page(
        posts=[{"id": 51 + n, "published_at": now - 3600 + n, "views": 1} for n in range(25)]
    )
    await news.change_page(posts=[{"id": 50, "published_at": now - 86_400 - 1800, "views": 4321}])
    while await due.read_next():
        pass
    (old,) = (post for post in await kept(workspace_id, channel.id) if post.external_id == "50")
    assert (old.views, old.observed_at) == (4300, now)


async def test_a_page_that_is_away_is_asked_for_later_and_later(
    box, news, following, due, settle, database, pass_time
):
    workspace_id, channel = await settle(1)
    await following.begin(workspace_id, channel, depth=1)
    await news.change_page(preview=False)
    pauses = []
    for _ in range(3):
        now = await pass_time(days=2)
        assert await due.read_next()
        async with database.read() as conn:
            state = await follows.get(conn, workspace_id, channel.id)
        assert state.refusal == "page.no_preview"
        pauses.append(state.next_at - now)
    assert pauses == [900, 1800, 3600]
    async with database.read() as conn:
        told = (await conn.execute(select(delivery.c.kind, delivery.c.payload, delivery.c.not_before))).all()
    (kind, payload, not_before) = told[0]
    assert len(told) == 1  # a page that stays away is no news
    assert (kind, json.loads(payload)) == ("source_lost", {"channel": channel.id, "because": "page"})
    assert not_before == START.timestamp() + 2 * 86_400 + 3_600  # an hour, in which it may come back


async def test_what_is_watched_until_a_moment_ends_by_itself(
    news, following, due, settle, database, pass_time
):
    workspace_id, channel = await settle(1)
    await following.begin(workspace_id, channel, until=await pass_time(hours=0) + 3600)
    await pass_time(hours=5)
    assert await due.read_next()
    async with database.read() as conn:
        assert await follows.get(conn, workspace_id, channel.id) is None


async def test_a_channel_without_a_name_has_no_page(following, settle):
    workspace_id, channel = await settle(1, handle=None)
    with pytest.raises(DomainError) as refused:
        await following.begin(workspace_id, channel)
    assert refused.value.code == "page.no_name"


async def test_a_claim_is_one_process_only_and_free_again_after_a_crash(
    news, following, settle, database, pass_time
):
    workspace_id, channel = await settle(1)
    await following.begin(workspace_id, channel, depth=1)
    now = await pass_time(days=1)
    for moment, claimed in ((now, True), (now, False), (now + 601, True)):
        async with database.begin() as conn:
            assert (
                await everywhere_follows.claim_due(conn, moment, held_until=moment + 600) is not None
            ) is claimed
