"""What breaks: a message that no person sent, and a bot that breaks on it, or answers what nobody asked."""

import pytest
import structlog

from bot.telegram.commands import COMMANDS

CHANNEL = {"id": -1009000000001, "type": "channel", "title": "Кофе", "username": "coffee"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FOR_ADMINS = ("add", "subs", "placement")
DOCUMENT = {"document": {"file_id": "f", "file_unique_id": "f", "file_name": "posts.csv", "file_size": 10}}


@pytest.fixture
async def said(box, running, settled):
    """`await said({...})`: what the bot answers to a message of a group with these fields."""
    ann = await box.person("Аня", language="ru")
    group = await box.group("Команда", owner=ann)
    here = ann.at(group)
    await settled()
    chat = (await here.send("как дела")).raw["chat"]

    async def send(fields: dict) -> list[str]:
        await settled()
        known = {shown.id for shown in await here.messages()}
        await box.inject({"message": {"message_id": 10_000, "date": 1_790_000_000, "chat": chat, **fields}})
        await settled()
        return [one.text for one in await here.messages() if one.id not in known]

    send.chat = chat
    return send


def _command(name: str) -> dict:
    entity = {"type": "bot_command", "offset": 0, "length": len(name) + 1}
    return {"text": f"/{name}", "entities": [entity]}


@pytest.mark.parametrize("sender", ["group", "channel", "linked channel", "nobody"])
async def test_every_command_gets_a_true_sentence_from_whoever_writes(said, sender):
    who = {
        "group": {"from": ANONYMOUS, "sender_chat": said.chat},
        "channel": {"from": AS_CHANNEL, "sender_chat": CHANNEL},
        "linked channel": {"from": TELEGRAM, "sender_chat": CHANNEL},
        "nobody": {"sender_chat": CHANNEL},
    }[sender]
    with structlog.testing.capture_logs() as logs:
        answers = {name: await said({**who, **_command(name)}) for name in COMMANDS}
    assert [entry for entry in logs if entry["log_level"] in ("error", "critical")] == []
    assert {name: len(texts) for name, texts in answers.items()} == dict.fromkeys(COMMANDS, 1)
    of_channel = ["от имени канала" in answers[name][0] for name in FOR_ADMINS]
    assert of_channel == [sender != "group"] * len(FOR_ADMINS)
    if sender == "group":
        assert "от имени группы" in answers["add"][0]


@pytest.mark.parametrize("content", [_command("add"), {"text": "как это @otklik_sandbox_bot"}, DOCUMENT])
async def test_a_post_that_telegram_copied_into_the_group_asks_nothing(said, content):
    copied = {
        "from": TELEGRAM,
        "sender_chat": CHANNEL,
        "is_automatic_forward": True,
        "forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": 5, "date": 1_790_000_000},
    }
    with structlog.testing.capture_logs() as logs:
        assert await said({**copied, **content}) == []
    assert [entry for entry in logs if entry["log_level"] in ("error", "critical")] == []


async def test_a_file_sent_as_a_channel_is_refused_with_the_reason(said):
    [told] = await said({"from": AS_CHANNEL, "sender_chat": CHANNEL, **DOCUMENT})
    assert "от имени канала" in told
