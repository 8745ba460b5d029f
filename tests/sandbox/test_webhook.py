"""Webhook delivery: the secret, order within a chat, retries, back-pressure, a call as the answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

SECRET = "s3cret_token-1"


class Receiver:
    """A bot's web server: answers as told, else 200 with nothing, and keeps what came."""

    def __init__(self) -> None:
        self.came: list[dict] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.url = ""
        self.arrived = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answer = self.answers.pop(0) if self.answers else web.Response()
        async with self.arrived:
            self.came.append(update)
            self.arrived.notify_all()
        return answer

    async def wait(self, count: int) -> list[str]:
        """Texts of the first `count` deliveries."""
        async with self.arrived, asyncio.timeout(10):
            await self.arrived.wait_for(lambda: len(self.came) >= count)
        return [update["message"]["text"] for update in self.came]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiving = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiving.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiving.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiving
    await runner.cleanup()


@pytest.fixture(autouse=True)
def _quick_retries(box):
    box.server.world.webhook.first_pause_s = 0.01


async def test_updates_come_with_the_secret_and_are_confirmed(box, bot, ann, receiver):
    await bot.set_webhook(receiver.url, secret_token=SECRET, allowed_updates=["message"])
    await ann.send("one")
    await ann.send("two")
    assert await receiver.wait(2) == ["one", "two"]
    await box.wait_until_read()
    assert receiver.secrets == [SECRET, SECRET]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == (receiver.url, 0, ["message"])


async def test_a_chat_waits_for_its_own_failure_and_others_do_not(box, bot, ann, receiver):
    bob = await box.person("Bob")
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "1"})]
    await bot.set_webhook(receiver.url)
    await ann.send("a1")
    await receiver.wait(1)
    await ann.send("a2")
    await bob.send("b1")
    assert await receiver.wait(2) == ["a1", "b1"]
    assert await receiver.wait(4) == ["a1", "b1", "a1", "a2"]
    assert "503" in (await bot.get_webhook_info()).last_error_message


async def test_what_fails_comes_again_until_it_is_taken(bot, ann, receiver):
    receiver.answers = [web.Response(status=500), web.Response(status=500), web.Response(status=500)]
    await bot.set_webhook(receiver.url)
    await ann.send("hello")
    assert await receiver.wait(4) == ["hello"] * 4


async def test_the_answer_may_be_a_call(bot, ann, receiver):
    receiver.answers = [
        web.json_response(
            {"method": "sendMessage", "chat_id": ann.id, "text": "<i>hi</i>", "parse_mode": "HTML"}
        )
    ]
    await bot.set_webhook(receiver.url)
    await ann.send("hello")
    assert (await ann.wait_for_answer()).text == "hi"


async def test_what_was_not_taken_is_left_for_polling(bot, ann, receiver):
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "60"})]
    await bot.set_webhook(receiver.url)
    await ann.send("hello")
    await receiver.wait(1)
    await bot.delete_webhook()
    assert [update.message.text for update in await bot.get_updates()] == ["hello"]
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []


async def test_only_loopback_is_posted_to(bot):
    with pytest.raises(TelegramBadRequest, match="bad webhook"):
        await bot.set_webhook("https://example.org/hook")
    with pytest.raises(TelegramBadRequest, match="secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="with space")
