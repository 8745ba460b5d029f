"""/lang: the language of the chat; in a group its admins choose."""

from typing import Literal

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.core.locales import LANGUAGES, translator
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only
from storage.workspace import workspaces

router = Router(name=__name__)


class Speak(CallbackData, prefix="lang"):
    language: Literal["ru", "en"]


@router.message(Command("lang"))
async def ask_language(_message: Message, chat: Conversation) -> None:
    row = [
        InlineKeyboardButton(
            text=translator(language).plain("language.name"), callback_data=Speak(language=language).pack()
        )
        for language in LANGUAGES
    ]
    await chat.reply(chat.t("language.choose"), InlineKeyboardMarkup(inline_keyboard=[row]))


@router.callback_query(Speak.filter(), admin_only)
async def speak(_query: CallbackQuery, chat: Conversation, callback_data: Speak) -> None:
    async with chat.begin() as conn:
        await workspaces.set_language(conn, chat.workspace.id, callback_data.language)
    await chat.edit(translator(callback_data.language)("language.changed"))
