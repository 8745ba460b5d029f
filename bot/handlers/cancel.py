"""«Отмена», «потом», /cancel: whatever the bot has asked is asked no longer. And what is no answer to anything."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove

from bot.asking import settle_question
from bot.handlers.last import is_for_bot
from bot.handlers.presses import pressed_message
from bot.keys.callbacks import CancelButton
from bot.locales import Translator
from bot.typed.questions import QuestionKind, is_small_talk, says_cancel
from bot.uploads.dialogue import UploadDialogue
from metrics.errors import DomainError
from storage import imports, questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
# Telegram's own keyboards lie where people type until they are taken away.
_WITH_KEYBOARD = (QuestionKind.SHARING, QuestionKind.ZONE)


@router.message(F.text.func(says_cancel), is_for_bot)
@router.message(Command("cancel"), ~F.document)
async def cancel(
    message: Message,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    """The question in words, or else the newest file that waits for a press."""
    async with database.begin() as conn:
        question = await settle_question(conn, workspace.id, caller_id)
        upload = None if question else await imports.newest_asked(conn, workspace.id, caller_id)
    if upload is not None:
        await dialogue.end(workspace, upload)
        await dialogue.say_dropped(message, upload, t)
    elif question is None:
        await message.answer(t("questions.nothing_to_cancel"))
    else:
        in_private = workspace.kind == "private" and question.kind in _WITH_KEYBOARD
        markup = ReplyKeyboardRemove() if in_private else None
        await message.answer(t("questions.cancelled"), reply_markup=markup)


@router.callback_query(CancelButton.filter())
async def cancel_by_button(
    query: CallbackQuery,
    callback_data: CancelButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    """Raises DomainError("questions.closed") where whoever presses is asked nothing of the kind (any more)."""
    async with database.begin() as conn:
        settled = await settle_question(conn, workspace.id, caller_id, callback_data.kind)
    if settled is None:
        raise DomainError("questions.closed")
    await pressed_message(query).edit_text(t("questions.cancelled"))


@router.message(F.text.func(is_small_talk), is_for_bot)
async def be_polite(
    message: Message, database: Database, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    async with database.read() as conn:
        question = await questions.pending(conn, workspace.id, caller_id)
    await message.answer(t("hint.welcome" if question is None else "hint.welcome_open"))
