"""«Отмена», «потом», /cancel: whatever the bot has asked is asked no longer. And what is no answer to anything."""

from typing import Protocol, runtime_checkable

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove

from bot.core.locales import Translator
from bot.features.chat.last import is_asked_anything
from bot.telegram.asking import settle_question
from bot.telegram.callbacks import CancelButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import is_for_bot
from bot.telegram.questions import QuestionKind, is_small_talk, says_cancel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import imports, questions
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace

router = Router(name=__name__)
# Telegram's own keyboards lie where people type until they are taken away.
_WITH_KEYBOARD = (QuestionKind.SHARING, QuestionKind.ZONE)


@runtime_checkable
class Uploads(Protocol):
    """Files that wait for a press."""

    async def end(self, workspace: Workspace, upload: Import) -> None: ...

    async def say_dropped(self, beside: Message, upload: Import, t: Translator) -> None: ...


def setup(dialogue: Uploads) -> Router:
    return with_parts(router, dialogue=dialogue)


@router.message(F.text.func(says_cancel), is_for_bot)
@router.message(Command("cancel"), ~F.document)
async def cancel(message: Message, chat: Conversation, dialogue: Uploads) -> None:
    """Cancels what was asked last: a question in words, or a file that waits for a press.

    What is still open is said.
    """
    workspace, t = chat.workspace, chat.t
    async with chat.begin() as conn:
        question = await questions.pending(conn, workspace.id, chat.person)
        upload = await imports.newest_of(conn, workspace.id, chat.person)
        if question and upload and upload.created_at > question.asked_at:
            question = None
        if question is not None:
            await settle_question(conn, workspace.id, chat.person)
    if question is None and upload is None:
        await chat.reply(t("questions.nothing_to_cancel"))
        return
    if question is None and upload is not None:
        await dialogue.end(workspace, upload)
        await dialogue.say_dropped(message, upload, t)
    has_keyboard = not chat.is_group and question and question.kind in _WITH_KEYBOARD
    said = t("questions.cancelled_one" if await is_asked_anything(chat) else "questions.cancelled")
    await chat.reply(said, ReplyKeyboardRemove() if has_keyboard else None)


@router.callback_query(CancelButton.filter())
async def cancel_by_button(_query: CallbackQuery, chat: Conversation, callback_data: CancelButton) -> None:
    """Raises DomainError("questions.closed") where whoever presses is asked nothing of the kind (any more)."""
    async with chat.begin() as conn:
        settled = await settle_question(conn, chat.workspace.id, chat.person, callback_data.kind)
    if settled is None:
        raise DomainError("questions.closed")
    await chat.edit(chat.t("questions.cancelled"))


@router.message(F.text.func(is_small_talk), is_for_bot)
async def be_polite(_message: Message, chat: Conversation) -> None:
    await chat.reply(chat.t("hint.welcome_open" if await is_asked_anything(chat) else "hint.welcome"))
