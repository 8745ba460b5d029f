"""/placements: the ledger of bought posts, the card of each, the table of all."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.access import ChatAdmin
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.keys.callbacks import PlacementButton
from bot.locales import Translator
from bot.placements import keyboards
from bot.reports.placements.card import card
from bot.reports.placements.gather import Shown, gather, gather_one
from bot.reports.placements.ledger import ledger
from bot.reports.placements.table import sheet
from bot.reports.placements.words import name
from bot.reports.sheets import csv_file, style_of
from bot.workers import Workers
from metrics.errors import DomainError
from storage import placements
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
FILE_NAME = "placements.csv"


@router.message(Command("placements"))
async def show_ledger(
    message: Message, database: Database, clock: Clock, workspace: Workspace, t: Translator
) -> None:
    shown = await _all(database, clock, workspace)
    if shown:
        await message.answer(ledger(shown, workspace, t), reply_markup=keyboards.under_ledger(shown, t))
    else:
        await message.answer(t("placements.empty"))


@router.callback_query(PlacementButton.filter(F.action == "all"))
async def show_ledger_by_button(
    query: CallbackQuery, database: Database, clock: Clock, workspace: Workspace, t: Translator
) -> None:
    message = pressed_message(query)
    await close_press(query)
    await show_ledger(message, database, clock, workspace, t)


@router.callback_query(PlacementButton.filter(F.action == "table"))
async def send_table(
    query: CallbackQuery,
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    t: Translator,
) -> None:
    message = pressed_message(query)
    await close_press(query)
    made = sheet(await _all(database, clock, workspace), t, workspace.zone)
    content = await workers.run(csv_file, made, style_of(t))
    await message.answer_document(BufferedInputFile(content, FILE_NAME), caption=t("placements.table"))


@router.callback_query(PlacementButton.filter(F.action == "card"))
async def show_card(
    query: CallbackQuery,
    callback_data: PlacementButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
) -> None:
    message = pressed_message(query)
    now = int(clock.now().timestamp())
    shown = await _one(database, workspace, callback_data.placement, now)
    await close_press(query)
    await message.answer(card(shown, workspace, t, now=now), reply_markup=keyboards.under_card(shown, t, now))


@router.callback_query(PlacementButton.filter(F.action == "ask_remove"))
async def ask_removal(
    query: CallbackQuery,
    callback_data: PlacementButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    message = pressed_message(query)
    shown = await _one(database, workspace, callback_data.placement, int(clock.now().timestamp()))
    await close_press(query)
    text = t("placement.remove.ask", name=name(shown.placement, t))
    await message.answer(text, reply_markup=keyboards.sure_to_remove(shown.placement, t))


@router.callback_query(PlacementButton.filter(F.action == "remove"))
async def remove(
    query: CallbackQuery,
    callback_data: PlacementButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    async with database.begin() as conn:
        if not await placements.remove(conn, workspace.id, callback_data.placement):
            raise DomainError("placement.gone")
    await pressed_message(query).edit_text(t("placement.removed"))


async def _all(database: Database, clock: Clock, workspace: Workspace) -> list[Shown]:
    async with database.read() as conn:
        return await gather(conn, workspace, int(clock.now().timestamp()))


async def _one(database: Database, workspace: Workspace, placement_id: int, now: int) -> Shown:
    async with database.read() as conn:
        shown = await gather_one(conn, workspace, placement_id, now)
    if shown is None:
        raise DomainError("placement.gone")
    return shown
