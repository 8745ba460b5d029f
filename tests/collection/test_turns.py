"""What breaks: one person's many pages hold up another's one, a wait that is told wrongly, a handler that keeps its slot."""

import asyncio

import pytest

from bot.collection.turns import Queue, Turns
from bot.telegram.chat_queues import ChatQueues
from bot.telegram.slots import free_slot


class Time:
    """A clock that jumps to the moment of each timer."""

    def __init__(self):
        self.now_s = 100.0

    def later(self, delay_s, call):
        def fire():
            self.now_s += delay_s
            call()

        asyncio.get_running_loop().call_soon(fire)


async def _read(turns, time, person, pages, order):
    with turns.promised(person, pages):
        for _ in range(pages):
            await turns.take()
            order.append((person, time.now_s))


async def test_people_are_served_in_turn_and_a_second_apart_however_much_one_asks():
    time, order = Time(), []
    turns = Turns(1.0, clock=lambda: time.now_s, later=time.later)
    await asyncio.gather(
        *(_read(turns, time, 1, 1, order) for _ in range(5)), _read(turns, time, 2, 1, order)
    )
    assert [person for person, _ in order] == [1, 2, 1, 1, 1, 1]
    assert [at - order[0][1] for _, at in order] == [0, 1, 2, 3, 4, 5]


async def test_who_gives_up_waiting_takes_no_turn_and_holds_nobody_up():
    time, order = Time(), []
    turns = Turns(1.0, clock=lambda: time.now_s, later=time.later)
    gone = asyncio.ensure_future(turns.take())
    await asyncio.sleep(0)
    gone.cancel()
    await _read(turns, time, 2, 2, order)
    assert [at for _, at in order] == [100.0, 101.0]


async def test_the_wait_that_is_told_is_one_turn_of_each_other_for_each_of_mine():
    turns = Turns(2.0)
    with turns.promised(1, 60), turns.promised(2, 1), turns.promised(3, 0):
        assert turns.queue(9, 3) == Queue(people=2, wait_s=(3 + 1 + 3) * 2.0)
        assert turns.queue(9, 0).wait_s == 0.0
    assert turns.queue(9, 3) == Queue(people=0, wait_s=6.0)


async def test_a_handler_that_waits_lets_the_next_chat_and_its_own_next_item_go_on():
    slow, done, finished = asyncio.Event(), [], asyncio.Event()

    async def handle(item):
        if item == "slow":
            free_slot()
            await slow.wait()
        done.append(item)
        if len(done) == 2:
            finished.set()

    queues = ChatQueues(handle, at_once=1)
    for chat, item in [(1, "slow"), (1, "next"), (2, "other")]:
        queues.put(chat, item)
    await asyncio.wait_for(finished.wait(), 5)
    assert sorted(done) == ["next", "other"]
    slow.set()
    assert await queues.close(timeout_s=5)
    assert done[-1] == "slow"
    assert queues.waiting == 0


async def test_who_waits_when_the_program_ends_is_cancelled_at_once_and_nobody_waits_any_more():
    turns = Turns(3600.0)
    await turns.take()
    waiting = asyncio.ensure_future(turns.take())
    await asyncio.sleep(0)
    turns.close()
    for late in (waiting, asyncio.ensure_future(turns.take())):
        with pytest.raises(asyncio.CancelledError):
            await late
