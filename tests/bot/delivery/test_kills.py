"""What breaks: a summary lost, or sent twice, when a real process dies, on both databases.

Twice is what came to a chat before the kill and was not yet written down as sent; nothing else may come twice.
"""

import asyncio
import random
import sys
import time
from itertools import cycle

import pytest

from bot.core.roles import Role
from bot.core.settings import TelegramSettings
from bot.notifications.pace import ANSWERS_MOST
from bot.notifications.sender import AT_ONCE
from bot.opening import make_bot
from storage.system import everywhere
from tests.bot.delivery.lives import Lives

FEW, MANY = 60, 1_000
DUE_TOGETHER = 150  # ten seconds of sending
FEW_REFUSED = 30  # a held-up process lets calls pile up within one second of Telegram's; 338 without shares
SEED = 20_260_302


@pytest.fixture
def database_url(url) -> str:
    """In place of SQLite alone: both engines."""
    return url


async def test_killed_again_and_again_every_summary_arrives(lives):
    await lives.make_due(FEW, int(time.time()) - 60)
    chance = random.Random(SEED)
    for kill in (
        {"call": 5, "when": "before"},
        {"call": 9, "when": "after"},
        {"call": chance.randint(2, 9), "when": "after", "delay_s": chance.uniform(0.01, 0.2)},
    ):
        async with lives.life() as life:
            await lives.kill_at(life, **kill)
    async with lives.life() as last:
        await lives.complete(last)


@pytest.mark.soak
async def test_killed_at_many_moments_every_summary_arrives(lives):
    await lives.make_due(MANY, int(time.time()) - 60)
    chance = random.Random(SEED)
    for _ in range(20):
        async with lives.life() as life:
            kill = {"call": chance.randint(1, 40), "when": chance.choice(["before", "after"])}
            await lives.kill_at(life, **kill, delay_s=chance.choice([0, chance.uniform(0, 0.5)]))
    async with lives.life() as last:
        await lives.complete(last)
    _tell(lives)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.soak)])
async def test_another_process_takes_over_from_a_killed_sender(lives, count):
    await lives.make_due(count, int(time.time()) - 60)
    async with lives.life() as first:
        await lives.arrive(1)
        async with lives.life() as second:
            await lives.arrive(count // 2)
            await lives.kill(first)
            await lives.complete(second)
    _tell(lives)


async def test_the_two_halves_run_apart(lives):
    """Each has a pulse of its own, and ends when it is told to."""
    await lives.make_due(2, int(time.time()) - 60)
    ann = await lives.box.person("Ann", language="en")
    await ann.send("/help")
    async with lives.life("chat") as chat:
        assert "What I can do" in (await ann.wait_for_answer(timeout_s=60)).text
        assert await lives.sent() == set()
        async with lives.life("jobs") as jobs:
            while await lives.sent() != set(lives.people):
                await asyncio.sleep(0.05)
            async with lives.database.read() as conn:
                ticks = [await everywhere.last_tick(conn, role.ticker) for role in (Role.CHAT, Role.JOBS)]
            assert None not in ticks
            assert await jobs.stop() == 0
        assert await chat.stop() == 0


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
async def test_the_two_halves_keep_one_limit_of_telegrams_together_and_summaries_hold_no_answer_up(lives):
    """Unless each keeps its share, both send as if they were alone: hundreds of 429s, answers that wait for them."""
    await lives.make_due(DUE_TOGETHER, int(time.time()) - 60)
    askers = [await lives.box.person(f"Asks {number}", language="en") for number in range(ANSWERS_MOST)]
    settings = TelegramSettings.model_validate(
        {"bot_token": lives.box.token, "telegram_api_url": lives.box.url}
    )
    async with make_bot(settings) as bot:
        await bot.delete_webhook(drop_pending_updates=True)  # /start of all who have a summary due
    await lives.box.enforce_limits()
    arrived_meanwhile = []
    async with lives.life("chat") as chat, lives.life("jobs") as jobs:
        await lives.arrive(1)
        for asker in cycle(askers):
            before = lives.arrived().total()
            await asker.send("/help")
            assert "What I can do" in (await asker.wait_for_answer(timeout_s=60)).text
            after = lives.arrived().total()
            arrived_meanwhile.append(after - before)
            if after == DUE_TOGETHER:
                break
        await lives.complete(jobs)
        assert await chat.stop() == 0
    refused = [call for call in await lives.box.calls() if call["status"] == 429]
    assert len(refused) <= FEW_REFUSED
    assert len(arrived_meanwhile) > len(askers)
    assert max(arrived_meanwhile[1:]) < DUE_TOGETHER / 3  # the first one waits until all is loaded
    sys.stdout.write(
        f"429s {len(refused)}, answers {len(arrived_meanwhile)}, summaries meanwhile at most {max(arrived_meanwhile)}\n"
    )


def _tell(lives: Lives) -> None:
    """Both counts, shown by `pytest -rP`."""
    twice = lives.expected.total() - len(lives.people)
    sys.stdout.write(f"due {len(lives.people)}, arrived {len(+lives.arrived())}, twice {twice}\n")
    assert twice <= AT_ONCE * lives.kills
