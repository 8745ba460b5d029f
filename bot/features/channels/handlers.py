"""/add and /channels: how a channel comes to a chat, and how it leaves."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, ReplyKeyboardRemove

from bot.collection.following import Following
from bot.collection.lookups import Lookups
from bot.collection.networks.adding import add_by_link
from bot.collection.networks.following import Networks
from bot.collection.welcoming import Welcoming
from bot.core.parsing.names import named_handle
from bot.features.channels.following import follow_and_tell
from bot.features.channels.listing import listed, put_away_list
from bot.features.channels.registration import register_public, register_shared
from bot.telegram import keyboards
from bot.telegram.asking import offer_chooser, settle_sharing
from bot.telegram.callbacks import ChannelButton, ChannelsPageButton, WithdrawButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only, own_channel, visible_channel
from bot.telegram.keyboards import open_engagement
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.engine import Connection
from storage.files.tables.links import read_owner_link
from storage.workspace import channels, workspaces
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(following: Following, lookups: Lookups, welcoming: Welcoming, networks: Networks) -> Router:
    return with_parts(router, following=following, lookups=lookups, welcoming=welcoming, networks=networks)


@router.message(Command("add"), admin_only)
async def add_channel(
    message: Message,
    chat: Conversation,
    command: CommandObject,
    following: Following,
    lookups: Lookups,
    networks: Networks,
) -> None:
    if command.args and (link := read_owner_link(command.args)):
        await add_by_link(chat, networks, lookups, link)
    elif command.args:
        handle = named_handle(command.args)
        register = partial(register_public, chat, handle)
        await follow_and_tell(chat, following, lookups, handle, register)
    elif not chat.is_group:
        await offer_chooser(chat.asker, networks=networks.titles)
    elif message.sender_chat is not None:  # an admin who stays anonymous: whose channels would be offered?
        raise DomainError("access.writes_as_group")
    else:
        await _offer_own_channels(chat)


@router.message(F.chat_shared)
async def take_shared(message: Message, chat: Conversation, welcoming: Welcoming) -> None:
    """Takes a shared channel.

    The bot's promotion comes beside this, in any order: whichever settles the offer speaks, and it alone.
    """
    assert message.chat_shared is not None
    async with chat.read() as conn:
        known = await channels.find(conn, chat.workspace.id, chat_id=message.chat_shared.chat_id)
    channel = await register_shared(chat, message.chat_shared)
    if (offer := await settle_sharing(chat.database, chat.workspace, chat.person)) is not None:
        text = await welcoming.words(chat, channel, offer.as_it_stood(known))
        await chat.reply(text, ReplyKeyboardRemove())
        await welcoming.read_page(chat, channel)


@router.message(Command("channels"))
async def list_channels(_message: Message, chat: Conversation, command: CommandObject) -> None:
    """Answers with the channels: «/channels», or those called so: «/channels кофе»."""
    async with chat.read() as conn:
        text, markup = await listed(conn, chat, (command.args or "").strip())
    await chat.reply(text, markup)


@router.callback_query(ChannelsPageButton.filter())
async def turn_page(_query: CallbackQuery, chat: Conversation, callback_data: ChannelsPageButton) -> None:
    async with chat.read() as conn:
        if callback_data.archived:
            text, markup = await put_away_list(conn, chat)
            await chat.reply(text, markup)
            return
        text, markup = await listed(conn, chat, callback_data.called, callback_data.page)
    await chat.edit(text, markup)


@router.callback_query(WithdrawButton.filter(), admin_only, own_channel)
async def withdraw_channel(
    _query: CallbackQuery, chat: Conversation, callback_data: WithdrawButton, channel: Channel
) -> None:
    """Takes a channel from a group; the list stays without the group. Pressed twice, it shows the same."""
    async with chat.begin() as conn:
        reader = callback_data.reader
        await channels.withdraw(conn, chat.workspace.id, channel.id, reader_workspace_id=reader)
        text, markup = await listed(conn, chat)
    await chat.edit(text, markup)


@router.callback_query(ChannelButton.filter(F.action == "grant"), admin_only)
async def grant_channel(_query: CallbackQuery, chat: Conversation, callback_data: ChannelButton) -> None:
    """Grants a channel.

    Only the person whose channel it is can show it to the group, and only a group's admin changes the group.
    """
    async with chat.begin() as conn:
        own = {channel.id: channel for channel in await own_channels_of(conn, chat.person)}
        channel = own.get(callback_data.channel)
        if channel is None:
            raise DomainError("channel.not_yours_to_show")
        is_known = await channels.get(conn, chat.workspace.id, channel.id) is not None
        await channels.grant(conn, channel.workspace_id, channel.id, reader_workspace_id=chat.workspace.id)
    key = "channels.granted_already" if is_known else "channels.granted"
    markup = InlineKeyboardMarkup(inline_keyboard=[[open_engagement(chat.t, channel)]])
    await chat.edit(chat.t(key, title=channel.title), markup)


@router.callback_query(ChannelButton.filter(F.action == "ask_remove"), admin_only, visible_channel)
async def ask_removal(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    key = "channels.ask_remove" if channel.level == "own" else "channels.ask_revoke"
    await chat.reply(chat.t(key, title=channel.title), keyboards.confirm_removal(chat.t, channel))


@router.callback_query(ChannelButton.filter(F.action == "remove"), admin_only, visible_channel)
async def remove_channel(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    async with chat.begin() as conn:
        end = channels.remove if channel.level == "own" else channels.revoke
        await end(conn, chat.workspace.id, channel.id)
    await chat.edit(chat.t("channels.removed", title=channel.title))


@router.callback_query(ChannelButton.filter(F.action == "keep"), admin_only, visible_channel)
async def keep_channel(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    await chat.edit(chat.t("channels.kept", title=channel.title))


async def _offer_own_channels(chat: Conversation) -> None:
    """Offers in a group the channels of the person who asks, to be read here."""
    async with chat.read() as conn:
        here = {channel.id for channel in await channels.visible(conn, chat.workspace.id)}
        offered = [one for one in await own_channels_of(conn, chat.person) if one.id not in here]
    me = await chat.bot.me()
    key = "channels.offer_group" if offered else "channels.none_to_offer"
    await chat.reply(chat.t(key), keyboards.offer_channels(chat.t, offered, str(me.username)))


async def own_channels_of(conn: Connection, user_id: int) -> list[Channel]:
    """Returns channels that a person's private chat owns; that chat's id is the person's id."""
    home = await workspaces.find(conn, user_id)
    return (
        [channel for channel in await channels.visible(conn, home.id) if channel.level == "own"]
        if home
        else []
    )
