"""/add and /channels: how a channel comes to a chat, and how it leaves."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, ReplyKeyboardRemove

from bot.access import ChatAdmin
from bot.asking import offer_chooser, settle_sharing
from bot.clock import Clock
from bot.collect.following import Following
from bot.handlers.following import follow_and_tell
from bot.handlers.presses import close_press, pressed_message
from bot.keys import keyboards
from bot.keys.callbacks import ChannelButton, WithdrawButton
from bot.locales import Html, Translator
from bot.lookups import Lookups, asked_by
from bot.registration import register_public, register_shared
from bot.reports.upload import MESSAGE_UNITS
from bot.reports.wording import fit
from bot.typed.choices import named_handle
from bot.welcoming import Welcoming
from metrics.errors import DomainError
from storage import audience, channels, workspaces
from storage.channels import Channel
from storage.engine import Connection, Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.message(Command("add"))
async def add_channel(
    message: Message,
    command: CommandObject,
    bot: Bot,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    following: Following,
    lookups: Lookups,
) -> None:
    await is_chat_admin.require()
    if command.args:
        handle = named_handle(command.args)
        register = partial(register_public, bot, database, clock, workspace, handle, caller_id)
        question = asked_by(message, workspace, caller_id, t)
        await follow_and_tell(question, database, following, lookups, handle, register)
    elif workspace.kind == "private":
        await offer_chooser(message, database, clock, workspace, caller_id, t)
    elif message.sender_chat is not None:  # an admin who stays anonymous: whose channels would be offered?
        raise DomainError("access.writes_as_group")
    else:
        await offer_own_channels(message, bot, database, workspace, t, caller_id)


@router.message(F.chat_shared)
async def take_shared(
    message: Message,
    bot: Bot,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    welcoming: Welcoming,
) -> None:
    """The bot's promotion comes beside this, in any order: whichever settles the offer speaks, and it alone."""
    assert message.chat_shared is not None
    channel = await register_shared(bot, database, clock, workspace, message.chat_shared, caller_id)
    if await settle_sharing(database, workspace, caller_id):
        text = await welcoming.words(workspace, channel, t)
        await message.answer(text, reply_markup=ReplyKeyboardRemove())
        await welcoming.read_page(asked_by(message, workspace, caller_id, t), channel)


@router.message(Command("channels"))
async def list_channels(message: Message, database: Database, workspace: Workspace, t: Translator) -> None:
    async with database.read() as conn:
        text, markup = await _list(conn, workspace, t)
    await message.answer(text, reply_markup=markup)


