"""Adding a channel by the button that asks Telegram for it."""

import pytest
from aiogram.types import (
    ChatAdministratorRights,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
)

from bot.demo.client import SandboxError

RIGHTS = {name: False for name, field in ChatAdministratorRights.model_fields.items() if field.is_required()}
INVITE = ChatAdministratorRights(**{**RIGHTS, "can_manage_chat": True, "can_invite_users": True})


@pytest.fixture
async def asked(bot, ann):
    """The bot has shown Ann the button."""
    request = KeyboardButtonRequestChat(
        request_id=7,
        chat_is_channel=True,
        user_administrator_rights=INVITE,
        bot_administrator_rights=INVITE,
        request_title=True,
        request_username=True,
    )
    button = KeyboardButton(text="Pick a channel", request_chat=request)
    await bot.send_message(
        ann.id, "Which channel?", reply_markup=ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True)
    )


@pytest.mark.usefixtures("asked")
async def test_sharing_adds_the_bot_with_the_rights_it_asked_for(box, bot, ann, inbox):
    channel = await box.channel("News", owner=ann, username="the_news")
    await ann.share(channel, "Pick a channel")
    added, shared = await inbox.read()
    member = added.my_chat_member.new_chat_member
    assert (added.my_chat_member.from_user.id, member.status) == (ann.id, "administrator")
    assert (member.can_invite_users, member.can_post_messages) == (True, False)
    told = shared.message.chat_shared
    assert (told.request_id, told.chat_id, told.title, told.username) == (7, channel.id, "News", "the_news")
    assert (await bot.get_chat_member(channel.id, bot.id)).can_invite_users
    await ann.share(channel)
    assert await inbox.kinds() == ["message"]


@pytest.mark.usefixtures("asked")
async def test_the_chooser_lists_only_what_fits(box, ann):
    fits = await box.channel("Mine", owner=ann)
    other = await box.person("Other")
    foreign = await box.channel("Foreign", owner=other)
    await foreign.add(ann)
    await box.group("Group", owner=ann, bot=False)
    listed = await box.wire.get(f"/sandbox/people/{ann.id}/shareable")
    assert [chat["id"] for chat in listed["chats"]] == [fits.id]
    with pytest.raises(SandboxError, match="the person lacks rights in it"):
        await ann.share(foreign)
    await foreign.add(ann, rights=["invite_users"])
    with pytest.raises(SandboxError, match="the person can't promote the bot"):
        await ann.share(foreign)
    await foreign.add(ann, rights=["invite_users", "promote_members"])
    await ann.share(foreign)


async def test_nothing_to_share_without_a_keyboard(box, ann):
    channel = await box.channel("News", owner=ann)
    with pytest.raises(SandboxError, match="no keyboard is shown"):
        await ann.share(channel)
