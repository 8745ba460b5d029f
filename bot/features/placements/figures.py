"""What only a person knows of a placement: views that can't be seen from outside, and what it brought in."""

import re

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.core.parsing.amounts import read_amounts
from bot.features.placements import keyboards
from bot.features.placements.handlers import all_shown, card_of, placement_of
from bot.features.placements.line import MOST_VIEWS, read_revenue
from bot.features.placements.placing import Placing
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only, is_for_bot
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import placements, questions

router = Router(name=__name__)
_VIEWS = re.compile(r"\s*(?:просмотр(?:ов|ы|а)?|views?)\s*[:=—-]?\s*(?=\d)", re.IGNORECASE)


def setup(placing: Placing) -> Router:
    return with_parts(router, placing=placing)


@router.callback_query(PlacementButton.filter(F.action.in_({"views", "revenue"})), admin_only)
async def ask(
    _query: CallbackQuery, chat: Conversation, callback_data: PlacementButton, placing: Placing
) -> None:
    placement, asks_views = await placement_of(chat, callback_data.placement), callback_data.action == "views"
    if asks_views and callback_data.value:
        message = chat.message
        await chat.close_press()
        await placing.type_views(chat.workspace, placement, callback_data.value)
        text, markup = await card_of(chat, placement.id)
        await message.answer(text, reply_markup=markup)
        return
    kind = QuestionKind.PLACEMENT_VIEWS if asks_views else QuestionKind.PLACEMENT_REVENUE
    example = "12300" if asks_views else "45000; 60"
    seller = keyboards.seller(placement.handle, chat.t)
    text, asker = chat.t(f"placement.ask.{callback_data.action}", seller=seller), chat.asker
    await chat.close_press()
    await asker.ask(kind, {"placement": placement.id}, text, example)


@router.message(AnswerTo(QuestionKind.PLACEMENT_VIEWS), admin_only)
async def take_views(message: Message, chat: Conversation, placing: Placing, payload: dict[str, int]) -> None:
    views = _read_views(_VIEWS.sub("", message.text or "", count=1))
    placement = await placement_of(chat, payload["placement"])
    await placing.type_views(chat.workspace, placement, views)
    await _settle_and_show(chat, placement.id)


@router.message(AnswerTo(QuestionKind.PLACEMENT_REVENUE), admin_only)
async def take_revenue(message: Message, chat: Conversation, payload: dict[str, int]) -> None:
    placement = await placement_of(chat, payload["placement"])
    revenue, margin = read_revenue(message.text or "", placement.currency)
    row = {"revenue": revenue, "margin_percent": margin}
    async with chat.begin() as conn:
        if not await placements.change(conn, chat.workspace.id, placement.id, row):
            raise DomainError("placement.gone")
    await _settle_and_show(chat, placement.id)


@router.message(F.text.regexp(_VIEWS), is_for_bot, admin_only)
async def take_views_said_freely(message: Message, chat: Conversation, placing: Placing) -> None:
    """Takes «просмотры 12 300», as the cards ask for it: for the one placement that waits, or asks which."""
    views, now = _read_views(_VIEWS.sub("", message.text or "", count=1)), chat.now
    waiting = [one for one in await all_shown(chat) if one.lacks_views(now)]
    if not waiting:
        await chat.reply(chat.t("placement.no_views_awaited"))
    elif len(waiting) > 1:
        await chat.reply(chat.t("placement.ask.which"), keyboards.which(waiting, views, chat.t))
    else:
        await placing.type_views(chat.workspace, waiting[0].placement, views)
        await chat.reply(*await card_of(chat, waiting[0].placement.id))


def _read_views(text: str) -> int:
    (views,) = read_amounts(text, {1})
    if not 0 <= views <= MOST_VIEWS:
        raise DomainError("placement.negative")
    return round(views)


async def _settle_and_show(chat: Conversation, placement_id: int) -> None:
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    await chat.reply(*await card_of(chat, placement_id))
