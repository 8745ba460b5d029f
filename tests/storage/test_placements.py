"""What breaks: a placement that is lost, doubled, or takes its figures with it where it should not; a CPM out of nothing."""

import pytest

from metrics.errors import DomainError
from metrics.placement import People, Reading
from storage.workspace import channels, members, placements, workspaces
from storage.workspace.news import MemberEvent
from storage.workspace.placements_people import people
from tests.storage.places import NOW

DAY_S = 86_400


@pytest.fixture
async def home(conn):
    made = await workspaces.ensure(
        conn, chat_id=1, kind="private", title=None, language="ru", zone="Europe/Moscow", now=NOW
    )
    return made.id


async def place(conn, home, link: str | None = None, price: float = 10_000, **row):
    known = {
        "handle": "seller",
        "link": link,
        "price": price,
        "added_by": 5,
        "created_at": NOW,
        "published_at": NOW,
    }
    return await placements.add(conn, home, known | row)


def a_reading(age_h: int, views: int | None, late_s: int = 0, **how) -> Reading:
    known = {"step": 0, "is_typed": False, "reason": None, "people": None}
    return Reading(age_h=age_h, observed_at=NOW + age_h * 3600 + late_s, views=views, **{**known, **how})


async def test_one_post_is_written_down_once(conn, home):
    first = await place(conn, home, "https://t.me/seller/1")
    planned = [await place(conn, home) for _ in range(2)]  # any number of posts that are not out yet
    with pytest.raises(DomainError, match=r"placement\.known"):
        await place(conn, home, "https://t.me/seller/1")
    with pytest.raises(DomainError, match=r"placement\.known"):
        await placements.change(conn, home, planned[0].id, {"link": "https://t.me/seller/1"})
    assert await placements.get(conn, home, first.id) == first


async def test_an_age_has_one_reading_the_latest(conn, home):
    made = await place(conn, home)
    for views in (100, 200):
        await placements.keep_reading(conn, home, made.id, a_reading(24, views, people=People(5, 1, 1, 1)))
    await placements.keep_reading(conn, home, made.id, a_reading(1, None, reason="closed"))
    kept = (await placements.readings(conn, home))[made.id]
    assert [(one.age_h, one.views, one.reason) for one in kept] == [(1, None, "closed"), (24, 200, None)]
    assert kept[1].people == People(5, 1, 1, 1)
    assert await placements.remove(conn, home, made.id)
    assert await placements.readings(conn, home) == {}
    with pytest.raises(DomainError, match=r"placement\.gone"):
        await placements.keep_reading(conn, home, made.id, a_reading(24, 5))


async def test_the_usual_price_comes_from_views_at_24_hours_alone(conn, home):
    assert await placements.cpm_range(conn, home) is None
    for price, age_h, views in (
        (10_000, 24, 20_000),
        (9_000, 24, 10_000),
        (1, 48, 10_000),
        (5, 24, 0),
        (0, 24, 10_000),
        (7, 24, None),
    ):
        made = await place(conn, home, price=price)
        await placements.keep_reading(conn, home, made.id, a_reading(age_h, views))
    late = await place(conn, home, price=1)
    await placements.keep_reading(conn, home, late.id, a_reading(24, 10_000, late_s=30_000))
    assert await placements.cpm_range(conn, home) == (500, 900, 2)
    assert await placements.cpm_range(conn, home, "₽") == (500, 900, 2)
    assert await placements.cpm_range(conn, home, "$") is None


async def test_a_removed_channel_leaves_what_was_paid(conn, home):
    channel = await channels.add(conn, home, platform="telegram", title="Наш", chat_id=-1001, now=NOW)
    made = await place(conn, home, channel_id=channel.id, invite_link="https://t.me/+a")
    await channels.remove(conn, home, channel.id)
    left = await placements.get(conn, home, made.id)
    assert left is not None
    assert (left.channel_id, left.price) == (None, 10_000)
    assert await people(conn, home, [left], NOW) == {}


async def test_people_are_told_by_the_link_of_each_placement(conn, home):
    channel = await channels.add(conn, home, platform="telegram", title="Наш", chat_id=-1001, now=NOW)
    first, second = [
        await place(conn, home, channel_id=channel.id, invite_link=f"https://t.me/+{name}") for name in "ab"
    ]

    def event(person: str, day: int, link: str | None, *, is_join: bool = True) -> MemberEvent:
        return MemberEvent(person, NOW + day * DAY_S + 1, is_join, link, None)

    events = [
        event("one", 0, first.invite_link),
        event("two", 0, first.invite_link),
        event("three", 0, first.invite_link),
        event("one", 0, None, is_join=False)._replace(happened_at=NOW + 9),
        event("two", 3, None, is_join=False),
        event("four", 0, None),
    ]
    await members.store(conn, home, channel.id, events, NOW)
    found = await people(conn, home, [first, second], NOW + 7 * DAY_S)
    assert found == {first.id: People(3, 2, 1, 2), second.id: People(0, 0, 0, 0)}
