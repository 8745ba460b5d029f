"""/subs, and the answer to «how many subscribers?»."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.asking import SUBSCRIBERS, ask_subscribers
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys import keyboards
from bot.keys.callbacks import ChannelButton, SkipButton
from bot.locales import Html, Translator
from bot.typed.choices import choose
from bot.typed.counting import read_subscribers, says_unknown
from bot.typed.periods import DEFAULT
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage import audience, channels, questions
from storage.channels import Channel
from storage.engine import Connection, Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.message(Command("subs"))
async def tell_subscribers(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    """«/subs», «/subs 12500», «/subs Кофе и код 12,5 тыс.»"""
    await is_chat_admin.require()
    async with database.read() as conn:
        listed = [channel for channel in await channels.visible(conn, workspace.id) if channel.level == "own"]
    words, count = split_count(command.args or "", [channel.title for channel in listed])
    meant = choose(listed, words)
    if len(meant) > 1:
        rows = keyboards.pick(meant, lambda one: ChannelButton(action="subscribers", channel=one.id))
        await message.answer(t("subscribers.pick"), reply_markup=rows)
    elif count is None:
        asked_in = message.message_id
        await ask_subscribers(message, database, clock, workspace, meant[0], caller_id, t, said_in=asked_in)
    else:
        await _save(message, database, clock, workspace, meant[0], count, t)


@router.callback_query(ChannelButton.filter(F.action == "subscribers"))
async def ask_by_button(
    query: CallbackQuery,
    callback_data: ChannelButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    async with database.read() as conn:
        channel = await _own(conn, workspace, callback_data.channel)
    await close_press(query)
    beside, name = pressed_message(query), query.from_user.full_name
    await ask_subscribers(beside, database, clock, workspace, channel, caller_id, t, name=name)


@router.callback_query(SkipButton.filter())
async def skip(
    query: CallbackQuery,
    callback_data: SkipButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    """The button stands in private chats, where an old question may have been replaced by a newer one."""
    async with database.begin() as conn:
        asked = await questions.pending(conn, workspace.id, caller_id)
        is_this = asked and asked.kind == SUBSCRIBERS and asked.payload["channel"] == callback_data.channel
        if is_this:
            await questions.settle(conn, workspace.id, caller_id)
    if workspace.kind == "group" and not is_this:
        raise DomainError("subscribers.not_asked")
    await pressed_message(query).edit_text(t("subscribers.skipped"))


@router.message(F.text, ~F.text.startswith("/"), Asked(SUBSCRIBERS))
async def take_answer(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    payload: dict[str, int],
) -> None:
    if says_unknown(message.text or ""):
        async with database.begin() as conn:
            await questions.settle(conn, workspace.id, caller_id)
        await message.answer(t("subscribers.skipped"))
        return
    count = read_subscribers(message.text or "")
    async with database.read() as conn:
        channel = await _own(conn, workspace, payload["channel"])
    await _save(message, database, clock, workspace, channel, count, t)
    async with database.begin() as conn:
        await questions.settle(conn, workspace.id, caller_id)


def split_count(text: str, titles: Sequence[str]) -> tuple[str, AudienceReading | None]:
    """«Кофе и код 12,5 тыс.» -> («Кофе и код», 12 500): the longest tail of words that is a number.

    A whole title is a title, with whatever number it ends: «Топ 10».
    """
    words = text.split()
    if " ".join(words).casefold() in (title.casefold() for title in titles):
        return text.strip(), None
    for start in range(len(words)):
        try:
            return " ".join(words[:start]), read_subscribers(" ".join(words[start:]))
        except DomainError:
            continue
    return text.strip(), None


async def _save(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    channel: Channel,
    count: AudienceReading,
    t: Translator,
) -> None:
    now = clock.now()
    reading = count._replace(observed_at=int(now.timestamp()))
    async with database.begin() as conn:
        await audience.store(
            conn, workspace.id, channel.id, [reading], source="person", now=reading.observed_at
        )
    day = datetime.fromtimestamp(reading.observed_at, ZoneInfo(workspace.zone)).date()
    told = Html(t.plural("subscribers.count", reading.subscribers))
    text = t("subscribers.saved", title=channel.title, subscribers=told, date=t.date(day))
    await message.answer(text, reply_markup=keyboards.show_engagement(t, channel, DEFAULT))


async def _own(conn: Connection, workspace: Workspace, channel_id: int) -> Channel:
    channel = await channels.get(conn, workspace.id, channel_id)
    if channel is None or channel.level != "own":
        raise DomainError("channel.gone")
    return channel
