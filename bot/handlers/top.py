"""/top: the best and the weakest posts of a period, and why."""

from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.clock import Clock
from bot.handlers.presses import pressed_message
from bot.keys import keyboards
from bot.locales import Translator
from bot.reports.engagement.gather import gather
from bot.reports.engagement.request import resolve
from bot.reports.top.entry import build
from bot.reports.top.request import TopRequest
from bot.typed.asked import asked, visible_channel
from bot.typed.periods import PeriodChoice, from_code
from bot.workers import Workers
from storage import deletions
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
DEFAULT = PeriodChoice(days=30)  # of a week a good post is mostly luck


class TopButton(CallbackData, prefix="top"):
    """Show `/top` of a channel for a period; `period` is a `PeriodChoice.code`."""

    channel: int
    period: str


@router.message(Command("top"))
async def show_top(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    t: Translator,
) -> None:
    found = await asked(database, clock, workspace, command.args)
    period = found.period or DEFAULT
    if len(found.channels) > 1:
        rows = keyboards.pick(found.channels, lambda one: TopButton(channel=one.id, period=period.code))
        await message.answer(t("channels.pick"), reply_markup=rows)
        return
    channel = found.channels[0]
    text = await _answer(database, clock, workers, workspace, channel, period)
    await message.answer(text, reply_markup=_periods(channel, period, t))


@router.callback_query(TopButton.filter())
async def switch_period(
    query: CallbackQuery,
    callback_data: TopButton,
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    t: Translator,
) -> None:
    period = from_code(callback_data.period)
    channel = await visible_channel(database, workspace, callback_data.channel)
    text = await _answer(database, clock, workers, workspace, channel, period)
    await pressed_message(query).edit_text(text, reply_markup=_periods(channel, period, t))


async def _answer(
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    channel: Channel,
    period: PeriodChoice,
) -> str:
    """Raises DomainError("er.no_data"), ("er.before_data")."""
    as_of = int(clock.now().timestamp())
    async with database.read() as conn:
        request = await gather(conn, workspace, channel, period, as_of, draw=False)
        told = resolve(request.period, as_of, ZoneInfo(workspace.zone))
        gone = await deletions.window(conn, workspace.id, channel.id, told.start_unix, told.end_unix)
    deleted = [one.title for one in gone]
    report = await workers.run(build, TopRequest(request, channel.handle, deleted))
    return report.text


def _periods(channel: Channel, shown: PeriodChoice, t: Translator) -> InlineKeyboardMarkup:
    row = keyboards.periods(t, shown, lambda period: TopButton(channel=channel.id, period=period.code))
    return InlineKeyboardMarkup(inline_keyboard=[row])
