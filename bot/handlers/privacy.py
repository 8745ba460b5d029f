"""/privacy: what is kept, and «delete everything»."""

import asyncio
from typing import Literal

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot import pictures
from bot.access import ChatAdmin
from bot.handlers.presses import pressed_message
from bot.locales import Translator
from bot.settings import Settings
from bot.uploads.dialogue import UploadDialogue
from metrics.errors import DomainError
from storage import imports, workspaces
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


class DeleteEverything(CallbackData, prefix="wipe"):
    """`person` is who asked, once they have: another admin's stray press must not confirm it."""

    step: Literal["ask", "confirm", "keep"]
    person: int = 0


@router.message(Command("privacy"))
async def show_privacy(message: Message, t: Translator) -> None:
    await message.answer(
        t("privacy.text"),
        reply_markup=_column((t.plain("privacy.delete_button"), DeleteEverything(step="ask"))),
    )


@router.callback_query(DeleteEverything.filter(F.step == "ask"))
async def ask_to_confirm(
    query: CallbackQuery, t: Translator, caller_id: int, is_chat_admin: ChatAdmin
) -> None:
    await is_chat_admin.require()
    buttons = _column(
        (t.plain("privacy.confirm_button"), DeleteEverything(step="confirm", person=caller_id)),
        (t.plain("privacy.keep_button"), DeleteEverything(step="keep", person=caller_id)),
    )
    await pressed_message(query).answer(t("privacy.sure"), reply_markup=buttons)


@router.callback_query(DeleteEverything.filter(F.step == "keep"))
async def keep(query: CallbackQuery, callback_data: DeleteEverything, t: Translator, caller_id: int) -> None:
    _require_same_person(callback_data, caller_id)
    await pressed_message(query).edit_text(t("privacy.kept"))


@router.callback_query(DeleteEverything.filter(F.step == "confirm"))
async def delete_everything(
    query: CallbackQuery,
    *,
    callback_data: DeleteEverything,
    database: Database,
    dialogue: UploadDialogue,
    settings: Settings,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    _require_same_person(callback_data, caller_id)
    await is_chat_admin.require()
    async with database.read() as conn:
        uploads = await imports.ids(conn, workspace.id)
    # Before their rows: whoever runs it again after a crash finds them by these.
    await asyncio.to_thread(dialogue.downloads.let_all_go, uploads)
    async with database.begin() as conn:
        await workspaces.delete_everything(conn, workspace.id)
    await asyncio.to_thread(pictures.forget, settings.storage.data_dir, workspace.id)
    await pressed_message(query).edit_text(t("privacy.deleted"))


def _require_same_person(pressed: DeleteEverything, caller_id: int) -> None:
    if pressed.person != caller_id:
        raise DomainError("privacy.not_yours")


def _column(*buttons: tuple[str, DeleteEverything]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data.pack())] for text, data in buttons
        ]
    )
