"""/export: what is kept of a channel as a workbook, and at a press its posts as CSV."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.clock import Clock
from bot.exporting import Exporting
from bot.handlers.presses import close_press, pressed_message
from bot.keys import keyboards
from bot.locales import Translator
from bot.reports.export.request import FORMATS
from bot.typed.asked import asked, visible_channel
from bot.typed.periods import PeriodChoice, from_code
from metrics.errors import DomainError
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
WORKBOOK = FORMATS[0]


class ExportButton(CallbackData, prefix="ex"):
    """`format`: one of FORMATS; `period`: a `PeriodChoice.code`, empty for everything."""

    channel: int
    format: str
    period: str = ""


@router.message(Command("export"))
async def export(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    exporting: Exporting,
    workspace: Workspace,
    t: Translator,
) -> None:
    """«/export», «/export Кофе 90d», «/export Кофе csv»."""
    words = (command.args or "").split()
    wanted = words.pop().lower() if words and words[-1].lower() in FORMATS else WORKBOOK
    found = await asked(database, clock, workspace, " ".join(words))
    if len(found.channels) > 1:
        rows = keyboards.pick(found.channels, lambda one: _button(one, wanted, found.period))
        await message.answer(t("channels.pick"), reply_markup=rows)
        return
    channel = found.channels[0]
    other = _other_format(channel, wanted, found.period, t)
    await exporting.send(message, workspace, channel, wanted, found.period, other, t)


@router.callback_query(ExportButton.filter())
async def export_chosen(
    query: CallbackQuery,
    callback_data: ExportButton,
    database: Database,
    exporting: Exporting,
    workspace: Workspace,
    t: Translator,
) -> None:
    if callback_data.format not in FORMATS:
        raise DomainError("button.stale")
    channel = await visible_channel(database, workspace, callback_data.channel)
    period = from_code(callback_data.period) if callback_data.period else None
    message = pressed_message(query)
    await close_press(query)
    other = _other_format(channel, callback_data.format, period, t)
    await exporting.send(message, workspace, channel, callback_data.format, period, other, t)


def _button(channel: Channel, file_format: str, period: PeriodChoice | None) -> ExportButton:
    return ExportButton(channel=channel.id, format=file_format, period=period.code if period else "")


def _other_format(
    channel: Channel, sent: str, period: PeriodChoice | None, t: Translator
) -> InlineKeyboardMarkup:
    row = [
        InlineKeyboardButton(
            text=t.plain(f"export.button.{name}"), callback_data=_button(channel, name, period).pack()
        )
        for name in FORMATS
        if name != sent
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])
