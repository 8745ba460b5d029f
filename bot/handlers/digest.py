"""/digest and /alerts: what comes without being asked for, and when. One message with buttons; a group's admins change it."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.keys import preferences as preference_keys
from bot.keys.callbacks import MorningButton, PauseButton, PickButton, SettingButton
from bot.keys.keyboards import pick_for_engagement
from bot.locales import Translator
from bot.reports import preferences as told
from bot.typed.periods import DEFAULT
from bot.unasked.settings import Preferences, open_preferences
from bot.workers import Workers
from metrics.errors import DomainError
from storage import channels
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.message(Command("digest", "alerts"))
async def show(
    message: Message, database: Database, clock: Clock, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    kind = "alerts" if (message.text or "").startswith("/alerts") else "digest"
    opened = await open_preferences(database, clock, workspace, kind, caller_id)
    await _answer(message, opened, t)


@router.callback_query(SettingButton.filter(F.field == "see"))
async def see(
    query: CallbackQuery,
    callback_data: SettingButton,
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    message = pressed_message(query)
    opened = await open_preferences(database, clock, workspace, callback_data.kind, caller_id)
    await close_press(query)
    if callback_data.value == "new":  # under a summary or an alert: they stay as they are
        await _answer(message, opened, t)
        return
    await _show(message, opened, callback_data.value, t)
    if callback_data.value == "sense":
        counts = await opened.preview(workers)
        now = await open_preferences(database, clock, workspace, callback_data.kind, caller_id)
        if now.schedule == opened.schedule:  # else somebody chose meanwhile, and the screen is another
            await _show(message, opened, "sense", t, below=told.preview(counts, t))


@router.callback_query(SettingButton.filter())
async def change(
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
    opened = await open_preferences(database, clock, workspace, callback_data.kind, caller_id)
    changed = await opened.change(callback_data.field, callback_data.value, _topic(message))
    await close_press(query)
    await _show(message, changed, _NEXT.get(callback_data.field, "main"), t)


@router.callback_query(PauseButton.filter())
async def pause(
    query: CallbackQuery,
    callback_data: PauseButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    opened = await open_preferences(database, clock, workspace, callback_data.kind, caller_id)
    changed = await opened.change("pause", str(callback_data.days), None)
    await close_press(query)
    await pressed_message(query).answer(
        t(f"unasked.paused.{callback_data.kind}", until=told.paused_until(changed.schedule, workspace, t))
    )


@router.callback_query(MorningButton.filter())
async def begin(
    query: CallbackQuery,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    """A summary every morning, by one press."""
    await is_chat_admin.require()
    message = pressed_message(query)
    opened = await open_preferences(database, clock, workspace, "digest", caller_id)
    changed = await opened.change("on", "1", _topic(message))
    await close_press(query)
    await _answer(message, changed, t)


@router.callback_query(PickButton.filter())
async def pick(query: CallbackQuery, database: Database, workspace: Workspace, t: Translator) -> None:
    async with database.read() as conn:
        visible = await channels.visible(conn, workspace.id)
    if not visible:
        raise DomainError("channel.none")
    await close_press(query)
    await pressed_message(query).answer(
        t("channels.pick"), reply_markup=pick_for_engagement(visible, DEFAULT)
    )


_NEXT = {"freq": "days", "day": "days", "days": "days", "channel": "channels"}  # stay to choose on


async def _answer(message: Message, opened: Preferences, t: Translator) -> None:
    about = opened.shown(_topic(message))
    await message.answer(opened.words("main", t), reply_markup=preference_keys.keyboard("main", about, t))


async def _show(
    message: Message, opened: Preferences, screen: str, t: Translator, *, below: str = ""
) -> None:
    text = "\n\n".join(part for part in (opened.words(screen, t), below) if part)
    about = opened.shown(_topic(message))
    await message.edit_text(text, reply_markup=preference_keys.keyboard(screen, about, t))


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
