"""A summary or the alerts of this moment, before anything is switched on; «/digest 7d»: the summary of those days."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.answers.drops.judging import judge_workspace
from bot.answers.drops.words import of_a_file
from bot.core.parsing.periods import PeriodChoice, split_request
from bot.features.summaries.composing import composed_now
from bot.features.summaries.request import covered
from bot.notifications.courier import post_document, post_message
from bot.notifications.services import Services
from bot.telegram.callbacks import NowButton
from bot.telegram.conversation import Conversation
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import schedules

router = Router(name=__name__)
WEEK_DAYS, LONGEST_DAYS = 7, 31
JUDGED = ("warning", "critical")


def setup(services: Services) -> Router:
    return with_parts(router, services=services)


async def of_period(_message: Message, chat: Conversation, command: CommandObject) -> bool | dict[str, Any]:
    """Passes «7d», «за неделю», «вчера» and nothing else behind the command; hands on `period`."""
    try:
        rest, period = split_request(command.args or "", chat.today, ())
    except DomainError:
        return False
    return {"period": period} if period is not None and not rest.strip() else False


@router.message(Command("digest", magic=F.args), of_period)
async def show_period(
    _message: Message, chat: Conversation, period: PeriodChoice, services: Services
) -> None:
    await _show(chat, services, _told(period, chat.today))


@router.callback_query(NowButton.filter(F.kind == "digest"))
async def show_now(_query: CallbackQuery, chat: Conversation, services: Services) -> None:
    """Shows a summary of the days that the next one would tell of, by how often it comes."""
    await chat.close_press()
    async with chat.read() as conn:
        schedule = await schedules.get(conn, chat.workspace.id, "digest")
    frequency = schedule.frequency if schedule else "daily"
    first, last = covered(frequency, chat.today)
    await _show(chat, services, _payload(frequency, first, last))


@router.callback_query(NowButton.filter(F.kind == "alerts"))
async def show_alerts_now(_query: CallbackQuery, chat: Conversation, services: Services) -> None:
    """Shows what would be told if this were the hour; nothing is kept of it."""
    await chat.close_press()
    async with chat.read() as conn:
        schedule = await schedules.get(conn, chat.workspace.id, "alerts")
    done = await judge_workspace(services, chat.workspace.id, schedule)
    if done is None or not done.channels:
        raise DomainError("channel.none")
    titles = {one.id: one.title for one in done.channels}
    fallen = [one for one in done.evaluation.judged if one.decision.state in JUDGED]
    if not fallen:
        await chat.reply(chat.t("now.no_drops", channels=chat.t.plural("replay.channels", len(titles))))
        return
    lines = [of_a_file(titles[one.channel_id], one.decision, chat.t, chat.today) for one in fallen]
    await chat.reply("\n".join([chat.t("now.drops"), *lines]))


async def _show(chat: Conversation, services: Services, told: Mapping[str, Any]) -> None:
    composed = await composed_now(services, chat.workspace, told)
    if composed is None:
        raise DomainError("channel.none")
    chat_id, thread_id = chat.message.chat.id, chat.thread_id
    sent = await post_message(chat.bot, chat_id, thread_id, composed)
    if composed.document is not None:
        await post_document(chat.bot, chat_id, thread_id, composed.document, reply_to=sent.message_id)


def _told(period: PeriodChoice, today: date) -> Mapping[str, Any]:
    """Returns what a summary of these days tells of. Raises DomainError("digest.too_long")."""
    if period.length_days > LONGEST_DAYS:
        raise DomainError("digest.too_long")
    last = period.last or today - timedelta(days=1)
    first = period.first or last - timedelta(days=period.length_days - 1)
    if first == last:
        return _payload("daily", first, last)
    is_month = first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])
    return _payload("monthly" if is_month else "weekly", first, last)


def _payload(frequency: str, first: date, last: date) -> Mapping[str, Any]:
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return {"frequency": frequency, **days, "missed_since": None}
