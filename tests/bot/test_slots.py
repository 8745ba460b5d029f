"""What breaks: somebody who waits for a network keeps others from being answered, or an update overtakes an earlier one."""

import asyncio

import pytest

from bot.collection.lookups import ADMITTED_AT_ONCE, Lookups
from bot.telegram.chat_queues import ChatQueues
from bot.telegram.slots import HELD, Slot, free_slot, lent_slot

AT_ONCE = 2


class Chats:
    """Items are (name, how it waits at the gate)."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.running = self.most = 0
        self.gate = asyncio.Event()
        self.queues = ChatQueues(self._handle, at_once=AT_ONCE)

    async def _handle(self, item) -> None:
        name, how = item
        self.begun.append(name)
        if how == "counts":
            self.running += 1
            self.most = max(self.most, self.running)
            await asyncio.sleep(0)
            self.running -= 1
        elif how == "lends":
            async with lent_slot():
                await self.gate.wait()
        elif how == "lends within a loan":
            async with lent_slot(), lent_slot():
                await self.gate.wait()
        elif how == "fails":
            async with lent_slot():
                await self.gate.wait()
                raise RuntimeError
        elif how == "frees":
            free_slot()
            async with lent_slot():
                await self.gate.wait()
        self.ended.append(name)

    async def settle(self) -> None:
        for _ in range(50):
            await asyncio.sleep(0)


@pytest.mark.parametrize("how", ["lends", "lends within a loan", "fails", "frees"])
async def test_however_many_wait_for_a_network_others_are_handled(how):
    chats = Chats()
    for number in range(AT_ONCE * 3):
        chats.queues.put(number, (f"slow {number}", how))
    chats.queues.put(99, ("quick", ""))
    await chats.settle()
    assert chats.ended == ["quick"]
    chats.gate.set()
    assert await chats.queues.close(timeout_s=1)


async def test_a_chats_next_update_waits_for_one_that_only_lends_its_slot():
    """A question about a file that is still on its way is answered from the file."""
    chats = Chats()
    chats.queues.put(1, ("file", "lends"))
    chats.queues.put(1, ("question", ""))
    await chats.settle()
    assert chats.begun == ["file"]
    chats.gate.set()
    await chats.settle()
    assert chats.ended == ["file", "question"]


async def test_a_chats_next_update_does_not_wait_for_one_that_frees_its_slot():
    chats = Chats()
    chats.queues.put(1, ("check", "frees"))
    chats.queues.put(1, ("help", ""))
    await chats.settle()
    assert chats.ended == ["help"]
    chats.gate.set()
    await chats.settle()


@pytest.mark.parametrize("how", ["lends", "lends within a loan", "fails", "frees"])
async def test_every_slot_is_there_again_and_none_twice(how):
    chats = Chats()
    chats.gate.set()
    for number in range(20):
        chats.queues.put(number, (f"slow {number}", how))
    await chats.settle()
    for number in range(20):
        chats.queues.put(number, (f"counted {number}", "counts"))
    await chats.settle()
    assert chats.most == AT_ONCE


async def test_one_that_is_cut_off_while_it_waits_ends_within_the_time_it_is_given():
    chats = Chats()
    for number in range(AT_ONCE * 3):
        chats.queues.put(number, (f"slow {number}", "lends"))
    await chats.settle()
    assert not await chats.queues.close(timeout_s=0.05)
    assert chats.ended == []


async def test_a_lookup_cut_off_before_it_has_its_slot_again_keeps_nobody_else_out():
    lookups, slots = Lookups(None, None, None), asyncio.Semaphore(0)

    async def look() -> None:
        HELD.set(Slot(slots))
        async with lookups._admission():
            raise AssertionError("its slot was another's")

    for _ in range(ADMITTED_AT_ONCE):
        other = asyncio.ensure_future(slots.acquire())  # in line before it
        await asyncio.sleep(0)
        looking = asyncio.ensure_future(look())
        assert await other
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
    async with asyncio.timeout(1), lookups._admission():
        pass
