"""What breaks: a message sent twice, an answer lost to a hiccup, a whole bot that waits because one chat must."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from bot.core.backoff import Backoff
from bot.opening import make_bot
from bot.telegram.retries import Retries


@pytest.fixture
async def bot(settings):
    retries = Retries(backoff=Backoff((0.01,)), longest_wait_s=5)
    async with make_bot(settings.telegram, retries) as bot:
        yield bot


@pytest.fixture
async def ann(box):
    person = await box.person("Ann")
    await person.start()
    return person


async def _sent(person) -> int:
    return len([message for message in await person.messages() if message.is_from_bot])


async def test_a_call_that_may_be_repeated_is(bot: Bot, box, ann):
    await box.fault("getChat", status=502, times=2)
    assert (await bot.get_chat(ann.id)).id == ann.id


async def test_repeating_has_an_end(bot: Bot, box, ann):
    await box.fault("getChat", status=502, times=50)
    with pytest.raises(TelegramServerError):
        await bot.get_chat(ann.id)
    assert len(await box.calls("getChat")) == 4


@pytest.mark.parametrize("fault", [{"status": 502, "done": True}, {"drop": True, "done": True}])
async def test_a_message_whose_answer_was_lost_is_not_sent_again(bot: Bot, box, ann, fault):
    await box.fault("sendMessage", **fault)
    with pytest.raises((TelegramServerError, TelegramNetworkError)):
        await bot.send_message(ann.id, "once")
    assert await _sent(ann) == 1


async def test_a_message_that_found_no_server_is_sent_when_there_is_one(bot: Bot, ann):
    """The connection was not made, so nothing can have been done."""
    good, nowhere = bot.session.api, TelegramAPIServer.from_base("http://127.0.0.1:1")
    attempts = []

    async def first_nowhere(make_request, bot, method):
        attempts.append(method)
        bot.session.api = nowhere if len(attempts) == 1 else good
        return await make_request(bot, method)

    bot.session.middleware(first_nowhere)
    await bot.send_message(ann.id, "hello")
    assert len(attempts) == 2
    assert await _sent(ann) == 1


async def test_a_chat_told_to_wait_waits_alone(bot: Bot, box, ann):
    bob = await box.person("Bob")
    await bob.start()
    await box.fault("sendMessage", status=429, retry_after_s=1, chat_id=ann.id)
    order: list[str] = []

    async def say(chat: int, name: str) -> None:
        await bot.send_message(chat, name)
        order.append(name)

    first = asyncio.ensure_future(say(ann.id, "ann"))
    await box.wait_for_calls("sendMessage", 1)
    await asyncio.gather(say(bob.id, "bob"), say(ann.id, "ann again"))
    await first
    assert order[0] == "bob"
    assert sorted(order[1:]) == ["ann", "ann again"]
    assert await _sent(ann) == 2


async def test_a_wait_nobody_would_sit_through_is_refused_without_a_call(bot: Bot, box, ann):
    await box.fault("sendMessage", status=429, retry_after_s=600)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(ann.id, "hello")
    assert len(await box.calls("sendMessage")) == 1
