"""/placements: the ledger of bought posts, the card of each, the table of all."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from bot.answers.sheets import csv_file, style_of
from bot.core.locales import Html
from bot.core.workers import Workers
from bot.features.placements import keyboards
from bot.features.placements.card import card
from bot.features.placements.gather import PlacementCard, gather, gather_one
from bot.features.placements.ledger import ledger
from bot.features.placements.table import sheet
from bot.features.placements.words import name
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import placements
from storage.workspace.placements import Placement

router = Router(name=__name__)
FILE_NAME = "placements.csv"


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("placements"))
async def show_ledger(_message: Message, chat: Conversation) -> None:
    shown = await all_shown(chat)
    if shown:
        await chat.reply(ledger(shown, chat.workspace, chat.t), keyboards.under_ledger(shown, chat.t))
    else:
        await chat.reply(chat.t("placements.empty"))


@router.callback_query(PlacementButton.filter(F.action == "all"))
async def show_ledger_by_button(_query: CallbackQuery, chat: Conversation) -> None:
    await show_ledger(chat.message, chat)


@router.callback_query(PlacementButton.filter(F.action == "table"))
async def send_table(_query: CallbackQuery, chat: Conversation, workers: Workers) -> None:
    message = chat.message
    await chat.close_press()
    made = sheet(await all_shown(chat), chat.t, chat.workspace.zone)
    content = await workers.run(csv_file, made, style_of(chat.t))
    caption = chat.t("placements.table")
    await message.answer_document(BufferedInputFile(content, FILE_NAME), caption=caption)


@router.callback_query(PlacementButton.filter(F.action == "card"))
async def show_card(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    await chat.reply(*await card_of(chat, callback_data.placement))


@router.callback_query(PlacementButton.filter(F.action == "ask_remove"), admin_only)
async def ask_removal(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    placement = await placement_of(chat, callback_data.placement)
    text = chat.t("placement.remove.ask", name=name(placement, chat.t))
    await chat.reply(text, keyboards.sure_to_remove(placement, chat.t))


@router.callback_query(PlacementButton.filter(F.action == "remove"), admin_only)
async def remove(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    async with chat.begin() as conn:
        if not await placements.remove(conn, chat.workspace.id, callback_data.placement):
            raise DomainError("placement.gone")
    await chat.edit(chat.t("placement.removed"))


async def all_shown(chat: Conversation) -> list[PlacementCard]:
    async with chat.read() as conn:
        return await gather(conn, chat.workspace, chat.now)


async def card_of(chat: Conversation, placement_id: int) -> tuple[Html, InlineKeyboardMarkup]:
    """Returns the card and its buttons. Raises DomainError("placement.gone")."""
    now = chat.now
    async with chat.read() as conn:
        shown = await gather_one(conn, chat.workspace, placement_id, now)
    if shown is None:
        raise DomainError("placement.gone")
    return card(shown, chat.workspace, chat.t, now=now), keyboards.under_card(shown, chat.t, now)


async def placement_of(chat: Conversation, placement_id: int) -> Placement:
    """Returns the placement. Raises DomainError("placement.gone")."""
    async with chat.read() as conn:
        placement = await placements.get(conn, chat.workspace.id, placement_id)
    if placement is None:
        raise DomainError("placement.gone")
    return placement
