"""/top: the best and the weakest posts of a period, and why."""

from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.answers.asked import asked
from bot.answers.gather import gather
from bot.answers.request import resolve
from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice, from_code
from bot.core.workers import Workers
from bot.features.top.request import TopRequest, build
from bot.telegram import keyboards
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from storage.workspace import deletions, reposts
from storage.workspace.channels import Channel

router = Router(name=__name__)
DEFAULT = PeriodChoice(days=30)  # of a week a good post is mostly luck


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


class TopButton(CallbackData, prefix="top"):
    """Show `/top` of a channel for a period; `period` is a `PeriodChoice.code`."""

    channel: int
    period: str


@router.message(Command("top"))
async def show_top(_message: Message, chat: Conversation, command: CommandObject, workers: Workers) -> None:
    found = await asked(chat, command.args)
    period = found.period or DEFAULT
    if len(found.channels) > 1:
        rows = keyboards.pick(found.channels, lambda one: TopButton(channel=one.id, period=period.code))
        await chat.reply(chat.t("channels.pick"), rows)
        return
    channel = found.channels[0]
    await chat.reply(await _answer(chat, workers, channel, period), _periods(channel, period, chat.t))


@router.callback_query(TopButton.filter(), visible_channel)
async def switch_period(
    _query: CallbackQuery, chat: Conversation, callback_data: TopButton, channel: Channel, workers: Workers
) -> None:
    period = from_code(callback_data.period)
    await chat.edit(await _answer(chat, workers, channel, period), _periods(channel, period, chat.t))


async def _answer(chat: Conversation, workers: Workers, channel: Channel, period: PeriodChoice) -> str:
    """Raises DomainError("er.no_data"), ("er.before_data")."""
    async with chat.read() as conn:
        request = await gather(conn, chat.workspace, channel, period, chat.now, draw=False)
        told = resolve(request.period, request.as_of, ZoneInfo(chat.workspace.zone))
        where = (chat.workspace.id, channel.id, told.start_unix, told.end_unix)
        gone = await deletions.window(conn, *where)
        named = await reposts.of_posts(conn, *where)
    deleted = [one.title for one in gone]
    return (await workers.run(build, TopRequest(request, channel.handle, deleted, named))).text


def _periods(channel: Channel, shown: PeriodChoice, t: Translator) -> InlineKeyboardMarkup:
    row = keyboards.periods(t, shown, lambda period: TopButton(channel=channel.id, period=period.code))
    return InlineKeyboardMarkup(inline_keyboard=[row])
