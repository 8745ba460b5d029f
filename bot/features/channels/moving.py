"""A channel goes to another chat of its admin, with everything that is known of it, and can be brought back."""

import asyncio
from collections.abc import Sequence

import structlog
from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

from bot.core.limits import FOLLOWS
from bot.core.locales import Html, Translator, translator
from bot.core.parsing.periods import DEFAULT
from bot.features.channels.keyboards import confirm_move, places, way_back
from bot.telegram import keyboards
from bot.telegram.access import MemberStatus, look_up
from bot.telegram.callbacks import ChannelButton, MoveButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only, own_channel
from metrics.errors import DomainError
from storage.controls import as_name
from storage.engine import Connection
from storage.workspace import channels, follows, keys, network_progress, transfers, workspaces
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

ASKED_ABOUT = 20  # groups, as one press may cost Telegram's answers
router = Router(name=__name__)
log = structlog.stdlib.get_logger(__name__)


@router.callback_query(ChannelButton.filter(F.action == "move"), admin_only, own_channel)
async def ask_place(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    among = await _places(chat)
    if not among:
        await chat.reply(chat.t("channels.move_nowhere", title=channel.title))
        return
    await chat.reply(chat.t("channels.move_where", title=channel.title), places(chat.t, channel, among))


@router.callback_query(MoveButton.filter(F.action == "ask"), admin_only, own_channel)
async def ask_to_move(
    _query: CallbackQuery, chat: Conversation, callback_data: MoveButton, channel: Channel
) -> None:
    """Says what goes along and what stays, before anything does."""
    to, t = await _place(chat, callback_data.to), chat.t
    async with chat.read() as conn:
        readers = await channels.readers(conn, chat.workspace.id)
        has_key = await keys.get(conn, chat.workspace.id, "tgstat") is not None
        has_key_there = await keys.get(conn, to.id, "tgstat") is not None
    said = [t("channels.move_sure", title=channel.title, place=_named(to, t))]
    groups = [
        f"«{one.title}»" for one in readers if one.channel_id == channel.id and one.workspace_id != to.id
    ]
    if groups:
        said.append(t("channels.move_readers", groups=", ".join(groups)))
    if has_key and not has_key_there and channel.handle is not None:
        said.append(t("channels.move_key"))
    await chat.edit(Html("\n\n".join(said)), confirm_move(t, channel, to))


@router.callback_query(MoveButton.filter(F.action == "move"), admin_only)
async def move_channel(_query: CallbackQuery, chat: Conversation, callback_data: MoveButton) -> None:
    """Moves a channel; pressed twice it says the same."""
    to, t = await _place(chat, callback_data.to), chat.t
    is_admin = await _is_channel_admin(chat, chat.workspace.id, callback_data.channel)
    async with chat.begin() as conn:
        there = await channels.get(conn, to.id, callback_data.channel)
        is_done = there is not None and there.level == "own"
        if there is None or not is_done:
            moved = await _move(conn, chat, callback_data.channel, chat.workspace, to, is_admin=is_admin)
        else:
            moved = there
    text = t("channels.moved", title=moved.title, place=_named(to, t))
    was_shown = there is not None and not is_done
    await chat.edit(text, way_back(t, moved, to, was_shown=was_shown))
    if not is_done:
        await _tell_there(chat, to, moved)


@router.callback_query(MoveButton.filter(F.action == "back"), admin_only)
async def bring_back(_query: CallbackQuery, chat: Conversation, callback_data: MoveButton) -> None:
    """Takes a channel back from where it went; pressed twice it says the same."""
    there, here = await _place(chat, callback_data.to), chat.workspace
    is_admin = await _is_channel_admin(chat, there.id, callback_data.channel)
    async with chat.begin() as conn:
        known = await channels.get(conn, here.id, callback_data.channel)
        if known is None or known.level != "own":
            known = await _move(conn, chat, callback_data.channel, there, here, is_admin=is_admin)
            if callback_data.was_shown:
                await channels.grant(conn, here.id, known.id, reader_workspace_id=there.id)
    await chat.edit(
        chat.t("channels.moved_back", title=known.title), keyboards.show_engagement(chat.t, known, DEFAULT)
    )


async def _move(
    conn: Connection, chat: Conversation, channel_id: int, here: Workspace, to: Workspace, *, is_admin: bool
) -> Channel:
    """Raises what `transfers.transfer` does, and DomainError("limit.follows…") where the chat reads enough already."""
    if await follows.get(conn, here.id, channel_id) and await follows.count(conn, to.id) >= FOLLOWS:
        raise DomainError("limit.follows", most=FOLLOWS)
    is_of_network = await network_progress.get(conn, here.id, channel_id) is not None
    if is_of_network and len(await network_progress.places(conn, to.id)) >= FOLLOWS:
        raise DomainError("limit.follows_networks", most=FOLLOWS)
    return await transfers.transfer(
        conn,
        here.id,
        channel_id,
        to_workspace_id=to.id,
        person=chat.person,
        is_channel_admin=is_admin,
        now=chat.now,
    )


async def _places(chat: Conversation) -> Sequence[Workspace]:
    """Returns the other chats that the person may change: their own, and groups of which Telegram says so now."""
    async with chat.read() as conn:
        home = await workspaces.find(conn, chat.person)
        groups = await workspaces.groups_for(conn, chat.person, ASKED_ABOUT)
    others = [one for one in groups if one.id != chat.workspace.id]
    seen = await asyncio.gather(*(look_up(chat.bot, one.chat_id, chat.person) for one in others))
    own = [home] if home is not None and home.id != chat.workspace.id else []
    return [*own, *(one for one, status in zip(others, seen, strict=True) if status is MemberStatus.ADMIN)]


async def _place(chat: Conversation, workspace_id: int) -> Workspace:
    """Returns the chat if the person may change it. Raises DomainError("channel.move_not_there"), ("channel.move_unsure")."""
    async with chat.read() as conn:
        place = await workspaces.get(conn, workspace_id)
    if place is None or (place.kind == "private" and place.chat_id != chat.person):
        raise DomainError("channel.move_not_there")
    if place.kind == "group":
        status = await look_up(chat.bot, place.chat_id, chat.person)
        if status is MemberStatus.UNKNOWN:
            raise DomainError("channel.move_unsure")
        if status is not MemberStatus.ADMIN:
            raise DomainError("channel.move_not_there")
    return place


async def _is_channel_admin(chat: Conversation, workspace_id: int, channel_id: int) -> bool:
    """Tells whether the person is an admin of a channel that the bot is in: its new chat will get what only admins see.

    Raises DomainError("channel.move_not_admin"), ("channel.move_unsure").
    """
    async with chat.read() as conn:
        channel = await channels.get(conn, workspace_id, channel_id)
    if channel is None or channel.chat_id is None or not channel.bot_is_admin:
        return False
    match await look_up(chat.bot, channel.chat_id, chat.person):
        case MemberStatus.ADMIN:
            return True
        case MemberStatus.CLOSED:  # the bot is none any more: nothing comes
            return False
        case MemberStatus.UNKNOWN:
            raise DomainError("channel.move_unsure")
        case _:
            raise DomainError("channel.move_not_admin", title=channel.title)


async def _tell_there(chat: Conversation, to: Workspace, channel: Channel) -> None:
    """Tells the other chat, in its language, what has come to it; one that can't be written to has it all the same."""
    t = translator(to.language)
    text = t("channels.moved_here", title=channel.title)
    markup = keyboards.show_engagement(t, channel, DEFAULT) if channel.posts else None
    try:
        await chat.bot.send_message(to.chat_id, text, reply_markup=markup)
    except TelegramAPIError as error:
        log.info("a chat could not be told of its new channel", workspace=to.id, reason=str(error))


def _named(place: Workspace, t: Translator) -> Html:
    if place.kind == "private":
        return t("channels.move_to_private")
    return t("channels.move_to_group", group=as_name(place.title or str(place.chat_id)))
