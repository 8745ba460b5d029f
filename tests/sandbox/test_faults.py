"""Failures on request, a test's own code around the n-th call, and sending rates."""

import asyncio
import subprocess
import sys

import pytest
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from bot.sandbox.hooks import Call, DropConnection
from bot.sandbox.limits import ApiError
from bot.sandbox.rates import Rates

# A bot process that needs nothing but the standard library: it says hello three times.
THREE_TIMES = """
import sys, urllib.request
for n in range(3):
    urllib.request.urlopen(f"{sys.argv[1]}/sendMessage?chat_id={sys.argv[2]}&text=hello{n}").read()
"""


async def test_429_names_the_seconds_and_passes(box, bot, ann):
    await box.fault("sendMessage", retry_after_s=3)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(ann.id, "hi")
    assert caught.value.retry_after == 3
    await bot.send_message(ann.id, "hi")
    assert (await ann.wait_for_answer()).text == "hi"


async def test_faults_choose_method_chat_and_moment(box, bot, ann):
    bob = await box.person("Bob")
    await bob.start()
    await box.fault("sendMessage", status=502, chat_id=bob.id, skip=1, times=2)
    await bot.send_message(bob.id, "passes")
    await bot.send_message(ann.id, "passes")
    for _ in range(2):
        with pytest.raises(TelegramServerError, match="Bad Gateway"):
            await bot.send_message(bob.id, "fails")
    await bot.send_message(bob.id, "passes")
    await box.fault()
    await box.clear_faults()
    await bot.send_message(bob.id, "passes")


async def test_a_lost_answer_was_done_all_the_same(box, bot, ann):
    await box.fault("sendMessage", drop=True, done=True)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "did it arrive?")
    assert (await ann.wait_for_answer()).text == "did it arrive?"
    await box.fault("sendMessage", drop=True)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "never sent")
    assert (await ann.last()).text == "did it arrive?"


async def test_a_slow_answer_is_only_slow(box, bot, ann):
    await box.fault("sendMessage", status=200, delay_s=0.05)
    assert (await bot.send_message(ann.id, "slow")).text == "slow"


async def test_hooks_run_around_the_nth_call(box, bot, ann):
    seen: list[tuple[str, Call]] = []

    async def before(call: Call) -> None:
        seen.append(("before", call))

    box.server.hooks.before(2, before, method="sendMessage")
    box.server.hooks.after(2, lambda call: seen.append(("after", call)), method="sendMessage")
    for text in ("one", "two", "three"):
        await bot.send_message(ann.id, text)
        await bot.get_me()
    assert [(when, call.params["text"]) for when, call in seen] == [("before", "two"), ("after", "two")]
    assert seen[0][1].result is None
    assert seen[1][1].result["result"]["text"] == "two"


async def test_a_hook_can_cut_the_connection(box, bot, ann):
    def cut(call: Call) -> None:
        raise DropConnection

    box.server.hooks.before(1, cut)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "cut before")
    box.server.hooks.after(1, cut, method="sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "cut after")
    assert (await ann.last()).text == "cut after"
    assert len(await box.calls("sendMessage")) == 2


async def test_a_process_killed_at_a_hook_gets_no_further(box, ann):
    command = [sys.executable, "-c", THREE_TIMES, f"{box.url}/bot{box.token}", str(ann.id)]
    process = await asyncio.create_subprocess_exec(*command, stderr=subprocess.DEVNULL)

    async def kill(call: Call) -> None:
        process.kill()
        await process.wait()

    box.server.hooks.after(2, kill, method="sendMessage")
    await asyncio.wait_for(process.wait(), 20)
    await box.wait_for_calls("sendMessage", 2)
    assert [message.text for message in await ann.messages()][-2:] == ["hello0", "hello1"]
    assert len(await box.calls("sendMessage")) == 2


class Watch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def rates(watch) -> Rates:
    return Rates(enforce=True, clock=watch)


def refused_after(rates: Rates, chat_ids: list[int], **params) -> tuple[int, int]:
    """How many sends passed, and the seconds the refusal named."""
    for passed, chat_id in enumerate(chat_ids):
        try:
            rates.check("sendMessage", {"chat_id": chat_id, **params})
        except ApiError as error:
            return passed, error.parameters["retry_after"]
    return len(chat_ids), 0


def test_thirty_a_second_overall(rates, watch):
    assert refused_after(rates, list(range(1, 50))) == (30, 1)
    watch.now_s = 1.0
    assert refused_after(rates, [99]) == (1, 0)


def test_one_a_second_in_a_chat_after_a_burst(rates, watch):
    assert refused_after(rates, [7] * 9) == (5, 1)
    watch.now_s = 2.0
    assert refused_after(rates, [7] * 9) == (2, 1)


def test_twenty_a_minute_in_a_group(rates, watch):
    passed = 0
    for second in range(20):
        watch.now_s = float(second)
        passed += refused_after(rates, [-7])[0]
    assert passed == 20
    watch.now_s = 25.0
    assert refused_after(rates, [-7]) == (0, 35)


def test_an_album_counts_as_its_items(rates):
    assert refused_after(rates, [1, 2, 3, 4], media=[{}] * 10) == (3, 1)


async def test_rates_are_enforced_only_when_asked(box, bot, ann):
    for n in range(10):
        await bot.send_message(ann.id, str(n))
    await box.enforce_limits()
    with pytest.raises(TelegramRetryAfter):
        for n in range(10):
            await bot.send_message(ann.id, str(n))
