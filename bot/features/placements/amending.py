"""What was agreed, corrected later: the price, the format, the promised views, in one line."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.features.placements import keyboards
from bot.features.placements.handlers import card_of, placement_of
from bot.features.placements.line import Draft, read_line
from bot.features.placements.placing import Placing
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import questions

router = Router(name=__name__)
EXAMPLE = "15000 1/24 20000"


def setup(placing: Placing) -> Router:
    return with_parts(router, placing=placing)


@router.callback_query(PlacementButton.filter(F.action == "terms"), admin_only)
async def ask_terms(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    placement = await placement_of(chat, callback_data.placement)
    text = chat.t("placement.ask.new_terms", seller=keyboards.seller(placement.handle, chat.t))
    asker = chat.asker
    await chat.close_press()
    await asker.ask(QuestionKind.PLACEMENT_TERMS, {"placement": placement.id}, text, EXAMPLE)


@router.message(AnswerTo(QuestionKind.PLACEMENT_TERMS), admin_only)
async def take_terms(message: Message, chat: Conversation, placing: Placing, payload: dict[str, int]) -> None:
    """Takes terms; what is not named stays as it is. Raises what `read_line` raises."""
    said = read_line(message.text or "", Draft(is_named=True))
    if said.price is None and not said.has_format and said.promised_views is None:
        raise DomainError("placement.no_terms")
    placement = await placement_of(chat, payload["placement"])
    amended = placement
    if said.price is not None:
        amended = replace(amended, price=said.price, currency=said.currency or placement.currency)
    if said.has_format:
        amended = replace(amended, hours_on_top=said.hours_on_top, hours_in_feed=said.hours_in_feed)
    if said.promised_views is not None:
        amended = replace(amended, promised_views=said.promised_views)
    await placing.amend(chat.workspace, amended)
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    await chat.reply(*await card_of(chat, placement.id))
