"""What breaks: a watch that ends without a report, with one that saw nothing, or goes on after it was called off."""

from types import SimpleNamespace

import numpy as np
import pytest

from bot.collection.due_pages import DuePages
from bot.collection.following import Following
from bot.features.check.watch_report import compose
from bot.features.check.watching import Watching
from bot.telegram.answering import Answering
from metrics.maturity import VIEWS
from storage.system import outbox
from storage.workspace import channels, workspaces
from tests.collection.conftest import START

FINAL = 900  # views at 7 days: under a thousand the page does not round


@pytest.fixture
async def workspace(database):
    async with database.begin() as conn:
        now = int(START.timestamp())
        return await workspaces.ensure(
            conn, chat_id=7, kind="private", title=None, language="ru", zone="Europe/Moscow", now=now
        )


@pytest.fixture
def watching(database, pages, clock):
    return Watching(database, Following(database, pages), clock)


@pytest.fixture
async def seller(box, ann):
    channel = await box.channel("Продавец", owner=ann, username="the_seller", subscribers=4_000)
    await channel.post("До наблюдения")
    return channel


def views_at(age_h: int, *, burst: bool) -> int:
    """Half of them bought, 26 hours after the post, where `burst` says so."""
    organic = FINAL / 2 * float(VIEWS.share(np.array([max(age_h, 1)]))[0])
    return round(organic + (FINAL / 2 if burst and age_h > 26 else 0))


@pytest.fixture
def play(seller, pass_time, database, pages, clock):
    """Two days, a post every three hours of the first."""

    async def two_days(*, burst: bool) -> int:
        due, now, published = DuePages(database, pages, clock), 0, {}
        for hour in range(50):
            if hour < 24 and hour % 3 == 0:
                (post,) = await seller.post(f"Пост {hour}")
                published[post] = hour
            for post, since in published.items():
                await seller.set_views(post, views_at(hour - since, burst=burst))
            while await due.read_next():
                pass
            now = await pass_time(hours=1)
        return now

    return two_days


@pytest.fixture
def report(database, workspace, workers, clock):
    async def take(now: int):
        async with database.begin() as conn:
            taken = await outbox.take(conn, now, 10)
        services = SimpleNamespace(database=database, workers=workers, clock=clock, answering=Answering())
        return [await compose(services, workspace, one) for one in taken]

    return take


@pytest.mark.parametrize(
    ("burst", "says"), [(True, "рывок просмотров за 4 часа"), (False, "признаков накрутки нет")]
)
async def test_after_48_hours_the_report_comes_with_what_only_a_watch_shows(
    watching, workspace, play, report, burst, says
):
    begun = await watching.begin(workspace, "the_seller", 7, days=2, price=1_000, topic=None, thread_id=None)
    assert begun.channel.is_watched
    assert await report(begun.until - 1) == []
    now = await play(burst=burst)
    (told,) = await report(now)
    assert told.text.startswith("Наблюдал 48 часов.")
    assert says in told.text
    assert told.picture.startswith(b"\x89PNG")
    labels = [button.text for row in told.markup.inline_keyboard for button in row]
    assert "👁 Наблюдать неделю" in labels


async def test_a_watch_called_off_leaves_nothing_and_says_nothing(
    database, watching, workspace, seller, report
):
    begun = await watching.begin(workspace, "the_seller", 7, days=2, price=None, topic=None, thread_id=None)
    assert await watching.end(workspace, begun.channel.id)
    assert not await watching.end(workspace, begun.channel.id)
    assert await report(begun.until) == [None]
    async with database.read() as conn:
        assert await channels.visible(conn, workspace.id, watched=True) == []


async def test_what_was_added_meanwhile_stays(database, watching, workspace, seller):
    begun = await watching.begin(workspace, "the_seller", 7, days=2, price=None, topic=None, thread_id=None)
    async with database.begin() as conn:
        now = int(START.timestamp())
        await channels.add(
            conn, workspace.id, platform="telegram", title="Продавец", handle="the_seller", now=now
        )
    assert not await watching.end(workspace, begun.channel.id)
    async with database.read() as conn:
        assert [one.id for one in await channels.visible(conn, workspace.id)] == [begun.channel.id]


async def test_a_watch_asked_for_again_is_the_same_watch_with_one_report(watching, workspace, seller, report):
    how = {"price": None, "topic": None, "thread_id": None}
    first = await watching.begin(workspace, "the_seller", 7, days=2, **how)
    again = await watching.begin(workspace, "the_seller", 7, days=2, **how)
    week = await watching.begin(workspace, "the_seller", 7, days=7, **how)
    assert (first.goes_on, again.goes_on, week.goes_on) == (False, True, False)
    assert again.until == first.until < week.until
    assert len(await report(first.until)) == 1
