"""Who joined and left: a leaver that is told before the join, and people who have become indistinguishable since."""

import pytest

from metrics.durations import DAY_S
from metrics.followers import Stay
from metrics.posts import AudienceReading
from storage.system.collection import forget_persons
from storage.workspace import audience, channels, live, members
from storage.workspace.news import MemberEvent
from tests.storage.places import NOW, settle

JOINED = NOW - 40 * DAY_S


def event(person: str, at: int, *, is_join: bool, link: str | None = None) -> MemberEvent:
    return MemberEvent(person, at, is_join, link, link and "Реклама")


@pytest.fixture
async def place(conn):
    settled = await settle(conn, chat_id=10, word="наш", number=1)
    channel = await channels.add(conn, settled.workspace_id, platform="telegram", title="новый", now=NOW)
    return conn, settled.workspace_id, channel.id


async def test_a_stay_ends_with_the_first_leave_in_whatever_order_it_is_told(place):
    await members.store(*place, [event("ann", JOINED + 60, is_join=False)], NOW)
    await members.store(*place, [event("ann", JOINED, is_join=True, link="+one")], NOW)
    await members.store(
        *place, [event("ann", JOINED + 90, is_join=True), event("bob", JOINED, is_join=True)], NOW
    )
    await members.store(*place, [event("ann", JOINED + 99, is_join=False)], NOW)
    assert sorted(await members.joins(*place, JOINED, NOW), key=str) == [
        Stay(JOINED, JOINED + 60, "+one", "Реклама"),
        Stay(JOINED, None, None, None),
        Stay(JOINED + 90, JOINED + 99, None, None),
    ]
    assert await members.leaves(*place, JOINED, JOINED + 99) == [JOINED + 60]


async def test_how_long_somebody_stayed_is_known_when_nobody_is_told_from_others_any_more(place):
    events = [
        event("ann", JOINED, is_join=True, link="+one"),
        event("ann", JOINED + 3 * DAY_S, is_join=False),
    ]
    await members.store(*place, events, NOW)
    await forget_persons(place[0], NOW - 30 * DAY_S)
    [by] = await members.by_link(*place, JOINED, NOW)
    assert (by.joined, by.left, by.left_within_day, by.left_within_week) == (1, 1, 0, 1)


async def test_joins_are_known_since_the_bot_first_counted_there(place):
    assert await members.known_since(*place) is None
    for at, source in ((NOW - 9, "file"), (NOW - 5, "bot"), (NOW - 3, "bot")):
        await audience.store(*place, [AudienceReading(at, 100, 0)], source=source, now=NOW)
    assert await members.known_since(*place) is None  # anybody's public channel is counted
    await live.begin(*place, live.CollectionTerms(), NOW, person=5)
    assert await members.known_since(*place) == NOW - 5
    await members.store(*place, [event("ann", NOW - 7, is_join=True)], NOW)
    assert await members.known_since(*place) == NOW - 7
