"""The bot is added somewhere or taken out: a promotion in a channel proves who may see its figures."""

from dataclasses import replace

import structlog
from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import ChatMemberUpdated, Message, ReplyKeyboardRemove

from bot.collection.welcoming import Welcoming
from bot.core.locales import Html
from bot.features.channels.registration import register
from bot.telegram.access import ADMINS, TEAMS
from bot.telegram.asking import settle_sharing
from bot.telegram.conversation import Conversation
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from storage.workspace import channels, follows, network_progress, questions

router = Router(name=__name__)
log = structlog.stdlib.get_logger(__name__)
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


def setup(welcoming: Welcoming) -> Router:
    return with_parts(router, welcoming=welcoming)


@router.my_chat_member(F.chat.type == ChatType.CHANNEL)
async def follow_channel(event: ChatMemberUpdated, chat: Conversation, welcoming: Welcoming) -> None:
    """Follows the bot's rights; the conversation is the private chat of the person who changed them."""
    if event.new_chat_member.status in ADMINS and event.old_chat_member.status not in ADMINS:
        await _welcome_channel(event, chat, welcoming)
    elif event.old_chat_member.status in ADMINS and event.new_chat_member.status not in ADMINS:
        async with chat.begin() as conn:
            known = await channels.find(conn, chat.workspace.id, chat_id=event.chat.id)
            if known:
                await channels.set_admin(conn, chat.workspace.id, known.id, bot_is_admin=False)
        if known:
            await _tell(chat, chat.t("channels.bot_removed", title=known.title))


@router.my_chat_member(F.chat.type.in_((*TEAMS, ChatType.PRIVATE)), F.new_chat_member.status.in_(GONE))
async def leave_chat(_event: ChatMemberUpdated, chat: Conversation) -> None:
    """Ends what a chat followed that blocked the bot or put it out: nobody reads what pages would say."""
    async with chat.begin() as conn:
        await follows.end_all(conn, chat.workspace.id)
        await network_progress.end_all(conn, chat.workspace.id)


@router.my_chat_member(F.chat.type.in_(TEAMS))
async def greet_group(event: ChatMemberUpdated, chat: Conversation) -> None:
    here, before = event.new_chat_member.status, event.old_chat_member.status
    if before in GONE and here not in GONE:
        await event.answer(chat.t("channels.group_welcome"))


async def _welcome_channel(event: ChatMemberUpdated, chat: Conversation, welcoming: Welcoming) -> None:
    """Welcomes a channel.

    One picked in the chooser comes here and as a shared chat, side by side: one of the two speaks.
    """
    async with chat.read() as conn:
        known = await channels.find(conn, chat.workspace.id, chat_id=event.chat.id)
        question = await questions.pending(conn, chat.workspace.id, chat.person)
    choosing = question is not None and question.kind == QuestionKind.SHARING
    channel = await register(chat, event.chat, bot_is_admin=True)
    before = known
    if choosing:
        offer = await settle_sharing(chat.database, chat.workspace, chat.person)
        if offer is None:
            return
        before = offer.as_it_stood(known)
    elif known is not None and known.bot_is_admin:
        return
    text = await welcoming.words(chat, channel, before)
    said = await _tell(chat, text, ReplyKeyboardRemove() if choosing else None)
    if said is not None:
        await welcoming.read_page(replace(chat, event=said), channel)


async def _tell(chat: Conversation, text: Html, markup: ReplyKeyboardRemove | None = None) -> Message | None:
    """Tells the person; None: they have not started the bot."""
    try:
        return await chat.bot.send_message(chat.workspace.chat_id, text, reply_markup=markup)
    except TelegramForbiddenError:
        log.info("the person has not started the bot", workspace=chat.workspace.id)
        return None
