"""What breaks: one person who keeps the bot from all others, or a bot that answers each of a hundred presses."""

import asyncio

import pytest

from bot.telegram.throttle import BURST, Throttle, Verdict


async def test_a_burst_is_welcome_then_one_warning_then_silence():
    throttle = Throttle(per_minute=6000, burst=3)
    verdicts = [await throttle.admit(1) for _ in range(6)]
    assert verdicts == [Verdict.WELCOME] * 3 + [Verdict.WARN] + [Verdict.IGNORE] * 2
    assert await throttle.admit(2) is Verdict.WELCOME


async def test_a_flood_that_slips_through_now_and_then_is_not_warned_each_time():
    throttle = Throttle(per_minute=6000, burst=3)  # a place comes free every 10 ms
    verdicts = [await throttle.admit(1)]
    while verdicts.count(Verdict.WELCOME) < 6:
        verdicts.append(await throttle.admit(1))
        await asyncio.sleep(0)
    assert verdicts.count(Verdict.WARN) == 1


@pytest.mark.usefixtures("running")
async def test_in_a_chat_the_hasty_one_is_told_once_and_others_are_served(box, settled):
    ann, bob = await box.person("Ann", language="en"), await box.person("Bob", language="en")
    for _ in range(2 * BURST):
        await ann.send("/lang")
    await bob.send("/lang")
    assert "Which language" in (await bob.wait_for_answer()).text
    await settled()
    said = [message.text for message in await ann.messages() if message.is_from_bot]
    assert BURST <= sum("Which language" in text for text in said) < 2 * BURST
    assert sum("too fast" in text for text in said) == 1


@pytest.mark.usefixtures("running")
async def test_talk_in_a_group_is_as_fast_as_people_like(box, settled):
    ann = await box.person("Ann", language="en")
    here = ann.at(await box.group("Team", owner=ann))
    await here.wait_for_answer()
    for _ in range(2 * BURST):
        await here.send("ha")
    await here.send("/lang")
    assert "Which language" in (await here.wait_for_answer()).text
    await settled()
    assert not [message for message in await here.messages() if "too fast" in message.text]
