"""/keys: in private a key is given, tested, removed; a message that holds one is deleted from the chat, wherever it is."""

import structlog
from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.core.locales import Html
from bot.features.keys.keeping import LOOKS_LIKE_KEY, Keeping
from bot.features.keys.keyboards import KeyButton, key_buttons, open_private
from bot.features.keys.words import key_words, none_words
from bot.telegram.asking import settle_question
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from storage.workspace import tgstat_channels

router = Router(name=__name__)
log = structlog.stdlib.get_logger(__name__)


def setup(keeping: Keeping) -> Router:
    return with_parts(router, keeping=keeping)


@router.message(Command("keys"))
async def show_keys(_message: Message, chat: Conversation, command: CommandObject, keeping: Keeping) -> None:
    """Answers with the keys; with a key behind it, that is taken.

    In a group nothing is shown, and nothing taken.
    """
    if chat.is_group:
        is_deleted = await _delete(chat) if command.args else True
        text = chat.t("keys.group" if is_deleted else "keys.group_delete_it")
        await chat.message.answer(text, reply_markup=open_private(chat.t, await _name(chat)))
    elif command.args:
        await _take(chat, command.args, keeping)
    else:
        await chat.reply(*await _list(chat, keeping))


@router.message(AnswerTo(QuestionKind.KEY), admin_only)
async def take_answer(message: Message, chat: Conversation, keeping: Keeping) -> None:
    await _take(chat, message.text or "", keeping)


@router.message(F.chat.type == "private", F.text.strip().regexp(LOOKS_LIKE_KEY, mode="fullmatch"), admin_only)
async def take_bare_key(message: Message, chat: Conversation, keeping: Keeping) -> None:
    """Takes a bare key: nothing else looks like it, and it must not stay in the chat."""
    await _take(chat, message.text or "", keeping)


@router.callback_query(KeyButton.filter(F.action == "add"), admin_only)
async def ask_for_key(_query: CallbackQuery, chat: Conversation) -> None:
    await chat.close_press()
    await chat.asker.ask(QuestionKind.KEY, {}, chat.t("keys.ask"))


@router.callback_query(KeyButton.filter(F.action == "check"), admin_only)
async def check_key(_query: CallbackQuery, chat: Conversation, keeping: Keeping) -> None:
    await chat.close_press()
    await keeping.check(chat.workspace)
    text, markup = await _list(chat, keeping)
    await chat.edit(text, markup)


@router.callback_query(KeyButton.filter(F.action == "remove"), admin_only)
async def remove_key(_query: CallbackQuery, chat: Conversation, keeping: Keeping) -> None:
    """Removes a key; pressed twice, it says the same."""
    await keeping.remove(chat.workspace)
    await chat.edit(chat.t("keys.removed"), key_buttons(chat.t, has_key=False))


async def _take(chat: Conversation, said: str, keeping: Keeping) -> None:
    """Takes a key, out of the chat first, whatever becomes of it."""
    is_deleted = await _delete(chat)
    t = chat.t
    state = await keeping.add(chat.workspace, chat.person, said)
    async with chat.begin() as conn:
        await settle_question(conn, chat.workspace.id, chat.person, QuestionKind.KEY)
    text, markup = await _list(chat, keeping)
    told = [t(f"keys.added.{state}"), *([] if is_deleted else [t("keys.delete_it")])]
    await chat.message.answer(Html("\n\n".join([*told, text])), reply_markup=markup)


async def _list(chat: Conversation, keeping: Keeping) -> tuple[Html, InlineKeyboardMarkup]:
    kept = await keeping.get(chat.workspace)
    if kept is None:
        return none_words(chat.t), key_buttons(chat.t, has_key=False)
    async with chat.read() as conn:
        channels = await tgstat_channels.of_workspace(conn, chat.workspace.id)
    text = key_words(kept, channels, chat.workspace.zone, chat.t, opens=keeping.can_open(kept))
    return text, key_buttons(chat.t, has_key=True)


async def _delete(chat: Conversation) -> bool:
    message = chat.message
    try:
        await chat.bot.delete_message(message.chat.id, message.message_id)
    except TelegramAPIError as error:
        log.info("a message with a key was not deleted", reason=type(error).__name__)
        return "not found" in str(error)  # by an earlier run, or by its author
    return True


async def _name(chat: Conversation) -> str:
    return (await chat.bot.me()).username or ""
