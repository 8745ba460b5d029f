"""/subs, and the answer to «how many subscribers?»."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.asking import Asker, ask_subscribers, channel_ids, settle_question
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys import keyboards
from bot.keys.callbacks import ChannelButton, SkipButton
from bot.locales import Html, Translator
from bot.typed.choices import choose
from bot.typed.counting import read_for_each, says_unknown, split_count
from bot.typed.periods import DEFAULT
from bot.typed.questions import QuestionKind
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
        asker = Asker(message, database, clock, workspace, caller_id, said_in=message.message_id)
        await ask_subscribers(asker, meant, t)
    else:
        await _save(message, database, clock, workspace, [(meant[0], count)], t)


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
    await ask_subscribers(Asker(beside, database, clock, workspace, caller_id, name=name), [channel], t)


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
        is_this = (
            asked is not None
            and asked.kind == QuestionKind.SUBSCRIBERS
            and channel_ids(asked.payload)[:1] == [callback_data.channel]
        )
        if is_this:
            await settle_question(conn, workspace.id, caller_id)
    if workspace.kind == "group" and not is_this:
        raise DomainError("subscribers.not_asked")
    await pressed_message(query).edit_text(t("subscribers.skipped"))


@router.message(Asked(QuestionKind.SUBSCRIBERS))
async def take_answer(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    payload: dict[str, Any],
) -> None:
    """A number for the channel, or one for each of several. A slip of the hand leaves the question open."""
    text = message.text or ""
    if says_unknown(text):
        async with database.begin() as conn:
            await settle_question(conn, workspace.id, caller_id)
        await message.answer(t("subscribers.skipped"))
        return
    async with database.read() as conn:
        asked = [await channels.get(conn, workspace.id, one) for one in channel_ids(payload)]
    listed = [one for one in asked if one is not None and one.level == "own"]
    if not listed:
        raise DomainError("channel.gone")
    counts = read_for_each(text, [one.title for one in listed])
    told = [(one, count) for one, count in zip(listed, counts, strict=True) if count is not None]
    await _save(message, database, clock, workspace, told, t)
    async with database.begin() as conn:
        await settle_question(conn, workspace.id, caller_id)


async def _save(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    told: Sequence[tuple[Channel, AudienceReading]],
    t: Translator,
) -> None:
    now = int(clock.now().timestamp())
    at = min(now, int(message.date.timestamp()))  # the same moment when a crash has it run again
    async with database.begin() as conn:
        for channel, count in told:
            reading = count._replace(observed_at=at)
            await audience.store(conn, workspace.id, channel.id, [reading], source="person", now=now)
    day = t.date(datetime.fromtimestamp(at, ZoneInfo(workspace.zone)).date())
    lines = []
    for channel, count in told:
        subscribers = Html(t.plural("subscribers.count", count.subscribers))
        lines.append(t("subscribers.saved", title=channel.title, subscribers=subscribers, date=day))
    shown = [channel for channel, _ in told]
    await message.answer("\n".join(lines), reply_markup=keyboards.show_engagements(t, shown, DEFAULT))


async def _own(conn: Connection, workspace: Workspace, channel_id: int) -> Channel:
    channel = await channels.get(conn, workspace.id, channel_id)
    if channel is None or channel.level != "own":
        raise DomainError("channel.gone")
    return channel
