"""/why, and the button under a fall: causes that the data shows."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, TelegramObject

from bot.answers.asked import asked
from bot.core.locales import Translator
from bot.core.parsing.how import asks_why
from bot.core.parsing.periods import PeriodChoice, from_code
from bot.core.workers import Workers
from bot.features.causes.gather import gather
from bot.features.causes.request import build
from bot.telegram import keyboards
from bot.telegram.callbacks import EngagementButton, WhyButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AsksHow, visible_channel
from bot.telegram.routing import with_parts
from metrics.verdict import Fell
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("why"))
async def explain(_message: Message, chat: Conversation, command: CommandObject, workers: Workers) -> None:
    found = await asked(chat, command.args)
    if len(found.channels) > 1:
        code = found.period.code if found.period else ""
        rows = keyboards.pick(found.channels, lambda one: WhyButton(channel=one.id, period=code))
        await chat.reply(keyboards.which(chat.t, found.channels, "why"), rows)
        return
    await _answer(chat, workers, found.channels[0], found.period, "")


@router.message(AsksHow(WhyButton, asks=asks_why), visible_channel)
@router.callback_query(WhyButton.filter(), visible_channel)
async def explain_by_button(
    _event: TelegramObject, chat: Conversation, callback_data: WhyButton, channel: Channel, workers: Workers
) -> None:
    """Answers in a message of its own: the one with the fall stays as it is."""
    await chat.close_press()
    period = from_code(callback_data.period) if callback_data.period else None
    await _answer(chat, workers, channel, period, callback_data.metric)


async def _answer(
    chat: Conversation, workers: Workers, channel: Channel, period: PeriodChoice | None, metric: str
) -> None:
    """Raises DomainError("er.no_data"), ("er.before_data")."""
    request = await gather(chat, channel, period, metric)
    report = await workers.run(build, request)
    buttons = _next(channel, request.engagement.period, report.fell, chat.t)
    await chat.message.answer(report.text, reply_markup=buttons)


def _next(channel: Channel, shown: PeriodChoice, earlier: Fell | None, t: Translator) -> InlineKeyboardMarkup:
    """Returns the days since the level fell, if before; other periods; the figures of these days."""
    row = keyboards.periods(t, shown, lambda period: WhyButton(channel=channel.id, period=period.code))
    figures = EngagementButton(channel=channel.id, period=shown.code)
    since = [] if earlier is None else [[_since(channel, earlier, t)]]
    return InlineKeyboardMarkup(
        inline_keyboard=[*since, row, [keyboards.button(t.plain("why.figures_button"), figures)]]
    )


def _since(channel: Channel, earlier: Fell, t: Translator) -> InlineKeyboardButton:
    period = PeriodChoice(first=earlier.first, last=earlier.last)
    text = t.plain("why.since_button", date=t.date(earlier.first))
    return keyboards.button(text, WhyButton(channel=channel.id, period=period.code, metric=earlier.metric))
