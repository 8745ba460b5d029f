"""/digest and /alerts: what comes without being asked for, and when. One message with buttons; a group's admins change it."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.core.parsing.periods import DEFAULT
from bot.core.parsing.routine import Routine, read_routine
from bot.core.parsing.zone_wishes import split_zone
from bot.core.workers import Workers
from bot.features.preferences import keyboards as preference_keys
from bot.features.preferences import words as told
from bot.features.preferences.service import Preferences, open_preferences
from bot.telegram.callbacks import MorningButton, PauseButton, PickButton, SettingButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only
from bot.telegram.keyboards import pick_for_engagement, which
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels

router = Router(name=__name__)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("digest", "alerts", magic=F.args), admin_only)
async def arrange(message: Message, chat: Conversation, command: CommandObject) -> None:
    """Arranges «/digest 10:00 пн-пт», «/alerts off»: set as it is written, then shown."""
    kind = _kind_of(message)
    if (zone := split_zone(command.args or "")) is not None:
        await _move(chat, kind, zone)
        return
    said = _read(command.args or "", kind)
    opened = await open_preferences(chat, kind)
    await _answer(chat, await opened.arrange(said, chat.thread_id))


async def _move(chat: Conversation, kind: str, zone: str) -> None:
    """Moves the chat to another clock, and says to which."""
    changed = await (await open_preferences(chat, kind)).move(zone)
    await chat.reply(chat.t("zone.set", place=told.place(zone, changed.now, chat.t)))


@router.message(Command("digest", "alerts"))
async def show(message: Message, chat: Conversation) -> None:
    await _answer(chat, await open_preferences(chat, _kind_of(message)))


@router.callback_query(SettingButton.filter(F.field == "see"))
async def see(
    _query: CallbackQuery, chat: Conversation, callback_data: SettingButton, workers: Workers
) -> None:
    opened = await open_preferences(chat, callback_data.kind)
    if callback_data.value == "new":  # under a summary or an alert: they stay as they are
        await _answer(chat, opened)
        return
    await chat.close_press()
    await _show(chat, opened, callback_data.value)
    if callback_data.value == "sense":
        counts = await opened.preview(workers)
        now = await open_preferences(chat, callback_data.kind)
        if now.schedule == opened.schedule:  # else somebody chose meanwhile, and the screen is another
            await _show(chat, opened, "sense", below=told.preview(counts, chat.t))


@router.callback_query(SettingButton.filter(), admin_only)
async def change(_query: CallbackQuery, chat: Conversation, callback_data: SettingButton) -> None:
    topic = chat.thread_id
    opened = await open_preferences(chat, callback_data.kind)
    changed = await opened.change(callback_data.field, callback_data.value, topic)
    await chat.close_press()
    await _show(chat, changed, _NEXT.get(callback_data.field, "main"))


@router.callback_query(PauseButton.filter(), admin_only)
async def pause(_query: CallbackQuery, chat: Conversation, callback_data: PauseButton) -> None:
    opened = await open_preferences(chat, callback_data.kind)
    changed = await opened.change("pause", str(callback_data.days), None)
    until = told.paused_until(changed.schedule, chat.workspace, chat.t)
    await chat.reply(chat.t(f"unasked.paused.{callback_data.kind}", until=until))


@router.callback_query(MorningButton.filter(), admin_only)
async def begin(_query: CallbackQuery, chat: Conversation) -> None:
    """Begins a summary every morning, by one press."""
    topic = chat.thread_id
    opened = await open_preferences(chat, "digest")
    await _answer(chat, await opened.change("on", "1", topic))


@router.callback_query(PickButton.filter())
async def pick(_query: CallbackQuery, chat: Conversation) -> None:
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    if not visible:
        raise DomainError("channel.none")
    await chat.reply(which(chat.t, visible), pick_for_engagement(visible, DEFAULT))


def _read(text: str, kind: str) -> Routine:
    """Reads a routine. Raises DomainError, with an example of the command that was typed."""
    try:
        return read_routine(text)
    except DomainError as error:
        if kind == "alerts":
            raise DomainError("settings.alerts_not_understood", **error.params) from None
        raise


def _kind_of(message: Message) -> str:
    return "alerts" if (message.text or "").startswith("/alerts") else "digest"


_NEXT = {"freq": "days", "day": "days", "days": "days", "channel": "channels"}  # stay to choose on


async def _answer(chat: Conversation, opened: Preferences) -> None:
    keyboard = preference_keys.keyboard("main", opened.shown(chat.thread_id), chat.t)
    await chat.reply(opened.words("main", chat.t), keyboard)


async def _show(chat: Conversation, opened: Preferences, screen: str, *, below: str = "") -> None:
    text = "\n\n".join(part for part in (opened.words(screen, chat.t), below) if part)
    await chat.edit(text, preference_keys.keyboard(screen, opened.shown(chat.thread_id), chat.t))
