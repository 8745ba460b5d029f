"""/export: posts, readings, subscribers and months of a channel, as a workbook or as CSV."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
)

from bot.clock import Clock
from bot.collect.proving import Proving
from bot.handlers.presses import close_press, pressed_message
from bot.keys import keyboards
from bot.locales import Translator
from bot.reports.export.entry import build
from bot.reports.export.gather import gather
from bot.reports.export.request import FORMATS
from bot.typed.asked import asked, visible_channel
from bot.workers import Workers
from metrics.errors import DomainError
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
ASK = "ask"


class ExportButton(CallbackData, prefix="ex"):
    """`format`: one of FORMATS, or ASK which."""

    channel: int
    format: str


@router.message(Command("export"))
async def offer_export(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    workers: Workers,
    proving: Proving,
    workspace: Workspace,
    t: Translator,
) -> None:
    words = (command.args or "").split()
    wanted = words.pop().lower() if words and words[-1].lower() in FORMATS else ASK
    found = await asked(database, clock, workspace, " ".join(words))
    if len(found.channels) > 1:
        rows = keyboards.pick(found.channels, lambda one: ExportButton(channel=one.id, format=wanted))
        await message.answer(t("channels.pick"), reply_markup=rows)
    elif wanted == ASK:
        await _ask(message, found.channels[0], t)
    else:
        await _send(message, database, clock, workers, proving, workspace, found.channels[0], wanted)


@router.callback_query(ExportButton.filter())
async def export(
    query: CallbackQuery,
    callback_data: ExportButton,
    database: Database,
    clock: Clock,
    workers: Workers,
    proving: Proving,
    workspace: Workspace,
    t: Translator,
) -> None:
    if callback_data.format not in (*FORMATS, ASK):
        raise DomainError("button.stale")
    channel = await visible_channel(database, workspace, callback_data.channel)
    message = pressed_message(query)
    await close_press(query)
    if callback_data.format == ASK:
        await _ask(message, channel, t)
    else:
        await _send(message, database, clock, workers, proving, workspace, channel, callback_data.format)


async def _ask(message: Message, channel: Channel, t: Translator) -> None:
    row = [
        InlineKeyboardButton(
            text=t.plain(f"export.button.{name}"),
            callback_data=ExportButton(channel=channel.id, format=name).pack(),
        )
        for name in FORMATS
    ]
    await message.answer(
        t("export.ask", channel=channel.title), reply_markup=InlineKeyboardMarkup(inline_keyboard=[row])
    )


async def _send(
    message: Message,
    database: Database,
    clock: Clock,
    workers: Workers,
    proving: Proving,
    workspace: Workspace,
    channel: Channel,
    file_format: str,
) -> None:
    """Raises DomainError("er.no_data")."""
    await proving.prove(channel)
    as_of = int(clock.now().timestamp())
    async with database.read() as conn:
        request = await gather(conn, workspace, channel, file_format, as_of)
    made = await workers.run(build, request)
    documents = [BufferedInputFile(content, filename=name) for name, content in made.files]
    if len(documents) == 1:
        await message.answer_document(documents[0], caption=made.text)
        return
    last = len(documents) - 1
    await message.answer_media_group(
        [
            InputMediaDocument(media=one, caption=made.text if number == last else None)
            for number, one in enumerate(documents)
        ]
    )
