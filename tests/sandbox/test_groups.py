"""Groups: privacy mode, admins, topics, growing into a supergroup."""

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import ReplyParameters

from bot.demo.client import SandboxError


@pytest.fixture
async def bob(box):
    return await box.person("Bob", language="ru")


@pytest.fixture
async def team(box, ann, bob, inbox):
    """Ann's supergroup with Bob and the bot as a plain member; what was told of that is read."""
    made = await box.group("Team", owner=ann, members=[bob])
    await inbox.read()
    return made


async def test_the_bot_is_told_that_it_was_added(box, ann, inbox):
    group = await box.group("Team", owner=ann)
    member, service = await inbox.read()
    assert member.my_chat_member.new_chat_member.status == "member"
    assert service.message.new_chat_members[0].is_bot
    assert service.message.chat.id == group.id


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(box, bot, bob, team, inbox):
    here = bob.at(team)
    asked = await here.send("/er")
    await bot.send_message(team.id, "here", reply_parameters=ReplyParameters(message_id=asked.id))
    answer = await here.wait_for_answer()
    await inbox.read()
    await here.send("just talking, /er is nice")
    await here.send("/er@another_bot")
    await here.send_file(b"a,b", "posts.csv")
    await here.send("nice work @otklik_sandbox_bot")
    await here.send("thanks", reply_to=answer)
    await here.send_file(b"a,b", "posts.csv", caption="/import")
    texts = [update.message.text or update.message.caption for update in await inbox.read()]
    assert texts == ["nice work @otklik_sandbox_bot", "thanks", "/import"]
    await team.add_bot(rights=["delete_messages"])
    await inbox.read()
    await here.send("now it hears everything")
    assert (await inbox.one()).message.text == "now it hears everything"


async def test_who_is_an_admin_can_be_asked(bot, ann, bob, team):
    assert [one.user.id for one in await bot.get_chat_administrators(team.id)] == [ann.id]
    await team.add(bob, admin=True)
    assert (await bot.get_chat_member(team.id, bob.id)).status == "administrator"
    assert await bot.get_chat_member_count(team.id) == 3


async def test_a_member_can_not_do_what_admins_do(box, bob, team):
    with pytest.raises(SandboxError, match="can_restrict_members is missing"):
        await team.remove_bot(by=bob)
    stranger = await box.person("Stranger")
    with pytest.raises(SandboxError, match="not in the chat"):
        await stranger.at(team).send("let me in")


async def test_a_removed_bot_is_refused(bot, team):
    await team.remove_bot()
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(team.id, "hello?")


async def test_a_muted_group_refuses_a_plain_member(box, bot, team):
    await box.wire.post(f"/sandbox/chats/{team.id}", muted=True)
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages to the chat"):
        await bot.send_message(team.id, "hello?")


async def test_topics_keep_their_conversations_apart(box, bot, ann, inbox):
    forum = await box.group("Forum", owner=ann, topics=True)
    thread = await forum.topic("Reports")
    await inbox.read()
    here = ann.at(forum, thread_id=thread)
    await here.send("/er")
    message = (await inbox.one()).message
    assert (message.message_thread_id, message.is_topic_message, message.chat.is_forum) == (
        thread,
        True,
        True,
    )
    await bot.send_message(forum.id, "elsewhere")
    await bot.send_message(forum.id, "here", message_thread_id=thread)
    assert (await here.wait_for_answer()).text == "here"
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum.id, "where?", message_thread_id=4242)


async def test_a_group_that_grows_is_readdressed(box, bot, ann, inbox):
    group = await box.group("Team", owner=ann, kind="group")
    await inbox.read()
    grown = await group.migrate()
    left, came = [update.message for update in await inbox.read()]
    assert (left.migrate_to_chat_id, came.migrate_from_chat_id) == (grown.id, group.id)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group.id, "hello")
    assert caught.value.migrate_to_chat_id == grown.id
    await bot.send_message(grown.id, "hello")


async def test_reactions_in_a_group_are_told_to_an_admin_bot(box, bot, bob, team, inbox):
    await team.add_bot(rights=["delete_messages"])
    said = await bob.at(team).send("/er")
    await inbox.read()
    await box.wire.post(f"/sandbox/people/{bob.id}/react", chat_id=team.id, message_id=said.id, emoji=["👍"])
    told = (await inbox.one()).message_reaction
    assert (told.user.id, told.old_reaction, told.new_reaction[0].emoji) == (bob.id, [], "👍")
