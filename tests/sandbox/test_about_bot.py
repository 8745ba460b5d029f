"""What the bot says about itself, over every kind of body Telegram takes."""

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, MenuButtonCommands
from aiohttp import ClientSession, FormData


async def test_commands_by_scope_and_language(box, bot):
    er = BotCommand(command="er", description="Вовлечённость")
    await bot.set_my_commands([er], language_code="ru")
    await bot.set_my_commands([BotCommand(command="er", description="Engagement")])
    await bot.set_my_commands([], scope=BotCommandScopeAllGroupChats())
    assert [one.description for one in await bot.get_my_commands(language_code="ru")] == ["Вовлечённость"]
    assert (await bot.get_my_commands())[0].description == "Engagement"
    await bot.delete_my_commands(language_code="ru")
    assert await bot.get_my_commands(language_code="ru") == []
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Плохо", description="x")])
    scopes = [(one["scope"]["type"], one["language"]) for one in (await box.bot())["commands"]]
    assert scopes == [("default", ""), ("all_group_chats", "")]


async def test_name_descriptions_and_menu(box, bot):
    await bot.set_my_name("Отклик", language_code="ru")
    await bot.set_my_description("What it does")
    await bot.set_my_short_description("Short")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    profile = await box.bot()
    assert profile["names"] == {"ru": "Отклик"}
    assert profile["descriptions"] == {"": "What it does"}
    assert profile["short_descriptions"] == {"": "Short"}
    assert profile["menu_button"] == {"type": "commands"}
    assert (await bot.get_my_name(language_code="ru")).name == "Отклик"


@pytest.mark.parametrize("body", ["json", "form", "multipart", "query"])
async def test_every_kind_of_body_means_the_same(box, ann, body):
    values = {"chat_id": str(ann.id), "text": "12", "disable_notification": "true"}
    form = FormData(default_to_multipart=True)
    for name, value in values.items():
        form.add_field(name, value)
    ways = {
        "json": {"json": values},
        "form": {"data": values},
        "multipart": {"data": form},
        "query": {"params": values},
    }
    async with ClientSession() as session:
        async with session.post(f"{box.url}/bot{box.token}/sendmessage", **ways[body]) as answer:
            assert (await answer.json())["result"]["text"] == "12"
    (call,) = await box.calls("sendMessage")
    assert call["params"] == {"chat_id": ann.id, "text": "12", "disable_notification": True}


async def test_a_file_may_come_under_the_parameters_own_name(box, ann):
    form = FormData()
    form.add_field("chat_id", str(ann.id))
    form.add_field("document", b"a,b", filename="posts.csv")
    async with ClientSession() as session:
        async with session.post(f"{box.url}/bot{box.token}/sendDocument", data=form) as answer:
            assert (await answer.json())["ok"]
    assert (await ann.wait_for_answer()).document_name == "posts.csv"


async def test_injected_updates_reach_the_bot(box, bot):
    boost = {
        "chat": {"id": -100, "type": "channel", "title": "x"},
        "boost_id": "1",
        "remove_date": 1,
        "source": {"source": "premium", "user": {"id": 1, "is_bot": False, "first_name": "A"}},
    }
    assert await box.inject({"removed_chat_boost": boost}) == 1
    (update,) = await bot.get_updates()
    assert update.removed_chat_boost.boost_id == "1"
