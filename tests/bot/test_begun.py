"""What breaks: a run that is counted against what never ran, or a count that an answer has to wait for."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.telegram.begun import SOON_S, Begun, waiting_elsewhere
from storage.system import collection as everywhere_collection
from storage.system import everywhere

ROOT = Path(__file__).parents[2]
ROWS = [(number, number, "{}") for number in range(1, 5)]


@pytest.fixture
async def kept(database):
    async with database.begin() as conn:
        await everywhere.keep_updates(conn, ROWS, now=1)

    async def counts() -> list[int]:
        async with database.read() as conn:
            return [update.attempts for update in await everywhere.unfinished(conn)]

    return counts


async def test_a_first_run_is_counted_while_it_runs_and_what_waits_is_not(database, kept):
    begun = Begun(database)
    begun.begin([1, 3])
    while await kept() == [0, 0, 0, 0]:
        await asyncio.sleep(0.01)
    assert await kept() == [1, 0, 1, 0]


async def test_nobody_waits_for_the_count_while_somebody_else_writes(database, kept):
    """What ended meanwhile is not counted at all."""
    begun = Begun(database)
    async with database.begin():
        begun.begin([1, 2])
        await asyncio.sleep(0.2)
        begun.end([1])
    while await kept() == [0, 0, 0, 0]:
        await asyncio.sleep(0.01)
    assert await kept() == [0, 1, 0, 0]


async def test_a_later_run_is_counted_before_it_begins(database, kept):
    begun = Begun(database)
    await begun.begin_again([2, 2, 4])
    assert await kept() == [0, 1, 0, 1]


async def test_what_an_ordered_stop_cut_off_has_not_run(database, kept):
    begun = Begun(database)
    await begun.begin_again([1, 2, 3])
    async with database.begin() as conn:
        await everywhere_collection.finish_updates(conn, [3])
    begun.end([3])
    begun.begin([4])
    await begun.close()
    assert await kept() == [0, 0, 0]


async def test_what_waits_for_a_network_is_not_counted_until_it_goes_on(database, kept):
    """Two waits of one run at a time are one wait."""
    begun = Begun(database)
    await begun.start([1], [2])
    while await kept() == [0, 1, 0, 0]:
        await asyncio.sleep(0.01)
    assert await kept() == [1, 1, 0, 0]
    async with waiting_elsewhere():
        async with waiting_elsewhere():
            assert await kept() == [0, 0, 0, 0]
        assert await kept() == [0, 0, 0, 0]
    assert await kept() == [1, 1, 0, 0]


async def test_a_wait_that_fails_goes_on_and_one_that_is_cut_off_does_not(database, kept):
    begun = Begun(database)
    await begun.start([], [1])
    with pytest.raises(TimeoutError):
        async with waiting_elsewhere():
            raise TimeoutError
    assert await kept() == [1, 0, 0, 0]
    with pytest.raises(asyncio.CancelledError):
        async with waiting_elsewhere():
            raise asyncio.CancelledError
    assert await kept() == [0, 0, 0, 0]


async def test_a_count_on_its_way_when_the_wait_begins_is_taken_back(database, kept):
    begun = Begun(database)
    async with database.begin():  # the count waits for this long write
        await begun.start([1], [])
        await asyncio.sleep(0.2)
        waiting = asyncio.ensure_future(begun.pause([1]))
        await asyncio.sleep(0)
    await waiting
    await begun.close()
    assert await kept() == [0, 0, 0, 0]


async def test_waits_of_any_length_leave_each_run_counted_once(database, kept):
    """What it catches: a wait that ends while a count is on its way was counted by both, and called the culprit."""
    begun, chance = Begun(database), random.Random(20_261_128)

    async def run(number: int) -> None:
        await begun.start(*(([number], []) if number % 2 else ([], [number])))
        for _ in range(20):
            await asyncio.sleep(chance.uniform(0, 2 * SOON_S))
            async with waiting_elsewhere():
                await asyncio.sleep(chance.choice([0, chance.uniform(0, SOON_S)]))

    async def write() -> None:
        while True:
            async with database.begin(at_once=True):
                await asyncio.sleep(chance.uniform(0, SOON_S))

    writing = asyncio.ensure_future(write())
    await asyncio.gather(*(run(number) for number, *_ in ROWS))
    writing.cancel()
    while 0 in await kept():
        await asyncio.sleep(0.01)
    assert await kept() == [1, 1, 1, 1]
    await begun.close()
    assert await kept() == [0, 0, 0, 0]


async def test_a_wait_of_what_goes_on_after_its_update_is_finished_counts_nothing(database, kept):
    begun = Begun(database)
    await begun.start([], [1])
    async with waiting_elsewhere():
        begun.end([1])
    assert await kept() == [0, 0, 0, 0]


def test_every_door_to_another_service_is_waited_at_without_being_counted():
    """Exact counters are read by the clock, never in a handler."""
    found = [path for path in (ROOT / "bot/collection").rglob("*.py") if "exact" not in path.parts]
    doors = [path for path in found if "ClientSession(" in path.read_text("utf-8")]
    assert len(doors) >= 3
    assert [path for path in doors if "waiting_elsewhere()" not in path.read_text("utf-8")] == []
