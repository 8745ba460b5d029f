"""Buttons under /keys."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator


class KeyButton(CallbackData, prefix="key"):
    """What is done with the key of TGStat."""

    action: Literal["add", "check", "remove"]


def key_buttons(t: Translator, *, has_key: bool) -> InlineKeyboardMarkup:
    if not has_key:
        return InlineKeyboardMarkup(inline_keyboard=[[_button(t.plain("keys.add_button"), "add")]])
    rows = [
        [_button(t.plain("keys.check_button"), "check"), _button(t.plain("keys.replace_button"), "add")],
        [_button(t.plain("keys.remove_button"), "remove")],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def open_private(t: Translator, bot_name: str) -> InlineKeyboardMarkup:
    link = InlineKeyboardButton(text=t.plain("keys.private_button"), url=f"https://t.me/{bot_name}")
    return InlineKeyboardMarkup(inline_keyboard=[[link]])


def _button(text: str, action: Literal["add", "check", "remove"]) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=KeyButton(action=action).pack())
