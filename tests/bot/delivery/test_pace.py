"""What breaks: Telegram is asked too often and shuts the bot up; a person waits behind what nobody waits for."""

import asyncio
from itertools import pairwise

import pytest

from bot.notifications.pace import (
    ANSWERS_MOST,
    APART_S,
    CHATS_KNOWN,
    GROUP_MOST,
    JOBS_MOST,
    OVERALL_MOST,
    OVERALL_WINDOW_S,
    Pace,
)
from bot.sandbox.rates import Rates
from bot.telegram.answering import Answering


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def _leave(pace: Pace, seconds: Seconds, chats: list[int]) -> list[float]:
    """When a message to each of these chats leaves, one waiting behind the other."""
    moments = []
    for chat in chats:
        seconds.now += pace.chat_wait_s(chat)
        seconds.now += pace.overall_wait_s()
        pace.leave()
        moments.append(seconds.now)
    return moments


def _most_in(moments: list[float], window_s: float) -> int:
    return max(sum(start <= at < start + window_s for at in moments) for start in moments)


def test_no_second_has_more_than_telegram_allows(seconds):
    moments = _leave(Pace(seconds), seconds, list(range(1, 201)))
    assert _most_in(moments, 1.0) <= 30
    assert _most_in(moments, OVERALL_WINDOW_S * 0.999) == OVERALL_MOST
    assert moments[-1] - moments[0] < 200 / OVERALL_MOST


def test_what_was_held_up_is_caught_up_with_and_never_in_one_burst(seconds):
    pace = Pace(seconds)
    before = _leave(pace, seconds, list(range(1, 15)))
    seconds.now += 0.15
    after = _leave(pace, seconds, list(range(101, 115)))
    assert after[-1] - before[0] < OVERALL_WINDOW_S
    assert min(later - sooner for sooner, later in pairwise(after)) == pytest.approx(APART_S)


async def test_what_nobody_waits_for_leaves_after_the_answer_that_is_being_made():
    answering, pace, left = Answering(), Pace(), []

    async def send() -> None:
        await pace.wait(5, answering.stand_aside)
        left.append("summary")

    with answering.one():
        sending = asyncio.ensure_future(send())
        for _ in range(10):
            await asyncio.sleep(0)
        left.append("answer")
    await sending
    assert left == ["answer", "summary"]


async def test_several_that_wait_leave_one_behind_the_other():
    pace = Pace()
    await asyncio.gather(*(pace.wait(chat) for chat in range(1, 11)))
    assert min(later - sooner for sooner, later in pairwise(pace._left)) >= APART_S * 0.999


def test_a_chat_gets_one_a_second(seconds):
    assert _most_in(_leave(Pace(seconds), seconds, [5] * 10), 0.999) == 1


def test_a_group_gets_twenty_a_minute(seconds):
    moments = _leave(Pace(seconds), seconds, [-5] * 45)
    assert _most_in(moments, 59.999) == GROUP_MOST
    assert moments[-1] - moments[0] >= 120


def test_a_person_may_get_more_than_twenty_a_minute(seconds):
    moments = _leave(Pace(seconds), seconds, [5] * 30)
    assert moments[-1] - moments[0] < 30


def test_chats_do_not_wait_for_each_other(seconds):
    pace = Pace(seconds)
    assert [pace.chat_wait_s(5), pace.chat_wait_s(5)] == [0.0, 1.0]
    assert pace.chat_wait_s(6) == 0.0


def test_an_answer_is_not_held_up_and_takes_the_place_of_others(seconds):
    pace = Pace(seconds)
    for _ in range(OVERALL_MOST):
        pace.note(5)
    assert pace.overall_wait_s() == pytest.approx(OVERALL_WINDOW_S)
    assert pace.chat_wait_s(5) == 1.0


def test_what_is_known_of_chats_is_forgotten_in_time(seconds):
    pace = Pace(seconds)
    _leave(pace, seconds, list(range(1, CHATS_KNOWN + 1)))
    seconds.now += 120
    _leave(pace, seconds, [1])
    assert len(pace._sent) == 1


async def test_two_processes_that_know_nothing_of_each_other_stay_within_what_one_may_send():
    rates = Rates(enforce=True)
    answers, jobs = Pace(overall_most=ANSWERS_MOST), Pace(overall_most=JOBS_MOST)

    async def answer(chat: int) -> None:
        await answers.wait_for_share()
        rates.check("sendMessage", {"chat_id": chat})

    async def tell(chat: int) -> None:
        await jobs.wait(chat)
        rates.check("sendMessage", {"chat_id": chat})

    await asyncio.gather(*(answer(chat) for chat in range(1, 30)), *(tell(chat) for chat in range(100, 140)))
