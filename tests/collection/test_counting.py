"""What breaks: subscribers that nobody counts, an age that passes unread, an absence that the data hides."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import func, select

from bot.collection.counting import Counting, mark_absence
from storage.tables import member_event
from storage.workspace import audience, channels, gaps, live, members, posts, workspaces
from storage.workspace.news import MemberEvent, Message, News

HOUR, DAY = 3600, 86_400


@pytest.fixture
async def counting(box, database, clock):
    bot = Bot(box.token, session=AiohttpSession(api=TelegramAPIServer.from_base(box.url)))
    yield Counting(bot, database, clock)
    await bot.session.close()


@pytest.fixture
async def collected(box, ann, database, clock):
    """(workspace, channel, the channel in the sandbox), collected since now."""
    channel = await box.channel("Mine", owner=ann, subscribers=500)
    await channel.add_bot(rights=["can_invite_users"])
    now = int(clock.now().timestamp())
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn, chat_id=ann.id, kind="private", title=None, language="en", zone="UTC", now=now
        )
        known = await channels.add(
            conn, made.id, platform="telegram", title="Mine", chat_id=channel.id, bot_is_admin=True, now=now
        )
        await live.begin(conn, made.id, known.id, live.CollectionTerms(), now, person=made.chat_id)
    return made.id, known.id, channel


def a_post(now: int, number: int = 1) -> News:
    return News(
        messages=[Message(number, now, None, now, number, "text", 3, None, False, False, "abc", None)]
    )


async def test_subscribers_are_counted_every_four_hours_and_around_posts(
    box, database, counting, collected, pass_time
):
    workspace_id, channel_id, channel = collected
    begin = await pass_time(hours=0)
    for hours, subscribers in ((0, 500), (2, 510), (2, 520), (1, 530)):
        await channel.set_subscribers(subscribers)
        now = await pass_time(hours=hours)
        if hours == 1:
            async with database.begin() as conn:
                await live.store(conn, workspace_id, channel_id, a_post(now), now)
        await counting.count_due()
        await counting.count_due()
    async with database.read() as conn:
        counted = await audience.window(conn, workspace_id, channel_id, 0, 2**40)
    assert [(one.observed_at - begin, one.subscribers) for one in counted] == [
        (0, 500), (4 * HOUR, 520), (5 * HOUR, 530),
    ]  # fmt: skip


async def test_a_quiet_post_has_a_reading_at_every_age(database, counting, collected, pass_time):
    workspace_id, channel_id, _ = collected
    now = await pass_time(hours=0)
    async with database.begin() as conn:
        await live.store(conn, workspace_id, channel_id, a_post(now), now)
    await pass_time(minutes=30)
    await counting.read_at_age()
    for hours in (1, 6, 30):
        await pass_time(hours=hours)
        await counting.read_at_age()
        async with database.read() as conn:
            (post,) = await posts.window(conn, workspace_id, channel_id, 0, 2**40)
        assert post.reactions == 0
    assert post.observed_at == now + 24 * HOUR


async def test_who_it_was_is_forgotten_after_a_month(database, counting, collected, pass_time):
    workspace_id, channel_id, _ = collected
    now = await pass_time(hours=0)
    events = [
        MemberEvent("code", now, True, "link", "Ad"),
        MemberEvent("code", now + HOUR, False, None, None),
    ]
    async with database.begin() as conn:
        await members.store(conn, workspace_id, channel_id, events, now)
    nobody = select(func.count()).select_from(member_event).where(member_event.c.person.is_not(None))
    for days, known in ((29, 2), (2, 0)):
        await pass_time(days=days)
        await counting.forget_persons()
        async with database.read() as conn:
            (joined,) = await members.by_link(conn, workspace_id, channel_id, 0, 2**40)
            assert await members.counts(conn, workspace_id, channel_id, 0, 2**40) == (1, 1)
            assert (await conn.execute(nobody)).scalar_one() == known
        assert (joined.joined, joined.left) == (1, 1)  # who it was is not needed to know that they left


@pytest.mark.parametrize(("away_s", "is_gap"), [(DAY - 60, False), (DAY + 60, True)])
async def test_an_absence_of_over_a_day_is_in_the_data(database, collected, pass_time, away_s, is_gap):
    workspace_id, channel_id, _ = collected
    now = await pass_time(days=10)
    for _ in range(2):
        await mark_absence(database, now - away_s, now)
    async with database.read() as conn:
        found = await gaps.window(conn, workspace_id, channel_id, now - DAY, now, now)
        earlier = await gaps.window(conn, workspace_id, channel_id, 0, now - 5 * DAY, now)
    assert [(gap.reason, gap.started_at, gap.ended_at) for gap in found] == [
        ("away", now - away_s, now)
    ] * is_gap
    assert earlier == []
