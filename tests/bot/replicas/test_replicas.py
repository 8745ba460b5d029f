"""What breaks: an update that two processes handle, or none; answers of a chat that change places; what a dead one leaves."""

import asyncio
import sys
import time
from dataclasses import dataclass

import pytest

from bot.demo.client import Person
from tests.bot.replicas.crowd import PICTURE

COUNTER_FILES = 6


@dataclass(frozen=True)
class Load:
    """`together`: sends of all processes, where it is not what Telegram allows."""

    processes: int
    chats: int
    per_s: float
    seconds: float
    summaries: int = 0
    together: str = ""


SHORT = Load(processes=3, chats=24, per_s=20, seconds=4)
LONG = Load(processes=4, chats=500, per_s=18, seconds=600, summaries=400)
HARD = Load(processes=4, chats=500, per_s=25, seconds=60, together="1000/s burst 100")


@pytest.mark.timeout(1_200)
@pytest.mark.parametrize(
    "load",
    [
        pytest.param(SHORT, id="short"),
        pytest.param(LONG, id="long", marks=pytest.mark.soak),
        pytest.param(HARD, id="hard", marks=pytest.mark.soak),
    ],
)
async def test_processes_die_and_come_and_every_update_is_handled_once_in_its_chats_order(
    replicas, crowd, load
):
    await crowd.settle(replicas.database, load.chats, int(time.time()), summaries=load.summaries)
    if load.together:
        replicas.env["SENDS_TOGETHER"] = load.together
    else:
        await crowd.box.enforce_limits()
    ports = await asyncio.gather(*(replicas.add() for _ in range(load.processes)))
    jobs = [await replicas.add("jobs") for _ in range(2 if load.summaries else 0)]
    asking = asyncio.ensure_future(crowd.ask_steadily(load.per_s, load.seconds, pictures_every=25))
    again = 0
    for port in ports[:2]:
        await asyncio.sleep(load.seconds / 4)
        again += crowd.may_come_again(await replicas.kill(port))
    await replicas.add()
    await asking
    asked_s, began = crowd.asked_s, time.perf_counter()
    while crowd.answered < crowd.total or await replicas.waiting():
        await asyncio.sleep(0.1)
    refused = [call for call in await crowd.box.calls() if call["status"] == 429]
    sys.stdout.write(
        f"{crowd.total} asked at {crowd.total / asked_s:.1f}/s, the last answered {time.perf_counter() - began:.1f} s "
        f"later, twice {crowd.doubled()} of at most {again}, summaries {crowd.summaries}, 429s {len(refused)}\n"
    )
    assert len(await replicas.states()) == crowd.total
    assert crowd.out_of_order() == {}
    assert crowd.doubled() <= again
    assert crowd.summaries == load.summaries
    for port in jobs:
        assert await replicas.stop(port) == 0


async def test_an_album_over_two_processes_is_one_import_and_what_was_answered_stays_so_over_a_restart(
    replicas, crowd
):
    """And a dialogue that one process began goes on in the other."""
    await crowd.settle(replicas.database, 8, int(time.time()))
    first, second = await asyncio.gather(replicas.add(), replicas.add())
    ann = crowd.people[0]
    await ann.send_files({f"{n}.csv": _statistics(n) for n in range(COUNTER_FILES)})
    asked = await ann.wait_for(lambda shown: bool(shown.buttons), timeout_s=60)
    assert await replicas.imports() == [COUNTER_FILES]
    assert await replicas.stop(first) == 0
    await ann.press(asked, "ER")
    await ann.wait_for(lambda shown: bool(shown.photo_id), timeout_s=60)
    others: list[Person] = crowd.people[1:]
    await asyncio.gather(*(crowd.ask(person) for person in others for _ in range(2)))
    while crowd.answered < crowd.total:
        await asyncio.sleep(0.05)
    third = await replicas.add()
    assert await replicas.stop(second) == 0
    await asyncio.gather(*(crowd.ask(person) for person in others))
    while await replicas.waiting() or crowd.answered < crowd.total:
        await asyncio.sleep(0.05)
    assert [crowd.answers(person.id) for person in others] == [[0, 1, 2]] * len(others)
    assert await replicas.stop(third) == 0
    assert PICTURE not in crowd.answers(others[0].id)


def _statistics(number: int) -> bytes:
    rows = "".join(f"{number * 100 + n},2026-10-{n % 28 + 1:02},Канал,{1_000 + n},40\n" for n in range(12))
    return f"id,date,channel,views,reactions\n{rows}".encode()


async def test_a_process_that_does_not_fit_to_the_others_says_why_and_ends(replicas):
    await replicas.add()
    said = await asyncio.gather(
        replicas.refused(REDIS_URL=""),
        replicas.refused(WEBHOOK_URL=""),
        replicas.refused(SECRET_KEY="another secret than that of the first"),
    )
    assert said == ["replicas.no_limits", "replicas.fetch", "replicas.other_secret"]
    assert len(await replicas.holders()) == 1
