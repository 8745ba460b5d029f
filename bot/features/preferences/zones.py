"""The time zone of a chat: by a city somebody types, or by a place they send."""

from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.core.parsing.zones import find_zone, nearest_zone
from bot.features.preferences import keyboards as preference_keys
from bot.features.preferences.service import open_preferences
from bot.features.preferences.words import place
from bot.telegram.callbacks import SettingButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.questions import QuestionKind
from storage.workspace import questions

router = Router(name=__name__)


@router.callback_query(SettingButton.filter(F.field == "ask"), admin_only)
async def ask(_query: CallbackQuery, chat: Conversation, callback_data: SettingButton) -> None:
    t = chat.t
    payload = {"kind": callback_data.kind, "message": chat.message.message_id}
    await chat.close_press()
    share = KeyboardButton(text=t.plain("zone.share_button"), request_location=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True)
    text = t("zone.ask_group" if chat.is_group else "zone.ask")
    await chat.asker.ask(QuestionKind.ZONE, payload, text, t.plain("zone.example"), keyboard)


@router.message(AnswerTo(QuestionKind.ZONE), admin_only)
async def take(message: Message, chat: Conversation, payload: dict[str, Any]) -> None:
    """Takes the zone; the settings message changes where it stands, the answer says what was understood."""
    t = chat.t
    if message.location:
        zone = nearest_zone(message.location.latitude, message.location.longitude)
    else:
        zone = find_zone(message.text or "")
    opened = await open_preferences(chat, payload["kind"])
    changed = await opened.move(zone)
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    remove = None if chat.is_group else ReplyKeyboardRemove()
    await chat.reply(t("zone.set", place=place(zone, changed.now, t)), remove)
    await chat.bot.edit_message_text(
        changed.words("main", t),
        chat_id=chat.workspace.chat_id,
        message_id=payload["message"],
        reply_markup=preference_keys.keyboard("main", changed.shown(None), t),
    )
