"""What breaks: a person who waits behind summaries, summaries that never come because people keep asking."""

import asyncio

import pytest

from bot.telegram.answering import Answering


async def test_work_stands_aside_until_the_last_answer_is_given():
    answering, order = Answering(), []

    async def work() -> None:
        await answering.stand_aside(at_most_s=60)
        order.append("work")

    with answering.one():
        working = asyncio.ensure_future(work())
        with answering.one():
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        order.append("answer")
    await working
    assert order == ["answer", "work"]


async def test_it_does_not_stand_aside_for_ever():
    answering = Answering()
    with answering.one():
        await answering.stand_aside(at_most_s=0)


async def test_an_answer_that_failed_holds_nobody_up():
    answering = Answering()
    with pytest.raises(KeyError), answering.one():
        raise KeyError
    await answering.stand_aside(at_most_s=60)
