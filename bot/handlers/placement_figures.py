"""What only a person knows of a placement: views that can't be seen from outside, and what it brought in."""

import re

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.access import ChatAdmin
from bot.asking import Asker
from bot.clock import Clock
from bot.handlers.last import is_for_bot
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys.callbacks import PlacementButton
from bot.locales import Html, Translator
from bot.placements import keyboards
from bot.placements.line import MOST_VIEWS, read_revenue
from bot.placements.placing import Placing
from bot.reports.placements.card import card
from bot.reports.placements.gather import gather, gather_one
from bot.typed.amounts import read_amounts
from bot.typed.questions import QuestionKind
from metrics.errors import DomainError
from storage import placements, questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
_VIEWS = re.compile(r"\s*(?:просмотр(?:ов|ы|а)?|views?)\s*[:=—-]?\s*(?=\d)", re.IGNORECASE)


@router.callback_query(PlacementButton.filter(F.action.in_({"views", "revenue"})))
async def ask(
    query: CallbackQuery,
    callback_data: PlacementButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
) -> None:
    await is_chat_admin.require()
    message, placement_id = pressed_message(query), callback_data.placement
    async with database.read() as conn:
        placement = await placements.get(conn, workspace.id, placement_id)
    if placement is None:
        raise DomainError("placement.gone")
    await close_press(query)
    if callback_data.action == "views" and callback_data.value:
        await placing.type_views(workspace, placement, callback_data.value)
        text, markup = await _card(database, clock, workspace, placement_id, t)
        await message.answer(text, reply_markup=markup)
        return
    seller = keyboards.seller(placement.handle, t)
    kind, example = (
        (QuestionKind.PLACEMENT_VIEWS, "12300")
        if callback_data.action == "views"
        else (QuestionKind.PLACEMENT_REVENUE, "45000; 60")
    )
    asker = Asker(message, database, clock, workspace, caller_id, name=query.from_user.full_name)
    text = t(f"placement.ask.{callback_data.action}", seller=seller)
    await asker.ask(kind, {"placement": placement_id}, text, example, t)


@router.message(Asked(QuestionKind.PLACEMENT_VIEWS))
async def take_views(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
    payload: dict[str, int],
) -> None:
    await is_chat_admin.require()
    views = _read_views(_VIEWS.sub("", message.text or "", count=1))
    async with database.read() as conn:
        placement = await placements.get(conn, workspace.id, payload["placement"])
    if placement is None:
        raise DomainError("placement.gone")
    await placing.type_views(workspace, placement, views)
    await _settle_and_show(message, database, clock, workspace, t, caller_id, placement.id)


@router.message(Asked(QuestionKind.PLACEMENT_REVENUE))
async def take_revenue(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    payload: dict[str, int],
) -> None:
    await is_chat_admin.require()
    async with database.read() as conn:
        placement = await placements.get(conn, workspace.id, payload["placement"])
    if placement is None:
        raise DomainError("placement.gone")
    revenue, margin = read_revenue(message.text or "", placement.currency)
    row = {"revenue": revenue, "margin_percent": margin}
    async with database.begin() as conn:
        if not await placements.change(conn, workspace.id, payload["placement"], row):
            raise DomainError("placement.gone")
    await _settle_and_show(message, database, clock, workspace, t, caller_id, payload["placement"])


@router.message(F.text.regexp(_VIEWS), is_for_bot)
async def take_views_said_freely(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
    placing: Placing,
) -> None:
    """«просмотры 12 300», as the cards ask for it: for the one placement that waits for views, or which?"""
    await is_chat_admin.require()
    views = _read_views(_VIEWS.sub("", message.text or "", count=1))
    now = int(clock.now().timestamp())
    async with database.read() as conn:
        waiting = [one for one in await gather(conn, workspace, now) if one.lacks_views(now)]
    if not waiting:
        await message.answer(t("placement.no_views_awaited"))
    elif len(waiting) > 1:
        await message.answer(t("placement.ask.which"), reply_markup=keyboards.which(waiting, views, t))
    else:
        await placing.type_views(workspace, waiting[0].placement, views)
        text, markup = await _card(database, clock, workspace, waiting[0].placement.id, t)
        await message.answer(text, reply_markup=markup)


def _read_views(text: str) -> int:
    (views,) = read_amounts(text, {1})
    if not 0 <= views <= MOST_VIEWS:
        raise DomainError("placement.negative")
    return round(views)


async def _settle_and_show(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    person: int,
    placement_id: int,
) -> None:
    async with database.begin() as conn:
        await questions.settle(conn, workspace.id, person)
    text, markup = await _card(database, clock, workspace, placement_id, t)
    await message.answer(text, reply_markup=markup)


async def _card(
    database: Database, clock: Clock, workspace: Workspace, placement_id: int, t: Translator
) -> tuple[Html, InlineKeyboardMarkup]:
    now = int(clock.now().timestamp())
    async with database.read() as conn:
        shown = await gather_one(conn, workspace, placement_id, now)
    if shown is None:
        raise DomainError("placement.gone")
    return card(shown, workspace, t, now=now), keyboards.under_card(shown, t, now)
