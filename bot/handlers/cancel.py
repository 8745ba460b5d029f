"""«Отмена», «потом», /cancel: whatever the bot has asked is asked no longer. And what is no answer to anything."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove

from bot.asking import settle_question
from bot.handlers.last import is_asked_anything, is_for_bot
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
    """Whatever was asked last: a question in words, or a file that waits for a press. What is still open is said."""
    async with database.begin() as conn:
        question = await questions.pending(conn, workspace.id, caller_id)
        upload = await imports.newest_asked(conn, workspace.id, caller_id)
        if question and upload and upload.created_at > question.asked_at:
            question = None
        if question is not None:
            await settle_question(conn, workspace.id, caller_id)
    if question is None and upload is None:
        await message.answer(t("questions.nothing_to_cancel"))
        return
    if question is None and upload is not None:
        await dialogue.end(workspace, upload)
        await dialogue.say_dropped(message, upload, t)
    is_more = await is_asked_anything(database, workspace, caller_id)
    has_keyboard = workspace.kind == "private" and question and question.kind in _WITH_KEYBOARD
    said = t("questions.cancelled_one" if is_more else "questions.cancelled")
    await message.answer(said, reply_markup=ReplyKeyboardRemove() if has_keyboard else None)


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
    is_open = await is_asked_anything(database, workspace, caller_id)
    await message.answer(t("hint.welcome_open" if is_open else "hint.welcome"))
