"""What breaks: a summary that comes five times after five days away, twice from two processes, or never after a failure."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.core.roles import Role
from bot.notifications.due import claim, run_due
from bot.notifications.kind import Kind, Kinds
from bot.notifications.lease import Lease
from bot.ticking import ticking
from storage.system import due, everywhere
from storage.workspace import schedules
from tests.bot.delivery.conftest import NOW
from tests.storage.places import a_schedule

DAY = 86_400


@dataclass
class Ran:
    """(workspace, moment) of what was run by these kinds: the digest claims its moment, the alerts fail."""

    kinds: Kinds
    found: list[tuple[int, int]]


@pytest.fixture
def ran(services):
    found: list[tuple[int, int]] = []

    async def run_digest(services, schedule):
        async with services.database.begin() as conn:
            if await claim(conn, schedule, int(services.clock.now().timestamp())):
                found.append((schedule.workspace_id, schedule.next_due_at))

    async def run_alerts(services, schedule):
        raise RuntimeError("no figures")

    return Ran({"digest": Kind(run=run_digest), "alerts": Kind(run=run_alerts)}, found)


@pytest.fixture
def set_up(settle, database):
    """A workspace whose schedule of this kind is due at this moment."""

    async def make(chat_id: int, next_due_at: int, kind: str = "digest"):
        workspace = await settle(chat_id)
        async with database.begin() as conn:
            await schedules.save(conn, workspace.id, a_schedule(kind, next_due_at=next_due_at, at_minute=720))
        return workspace

    return make


async def test_days_away_are_one_late_summary(services, ran, set_up, database):
    workspace = await set_up(1, NOW - 5 * DAY)
    await run_due(services, ran.kinds)
    await run_due(services, ran.kinds)
    assert ran.found == [(workspace.id, NOW - 5 * DAY)]
    async with database.read() as conn:
        following = await schedules.get(conn, workspace.id, "digest")
    assert following.next_due_at == NOW + DAY


async def test_two_that_look_at_the_same_time_run_it_once(services, ran, set_up):
    for chat_id in range(1, 21):
        await set_up(chat_id, NOW)
    await asyncio.gather(run_due(services, ran.kinds), run_due(services, ran.kinds))
    assert len(ran.found) == len(set(ran.found)) == 20


async def test_a_clock_set_back_repeats_nothing_and_set_forth_skips_nothing(services, clock, ran, set_up):
    workspace = await set_up(1, NOW)
    await run_due(services, ran.kinds)
    clock.moment -= timedelta(hours=3)
    await run_due(services, ran.kinds)
    clock.moment += timedelta(hours=3)
    await run_due(services, ran.kinds)
    clock.moment += timedelta(days=1, hours=2)
    await run_due(services, ran.kinds)
    assert ran.found == [(workspace.id, NOW), (workspace.id, NOW + DAY)]


async def test_what_fails_stays_due_and_holds_up_no_other(services, ran, set_up, database):
    failing = await set_up(1, NOW - 60, kind="alerts")
    workspace = await set_up(2, NOW)
    await run_due(services, ran.kinds)
    assert ran.found == [(workspace.id, NOW)]
    async with database.read() as conn:
        assert [one.workspace_id for one in await due.due_schedules(conn, NOW, 10)] == [failing.id]


async def test_only_who_holds_the_lease_runs_what_is_due(services, ran, set_up, opening, database):
    """Two processes on one database: the second one stands by."""
    await set_up(1, NOW)
    async with opening() as first, opening() as second:
        assert (first.holds_lease, second.holds_lease) == (True, False)
        async with ticking(services, Role.JOBS, second, ran.kinds):
            await _ticked(database)
        assert ran.found == []
        async with ticking(services, Role.JOBS, first, ran.kinds):
            while not ran.found:
                await asyncio.sleep(0.01)
    assert len(ran.found) == 1


async def test_who_takes_the_lease_over_runs_what_is_due_at_once(
    services, ran, set_up, opening, database, monkeypatch
):
    """Not at the next full minute, which never comes here."""
    monkeypatch.setattr("bot.ticking.EVERY_MINUTE", {"year": 9999})
    await set_up(1, NOW)
    async with AsyncExitStack() as first:
        await first.enter_async_context(opening())
        async with (
            opening(lease=Lease(database, lease_s=1)) as second,
            ticking(services, Role.JOBS, second, ran.kinds),
        ):
            await _ticked(database)
            assert ran.found == []
            await first.aclose()
            while not ran.found:
                await asyncio.sleep(0.01)
    assert len(ran.found) == 1


async def test_a_process_told_to_stop_hands_the_lease_over(opening):
    async with opening() as first:
        assert first.holds_lease
    async with opening() as second:
        assert second.holds_lease


async def _ticked(database) -> None:
    while True:
        async with database.read() as conn:
            if await everywhere.last_tick(conn) is not None:
                return
        await asyncio.sleep(0.01)
