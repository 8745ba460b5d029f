"""The bot is added somewhere or taken out: a promotion in a channel proves who may see its figures."""

import structlog
from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import ChatMemberUpdated, Message, ReplyKeyboardRemove

from bot.access import ADMINS, TEAMS
from bot.asking import settle_sharing
from bot.clock import Clock
from bot.locales import Html, Translator
from bot.lookups import asked_by
from bot.registration import register
from bot.typed.questions import QuestionKind
from bot.welcoming import Welcoming
from storage import channels, follows, questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
log = structlog.stdlib.get_logger(__name__)
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


@router.my_chat_member(F.chat.type == ChatType.CHANNEL)
async def follow_channel(
    event: ChatMemberUpdated,
    bot: Bot,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    welcoming: Welcoming,
) -> None:
    """`workspace` is the private chat of the person who changed the bot's rights."""
    if event.new_chat_member.status in ADMINS and event.old_chat_member.status not in ADMINS:
        await _welcome_channel(event, bot, database, clock, workspace, t, welcoming)
    elif event.new_chat_member.status in GONE:
        async with database.begin() as conn:
            known = await channels.find(conn, workspace.id, chat_id=event.chat.id)
            if known:
                await channels.set_admin(conn, workspace.id, known.id, bot_is_admin=False)
        if known:
            await _tell(bot, workspace, t("channels.bot_removed", title=known.title))


@router.my_chat_member(F.chat.type.in_((*TEAMS, ChatType.PRIVATE)), F.new_chat_member.status.in_(GONE))
async def leave_chat(_event: ChatMemberUpdated, database: Database, workspace: Workspace) -> None:
    """Blocked by the person, or put out of the group: nobody is there to read what pages would say."""
    async with database.begin() as conn:
        await follows.end_all(conn, workspace.id)


@router.my_chat_member(F.chat.type.in_(TEAMS))
async def greet_group(event: ChatMemberUpdated, t: Translator) -> None:
    here, before = event.new_chat_member.status, event.old_chat_member.status
    if before in GONE and here not in GONE:
        await event.answer(t("channels.group_welcome"))


async def _welcome_channel(
    event: ChatMemberUpdated,
    bot: Bot,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    welcoming: Welcoming,
) -> None:
    """A channel picked in the chooser comes here and as a shared chat, side by side: one of the two speaks."""
    async with database.read() as conn:
        known = await channels.find(conn, workspace.id, chat_id=event.chat.id)
        question = await questions.pending(conn, workspace.id, event.from_user.id)
    choosing = question is not None and question.kind == QuestionKind.SHARING
    channel = await register(
        bot, database, clock, workspace, event.chat, event.from_user.id, bot_is_admin=True
    )
    if choosing and not await settle_sharing(database, workspace, event.from_user.id):
        return
    if not choosing and known is not None and known.bot_is_admin:
        return
    text = await welcoming.words(workspace, channel, t)
    said = await _tell(bot, workspace, text, ReplyKeyboardRemove() if choosing else None)
    if said is not None:
        await welcoming.read_page(asked_by(said, workspace, event.from_user.id, t), channel)


async def _tell(
    bot: Bot, workspace: Workspace, text: Html, markup: ReplyKeyboardRemove | None = None
) -> Message | None:
    """None: the person has not started the bot."""
    try:
        return await bot.send_message(workspace.chat_id, text, reply_markup=markup)
    except TelegramForbiddenError:
        log.info("the person has not started the bot", workspace=workspace.id)
        return None