@router.callback_query(WithdrawButton.filter())
async def withdraw_channel(
    query: CallbackQuery,
    callback_data: WithdrawButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    """The list stays, without the group that read the channel. Pressed twice, it shows the same."""
    await is_chat_admin.require()
    async with database.begin() as conn:
        channel = await _visible(conn, workspace, callback_data.channel)
        if channel.level != "own":
            raise DomainError("channel.gone")
        await channels.withdraw(conn, workspace.id, channel.id, reader_workspace_id=callback_data.reader)
        text, markup = await _list(conn, workspace, t)
    await pressed_message(query).edit_text(text, reply_markup=markup)


@router.callback_query(ChannelButton.filter(F.action == "grant"))
async def grant_channel(
    query: CallbackQuery,
    callback_data: ChannelButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    """Only the person whose channel it is can show it to the group, and only a group's admin changes the group."""
    await is_chat_admin.require()
    async with database.begin() as conn:
        own = {channel.id: channel for channel in await own_channels_of(conn, caller_id)}
        channel = own.get(callback_data.channel)
        if channel is None:
            raise DomainError("channel.not_yours_to_show")
        await channels.grant(conn, channel.workspace_id, channel.id, reader_workspace_id=workspace.id)
    await pressed_message(query).edit_text(t("channels.granted", title=channel.title))


@router.callback_query(ChannelButton.filter(F.action == "ask_remove"))
async def ask_removal(
    query: CallbackQuery,
    callback_data: ChannelButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    async with database.read() as conn:
        channel = await _visible(conn, workspace, callback_data.channel)
    await close_press(query)
    key = "channels.ask_remove" if channel.level == "own" else "channels.ask_revoke"
    await pressed_message(query).answer(
        t(key, title=channel.title), reply_markup=keyboards.confirm_removal(t, channel)
    )


@router.callback_query(ChannelButton.filter(F.action == "remove"))
async def remove_channel(
    query: CallbackQuery,
    callback_data: ChannelButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    async with database.begin() as conn:
        channel = await _visible(conn, workspace, callback_data.channel)
        if channel.level == "own":
            await channels.remove(conn, workspace.id, channel.id)
        else:
            await channels.revoke(conn, workspace.id, channel.id)
    await pressed_message(query).edit_text(t("channels.removed", title=channel.title))


@router.callback_query(ChannelButton.filter(F.action == "keep"))
async def keep_channel(
    query: CallbackQuery,
    callback_data: ChannelButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    async with database.read() as conn:
        channel = await _visible(conn, workspace, callback_data.channel)
    await pressed_message(query).edit_text(t("channels.kept", title=channel.title))


async def offer_own_channels(
    message: Message, bot: Bot, database: Database, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    """In a group: the channels of the person who asks, to be read here."""
    async with database.read() as conn:
        here = {channel.id for channel in await channels.visible(conn, workspace.id)}
        offered = [channel for channel in await own_channels_of(conn, caller_id) if channel.id not in here]
    me = await bot.me()
    key = "channels.offer_group" if offered else "channels.none_to_offer"
    await message.answer(t(key), reply_markup=keyboards.offer_channels(t, offered, str(me.username)))


async def own_channels_of(conn: Connection, user_id: int) -> list[Channel]:
    """Channels that a person's private chat owns; a private chat's id is the person's id."""
    home = await workspaces.find(conn, user_id)
    return (
        [channel for channel in await channels.visible(conn, home.id) if channel.level == "own"]
        if home
        else []
    )


async def _list(
    conn: Connection, workspace: Workspace, t: Translator
) -> tuple[str, InlineKeyboardMarkup | None]:
    listed = await channels.visible(conn, workspace.id)
    if not listed:
        return t("channels.list_empty"), None
    readers = await channels.readers(conn, workspace.id)
    lines = []
    for channel in listed[: keyboards.CHANNELS_SHOWN]:
        lines.append(await _line(conn, workspace, channel, t))
        if groups := [f"«{one.title}»" for one in readers if one.channel_id == channel.id]:
            lines.append(t("channels.list_readers", groups=", ".join(groups)))
    text = fit([t("channels.list_title"), t("channels.list_next"), "", *lines], MESSAGE_UNITS)
    return text, keyboards.channel_list(t, listed, readers)


async def _line(conn: Connection, workspace: Workspace, channel: Channel, t: Translator) -> Html:
    newest = await audience.newest(conn, workspace.id, channel.id)
    facts = [t("channels.list_subscribers", subscribers=t.number(newest.subscribers))] if newest else []
    if channel.posts and channel.observed_at:
        seen = datetime.fromtimestamp(channel.observed_at, ZoneInfo(workspace.zone)).date()
        facts += [Html(t.plural("er.posts", channel.posts)), t("channels.list_data_until", date=t.date(seen))]
    else:
        facts.append(t("channels.list_no_posts"))
    return t("channels.list_line", title=channel.title, facts=Html(", ".join(facts)))


async def _visible(conn: Connection, workspace: Workspace, channel_id: int) -> Channel:
    """Raises DomainError("channel.gone") for a channel this chat can't see, whoever's it is."""
    channel = await channels.get(conn, workspace.id, channel_id)
    if channel is None:
        raise DomainError("channel.gone")
    return channel
