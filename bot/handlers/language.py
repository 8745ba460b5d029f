"""/lang: the language of the chat; in a group its admins choose."""

from typing import Literal

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.access import ChatAdmin
from bot.handlers.presses import pressed_message
from bot.locales import LANGUAGES, Translator, translator
from storage import workspaces
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


class Speak(CallbackData, prefix="lang"):
    language: Literal["ru", "en"]


@router.message(Command("lang"))
async def ask_language(message: Message, t: Translator) -> None:
    row = [
        InlineKeyboardButton(
            text=translator(language).plain("language.name"), callback_data=Speak(language=language).pack()
        )
        for language in LANGUAGES
    ]
    await message.answer(t("language.choose"), reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))


@router.callback_query(Speak.filter())
async def speak(
    query: CallbackQuery,
    callback_data: Speak,
    database: Database,
    workspace: Workspace,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    async with database.begin() as conn:
        await workspaces.set_language(conn, workspace.id, callback_data.language)
    await pressed_message(query).edit_text(translator(callback_data.language)("language.changed"))
