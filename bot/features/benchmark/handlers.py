"""/benchmark: a channel beside others of its size."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.answers import showing
from bot.answers.asked import asked
from bot.answers.report import Report
from bot.core.parsing.periods import PeriodChoice, from_code
from bot.core.workers import Workers
from bot.features.benchmark.gather import gather
from bot.features.benchmark.request import build
from bot.telegram import keyboards
from bot.telegram.callbacks import LookButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from storage.workspace.channels import Channel

router = Router(name=__name__)
WHAT = "benchmark"
DEFAULT = PeriodChoice(days=30)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("benchmark"))
async def show_benchmark(
    _message: Message, chat: Conversation, command: CommandObject, workers: Workers
) -> None:
    found = await asked(chat, command.args)
    period = found.period or DEFAULT
    if len(found.channels) > 1:
        await chat.reply(chat.t("channels.pick"), keyboards.pick_to_look(WHAT, found.channels, period))
        return
    channel = found.channels[0]
    report = await _report(chat, workers, channel, period)
    await showing.show(chat, report, _buttons(chat, channel, period), name=WHAT)


@router.callback_query(LookButton.filter(F.what == WHAT), visible_channel)
async def look_at_benchmark(
    _query: CallbackQuery, chat: Conversation, callback_data: LookButton, channel: Channel, workers: Workers
) -> None:
    """Another period in place of the shown one, or the answer in a message of its own."""
    period = from_code(callback_data.period) if callback_data.period else DEFAULT
    report = await _report(chat, workers, channel, period)
    put = showing.show if callback_data.is_new else showing.replace
    await put(chat, report, _buttons(chat, channel, period), name=WHAT)


async def _report(chat: Conversation, workers: Workers, channel: Channel, period: PeriodChoice) -> Report:
    """Raises DomainError("er.no_data")."""
    async with chat.read() as conn:
        request = await gather(conn, chat.workspace, channel, period, chat.now)
    return await workers.run(build, request)


def _buttons(chat: Conversation, channel: Channel, period: PeriodChoice) -> InlineKeyboardMarkup:
    return keyboards.looks(chat.t, WHAT, channel, period)
