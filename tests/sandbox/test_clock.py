"""The sandbox's time, and those who follow it."""

import asyncio
from datetime import UTC, datetime, timedelta

from aiohttp import ClientSession

from bot.demo.client import Sandbox
from tests.sandbox.conftest import NOON


async def test_messages_are_dated_by_the_sandbox(box, bot, ann):
    await box.set_clock(datetime(2027, 1, 1, tzinfo=UTC))
    await box.advance(90)
    sent = await bot.send_message(ann.id, "happy new year")
    assert sent.date == datetime(2027, 1, 1, 0, 1, 30, tzinfo=UTC)


async def test_real_time_flows_unless_set():
    async with Sandbox.started() as box:
        assert abs(await box.now() - datetime.now(UTC)) < timedelta(seconds=5)
        await box.set_clock(NOON)
        assert await box.now() == NOON
        await box.wire.post("/sandbox/clock", flow=True)
        assert abs(await box.now() - datetime.now(UTC)) < timedelta(seconds=5)


async def test_a_follower_hears_of_the_next_version_at_once(box):
    before = await box.wire.get("/sandbox/clock")
    follower = asyncio.ensure_future(box.wire.get("/sandbox/clock", after=before["version"]))
    changed = await box.advance(60)
    heard = await asyncio.wait_for(follower, 5)
    assert heard == changed
    assert (heard["now"], heard["version"]) == ("2026-03-02T12:01:00+00:00", before["version"] + 1)


async def test_setting_can_wait_for_every_follower(box):
    async def follow(client: str) -> int:
        state = await box.wire.get("/sandbox/clock", after=0, client=client)
        await box.wire.post("/sandbox/clock/ack", client=client, version=state["version"])
        return state["version"]

    followers = [asyncio.ensure_future(follow(name)) for name in ("one", "two")]
    # The followers must be known before the clock moves.
    while len(box.server.world.clock.followers) < 2:
        await asyncio.sleep(0)
    answer = await asyncio.wait_for(box.advance(60, wait=True), 5)
    assert answer["acknowledged"]
    assert [await follower for follower in followers] == [1, 1]


async def test_a_follower_that_is_gone_is_not_waited_for(box):
    async with ClientSession() as session:
        waiting = asyncio.ensure_future(session.get(f"{box.url}/sandbox/clock?after=0&client=gone"))
        while not box.server.world.clock.followers:
            await asyncio.sleep(0)
        waiting.cancel()
        answer = await asyncio.wait_for(box.advance(60, wait=True), 5)
    assert answer["acknowledged"]


async def test_nobody_follows_so_nobody_is_waited_for(box):
    answer = await asyncio.wait_for(box.set_clock(NOON, wait=True), 5)
    assert answer["acknowledged"]
