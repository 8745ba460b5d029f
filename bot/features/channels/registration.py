"""How a channel is registered for the person who may: shown by Telegram itself, or public and named."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Chat, ChatFullInfo, ChatShared

from bot.telegram.access import ADMINS
from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.workspace import audience, channels, live
from storage.workspace.channels import Channel
from storage.workspace.live import CollectionTerms


async def register_public(asked: Conversation, handle: str) -> Channel:
    """Registers a channel by its public name; the bot need not be in it.

    Raises DomainError("channel.not_found"), ("channel.not_a_channel").
    """
    try:
        chat = await asked.bot.get_chat(f"@{handle}")
    except (TelegramBadRequest, TelegramForbiddenError):
        raise DomainError("channel.not_found", name=handle) from None
    if chat.type != "channel":
        raise DomainError("channel.not_a_channel", name=handle)
    return await register(asked, chat, bot_is_admin=False)


async def register_shared(asked: Conversation, shared: ChatShared) -> Channel:
    """Registers a channel picked in Telegram's chooser.

    Raises DomainError("channel.not_yours") unless both are its admins.
    """
    try:
        member = await asked.bot.get_chat_member(shared.chat_id, asked.person)
        chat = await asked.bot.get_chat(shared.chat_id)
    except (TelegramBadRequest, TelegramForbiddenError):
        raise DomainError("channel.not_yours") from None
    if member.status not in ADMINS:
        raise DomainError("channel.not_yours")
    return await register(asked, chat, bot_is_admin=True)


async def register(asked: Conversation, chat: Chat | ChatFullInfo, *, bot_is_admin: bool) -> Channel:
    """Registers the channel with how many subscribers it has at this moment, where Telegram says."""
    subscribers = await _subscribers(asked.bot, chat.id)
    how = await _how_collected(asked.bot, chat) if bot_is_admin else None
    workspace_id, now = asked.workspace.id, asked.now
    async with asked.begin() as conn:
        channel = await channels.add(
            conn,
            workspace_id,
            platform="telegram",
            title=chat.title or (f"@{chat.username}" if chat.username else str(chat.id)),
            handle=chat.username.lower() if chat.username else None,
            chat_id=chat.id,
            added_by=asked.person,
            bot_is_admin=bot_is_admin,
            now=now,
        )
        if how is not None:  # who promoted the bot, or was asked about, is an admin
            await live.begin(conn, workspace_id, channel.id, how, now, person=asked.person)
        if subscribers is not None:
            reading = AudienceReading(now, subscribers, 0)
            await audience.store(conn, workspace_id, channel.id, [reading], source="bot", now=now)
    return channel


async def _how_collected(bot: Bot, chat: Chat | ChatFullInfo) -> CollectionTerms:
    """Returns the discussion group and whether reactions are on.

    What Telegram won't say is learned from the updates.
    """
    try:
        full = chat if isinstance(chat, ChatFullInfo) else await bot.get_chat(chat.id)
    except TelegramAPIError:
        return CollectionTerms()
    return CollectionTerms(full.linked_chat_id, takes_reactions=full.available_reactions != [])


async def _subscribers(bot: Bot, chat_id: int) -> int | None:
    try:
        return await bot.get_chat_member_count(chat_id)
    except TelegramAPIError:
        return None
