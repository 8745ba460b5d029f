"""A post that was bought beforehand is out: its address, and the count begins."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.collection.lookups import Lookups
from bot.features.placements.handlers import placement_of
from bot.features.placements.line import read_post
from bot.features.placements.placing import Placing
from bot.features.placements.telling import ask_for_post, said_or_forwarded, tell
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts

router = Router(name=__name__)


def setup(placing: Placing, lookups: Lookups) -> Router:
    return with_parts(router, placing=placing, lookups=lookups)


@router.callback_query(PlacementButton.filter(F.action == "out"), admin_only)
async def ask(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    placement, asker = await placement_of(chat, callback_data.placement), chat.asker
    await chat.close_press()
    await ask_for_post(asker, placement)


@router.message(AnswerTo(QuestionKind.PLACEMENT_POST), admin_only)
async def take_post(
    message: Message, chat: Conversation, placing: Placing, lookups: Lookups, payload: dict[str, int]
) -> None:
    said, came_out_at = said_or_forwarded(message)
    post = read_post(said)
    placement = await placement_of(chat, payload["placement"])
    async with lookups.waiting(chat, "limit.placement", [lookups.of_post(post[0], post[1])]):
        out = await placing.publish(chat.workspace, placement, post, came_out_at)
        await tell(chat.asker, out, placing)
