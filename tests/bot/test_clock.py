"""What breaks: a bot on trial that lives in another time than its chat page, a program that is dead and called alive."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.core.clock import FixedClock
from bot.core.remote_clock import RemoteClock
from bot.notifications.housekeeping import keep_house
from storage.retention import UPDATES_S
from storage.system import everywhere

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_the_clock_follows_and_ticks_before_it_acknowledges(box):
    await box.set_clock(NOON)
    clock = RemoteClock(f"{box.url}/sandbox/clock")
    await clock.set_first()
    assert clock.now() == NOON
    ticked: list[datetime] = []

    async def note() -> None:
        ticked.append(clock.now())

    following = asyncio.ensure_future(clock.follow(note))
    answer = await box.set_clock(NOON + timedelta(days=7), wait=True)
    assert answer["acknowledged"]
    assert ticked[-1] == NOON + timedelta(days=7)
    following.cancel()


async def test_time_that_flows_there_flows_here(box):
    clock = RemoteClock(f"{box.url}/sandbox/clock")
    await clock.set_first()
    assert abs(clock.now() - await box.now()) < timedelta(seconds=5)
    earlier = clock.now()
    assert clock.now() > earlier


async def test_a_clock_that_went_away_is_followed_when_it_is_back(box, monkeypatch):
    monkeypatch.setattr("bot.core.remote_clock.RETRY_S", 0.01)
    clock = RemoteClock(f"{box.url}/sandbox/clock")
    await clock.set_first()
    good, clock._url = clock._url, "http://127.0.0.1:1/"
    ticked = asyncio.Event()

    async def note() -> None:
        ticked.set()

    following = asyncio.ensure_future(clock.follow(note))
    await asyncio.sleep(0.03)
    clock._url = good
    await box.set_clock(NOON)
    await ticked.wait()
    assert clock.now() == NOON
    following.cancel()


async def test_a_tick_says_alive_and_forgets_old_updates_and_leftovers(running, database, tmp_path):
    """The first tick comes with the start."""
    while True:
        async with database.read() as conn:
            if (at := await everywhere.last_tick(conn)) is not None:
                break
        await asyncio.sleep(0.01)
    assert abs(at - datetime.now(UTC).timestamp()) < 60
    now = int(NOON.timestamp())
    async with database.begin() as conn:
        await everywhere.keep_updates(conn, [(1, 5, "{}"), (2, 5, "{}")], now=now - UPDATES_S - 1)
        await everywhere.keep_updates(conn, [(3, 5, "{}")], now=now)
        await everywhere.finish_update(conn, 1)
        await everywhere.finish_update(conn, 3)
    assert await keep_house(database, FixedClock(NOON))
    async with database.begin() as conn:
        known = await everywhere.keep_updates(conn, [(1, 5, "{}"), (3, 5, "{}")], now=now)
        assert [kept.update_id for kept in await everywhere.unfinished(conn)] == [1, 2]
    assert known == [1]
