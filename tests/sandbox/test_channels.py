"""A channel's life as its admin bot is told of it."""

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from tests.sandbox.conftest import NOON, png


@pytest.fixture
async def channel(box, ann, inbox):
    """Ann's channel with the bot as an admin that may invite; what was told of that is read."""
    made = await box.channel("News", owner=ann, username="the_news", subscribers=12_500)
    await made.add_bot(rights=["invite_users"])
    await inbox.read()
    return made


async def test_the_one_who_adds_the_bot_is_named(box, bot, ann, inbox):
    channel = await box.channel("News", owner=ann)
    await channel.add_bot(rights=["invite_users"])
    told = (await inbox.one()).my_chat_member
    assert (told.chat.id, told.chat.title, told.chat.type) == (channel.id, "News", "channel")
    assert told.from_user.id == ann.id
    assert (told.old_chat_member.status, told.new_chat_member.status) == ("left", "administrator")
    assert told.new_chat_member.can_invite_users
    assert not told.new_chat_member.can_post_messages
    await channel.demote_bot()
    await channel.remove_bot()
    statuses = [update.my_chat_member.new_chat_member.status for update in await inbox.read()]
    assert statuses == ["member", "kicked"]
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the channel chat"):
        await bot.get_chat(channel.id)


async def test_posts_albums_edits_and_forwards(box, ann, channel, inbox):
    (post,) = await channel.post("Morning, #news")
    told = (await inbox.one()).channel_post
    assert (told.message_id, told.text, told.date, told.from_user) == (post, "Morning, #news", NOON, None)
    assert told.sender_chat.id == channel.id
    album = await channel.post("three", photos=[png(20, 20 + n) for n in range(3)])
    posts = [update.channel_post for update in await inbox.read()]
    assert [one.message_id for one in posts] == album
    assert len({one.media_group_id for one in posts}) == 1
    assert [one.caption for one in posts] == ["three", None, None]
    await channel.edit(post, "Evening")
    edited = (await inbox.one()).edited_channel_post
    assert (edited.text, edited.edit_date) == ("Evening", int(NOON.timestamp()))
    other = await box.channel("Other", owner=ann)
    await channel.post("theirs", forward_from=other)
    assert (await inbox.one()).channel_post.forward_origin.chat.id == other.id


async def test_reaction_totals_and_the_edit_that_is_none(channel, inbox):
    (post,) = await channel.post("hello")
    await inbox.read()
    await channel.react(post, {"👍": 12, "paid": 3, "🔥": 0})
    told = (await inbox.one()).message_reaction_count
    assert [(one.type.type, one.total_count) for one in told.reactions] == [("emoji", 12), ("paid", 3)]
    await channel.react(post, {"👍": 13}, late=True)
    edit, counted = await inbox.read()
    assert (edit.edited_channel_post.text, edit.edited_channel_post.edit_date) == ("hello", None)
    assert counted.message_reaction_count.reactions[0].total_count == 13


async def test_deletions_are_not_told(channel, inbox):
    (post,) = await channel.post("oops")
    await inbox.read()
    await channel.delete(post)
    assert await inbox.read() == []


async def test_joins_carry_the_link_they_came_by(box, bot, channel, inbox):
    link = await bot.create_chat_invite_link(channel.id, name="ad in March")
    reader = await box.person("Reader")
    await reader.join(channel, invite_link=link.invite_link)
    await reader.leave(channel)
    joined, left = [update.chat_member for update in await inbox.read()]
    assert (joined.new_chat_member.status, joined.invite_link.name) == ("member", "ad in March")
    assert (left.new_chat_member.status, left.from_user.id) == ("left", reader.id)


async def test_counts_and_facts_of_a_channel(box, bot, ann, channel):
    assert await bot.get_chat_member_count(channel.id) == 12_500
    await channel.set_subscribers(12_600)
    assert await bot.get_chat_member_count("@The_News") == 12_600
    full = await bot.get_chat("@the_news")
    assert (full.id, full.title, full.username) == (channel.id, "News", "the_news")
    admins = await bot.get_chat_administrators(channel.id)
    assert {admin.user.id: admin.status for admin in admins} == {ann.id: "creator", bot.id: "administrator"}
    assert (await bot.get_chat_member(channel.id, ann.id)).status == "creator"
    stranger = await box.person("Stranger")
    assert (await bot.get_chat_member(channel.id, stranger.id)).status == "left"


async def test_a_channel_without_the_bot(box, bot, ann):
    public = await box.channel("Public", owner=ann, username="public_one", subscribers=7)
    private = await box.channel("Private", owner=ann)
    assert await bot.get_chat_member_count("@public_one") == 7
    with pytest.raises(TelegramBadRequest, match="member list is inaccessible"):
        await bot.get_chat_member(public.id, ann.id)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the channel chat"):
        await bot.send_message("@public_one", "hi")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.get_chat(private.id)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(private.id, "hi")


async def test_rights_the_bot_was_not_given(bot, channel):
    with pytest.raises(TelegramBadRequest, match="need administrator rights in the channel chat"):
        await bot.send_message(channel.id, "hi")
    await channel.add_bot(rights=["post_messages"])
    assert (await bot.send_message(channel.id, "hi")).sender_chat.id == channel.id
    with pytest.raises(TelegramBadRequest, match="not enough rights to manage chat invite link"):
        await bot.create_chat_invite_link(channel.id)


async def test_leaving_is_told(bot, channel, inbox):
    assert await bot.leave_chat(channel.id)
    assert (await inbox.one()).my_chat_member.new_chat_member.status == "left"
    assert (await bot.get_chat("@the_news")).id == channel.id
