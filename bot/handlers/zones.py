"""The time zone of a chat: by a city somebody types, or by a place they send."""

from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import (
    CallbackQuery,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.access import ChatAdmin
from bot.asking import Asker
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys import preferences as preference_keys
from bot.keys.callbacks import SettingButton
from bot.locales import Translator
from bot.reports.preferences import place
from bot.typed.questions import QuestionKind
from bot.typed.zones import find_zone, nearest_zone
from bot.unasked.settings import open_preferences
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.callback_query(SettingButton.filter(F.field == "ask"))
async def ask(
    query: CallbackQuery,
    callback_data: SettingButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    message = pressed_message(query)
    payload = {"kind": callback_data.kind, "message": message.message_id}
    await close_press(query)
    share = KeyboardButton(text=t.plain("zone.share_button"), request_location=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True)
    asker = Asker(message, database, clock, workspace, caller_id, name=query.from_user.first_name)
    text = t("zone.ask_group" if workspace.kind == "group" else "zone.ask")
    await asker.ask(QuestionKind.ZONE, payload, text, t.plain("zone.example"), t, keyboard)


@router.message(Asked(QuestionKind.ZONE))
async def take(
    message: Message,
    bot: Bot,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    payload: dict[str, Any],
) -> None:
    """The settings message changes where it stands; the answer says what was understood."""
    if message.location:
        zone = nearest_zone(message.location.latitude, message.location.longitude)
    else:
        zone = find_zone(message.text or "")
    opened = await open_preferences(database, clock, workspace, payload["kind"], caller_id)
    changed = await opened.move(zone)
    async with database.begin() as conn:
        await questions.settle(conn, workspace.id, caller_id)
    remove = ReplyKeyboardRemove() if workspace.kind == "private" else None
    await message.answer(t("zone.set", place=place(zone, changed.now, t)), reply_markup=remove)
    await bot.edit_message_text(
        changed.words("main", t),
        chat_id=workspace.chat_id,
        message_id=payload["message"],
        reply_markup=preference_keys.keyboard("main", changed.shown(None), t),
    )
