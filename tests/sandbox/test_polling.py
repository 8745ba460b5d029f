"""getUpdates as the bot's intake leans on it: hold, offset, allowed_updates, one poller."""

import asyncio
import time

import pytest
from aiogram.exceptions import TelegramConflictError

from tests.sandbox.conftest import EVERY_KIND, Inbox


async def test_a_poll_holds_until_something_comes(box, bot, ann):
    poll = asyncio.ensure_future(bot.get_updates(timeout=20))
    await ann.send("hello")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update.message.text == "hello"


async def test_an_empty_poll_is_held_for_its_timeout(bot):
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == []
    assert time.monotonic() - began >= 0.9


async def test_an_update_comes_again_until_the_offset_confirms_it(bot, ann):
    await ann.send("one")
    await ann.send("two")
    first = await bot.get_updates(limit=1)
    assert [update.message.text for update in first] == ["one"]
    assert (await bot.get_updates(limit=1))[0].update_id == first[0].update_id
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.message.text for update in rest] == ["two"]


async def test_a_negative_offset_forgets_all_but_the_last(bot, ann):
    for text in ("one", "two", "three"):
        await ann.send(text)
    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["three"]
    assert len(await bot.get_updates()) == 1


async def test_updates_older_than_a_day_are_gone(box, bot, ann):
    await ann.send("old")
    await box.advance(86_401)
    await ann.send("new")
    assert [update.message.text for update in await bot.get_updates()] == ["new"]


async def test_reactions_and_members_come_only_when_named(box, bot, ann):
    channel = await box.channel("News", owner=ann)
    await channel.add_bot()
    (post,) = await channel.post("first")
    unasked = Inbox(bot, [])
    await channel.react(post, {"👍": 1})
    assert await unasked.kinds() == ["my_chat_member", "channel_post"]
    asked = Inbox(bot, EVERY_KIND)
    await asked.read()
    await channel.react(post, {"👍": 2})
    # An omitted allowed_updates keeps the former choice.
    assert await Inbox(bot, None).kinds() == ["message_reaction_count"]


async def test_only_the_kinds_asked_for_come(bot, ann):
    await bot.get_updates(allowed_updates=["callback_query"], timeout=0)
    await ann.send("not asked for")
    assert await bot.get_updates() == []


async def test_a_second_poller_ends_the_first_with_a_conflict(box, bot):
    polled = asyncio.Event()
    box.server.hooks.before(1, lambda _: polled.set(), method="getUpdates")
    first = asyncio.ensure_future(bot.get_updates(timeout=20))
    await polled.wait()
    second = asyncio.ensure_future(bot.get_updates(timeout=1))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await asyncio.wait_for(first, 5)
    assert await second == []


async def test_no_polling_while_a_webhook_is_set(bot):
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_wait_until_read_waits_for_the_confirmation(box, bot, ann):
    await ann.send("hello")
    with pytest.raises(TimeoutError):
        await box.wait_until_read(timeout_s=0.2)
    await Inbox(bot).read()
    await box.wait_until_read(timeout_s=1)


async def test_unknown_methods_and_tokens_are_refused(box, bot):
    session = await bot.session.create_session()
    async with session.post(f"{box.url}/bot{box.token}/getNothing") as answer:
        assert answer.status == 404
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with session.post(f"{box.url}/bot1:wrong/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
