"""/export: what is kept of a channel as a workbook, and at a press its posts as CSV."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.answers.asked import asked
from bot.core.locales import Translator
from bot.core.parsing.periods import EVERYTHING, PeriodChoice, from_code
from bot.features.export.request import FORMATS
from bot.features.export.service import Exporting
from bot.telegram import keyboards
from bot.telegram.callbacks import ExportButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace.channels import Channel

router = Router(name=__name__)
WORKBOOK = FORMATS[0]


def setup(exporting: Exporting) -> Router:
    return with_parts(router, exporting=exporting)


@router.message(Command("export"))
async def export(_message: Message, chat: Conversation, command: CommandObject, exporting: Exporting) -> None:
    """Sends the export: «/export», «/export Кофе 90d», «/export Кофе csv»."""
    words = (command.args or "").split()
    wanted = words.pop().lower() if words and words[-1].lower() in FORMATS else WORKBOOK
    found = await asked(chat, " ".join(words))
    period = None if found.period == EVERYTHING else found.period
    if len(found.channels) > 1:
        rows = keyboards.pick(found.channels, lambda one: _button(one, wanted, period))
        await chat.reply(keyboards.which(chat.t, found.channels, "export"), rows)
        return
    channel = found.channels[0]
    further = _further(channel, wanted, period, chat.t)
    await exporting.send(chat, channel, wanted, period, further)


@router.callback_query(ExportButton.filter(), visible_channel)
async def export_chosen(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: ExportButton,
    channel: Channel,
    exporting: Exporting,
) -> None:
    if callback_data.format not in FORMATS:
        raise DomainError("button.stale")
    period = from_code(callback_data.period) if callback_data.period else None
    further = _further(channel, callback_data.format, period, chat.t)
    await exporting.send(chat, channel, callback_data.format, period, further)


def _button(channel: Channel, file_format: str, period: PeriodChoice | None) -> ExportButton:
    return ExportButton(channel=channel.id, format=file_format, period=period.code if period else "")


def _further(channel: Channel, sent: str, period: PeriodChoice | None, t: Translator) -> InlineKeyboardMarkup:
    """Leads on: to the other format, and from some days to all there is."""
    asked_for = [(f"export.button.{name}", name, period) for name in FORMATS if name != sent]
    if period is not None:
        asked_for.append(("export.button.everything", sent, None))
    row = [
        InlineKeyboardButton(text=t.plain(code), callback_data=_button(channel, name, days).pack())
        for code, name, days in asked_for
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])
