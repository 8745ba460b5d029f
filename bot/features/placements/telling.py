"""What is said when a post was written down or is out, and the question for its address."""

from aiogram.types import Message, MessageOriginChannel

from bot.features.placements import keyboards
from bot.features.placements.placing import Placing
from bot.features.placements.registered import registered
from bot.telegram.asking import Asker
from bot.telegram.questions import QuestionKind
from storage.workspace import channels, questions
from storage.workspace.placements import Placement

EXAMPLE_LINK = "t.me/name/123"
_BASE = 10**12  # a channel's chat id is minus this and its own id


async def tell(asker: Asker, made: Placement, placing: Placing) -> None:
    t = asker.t
    async with asker.database.begin() as conn:
        await questions.settle(conn, asker.workspace.id, asker.person)
        advertised = await channels.get(conn, asker.workspace.id, made.channel_id or 0)
    seen = await placing.look(made) if made.published_at is not None else None
    now = int(asker.clock.now().timestamp())
    text = registered(made, advertised, seen, asker.workspace, t, now)
    await asker.beside.answer(text, reply_markup=keyboards.under_registered(made, t))
    if made.published_at is None:
        await ask_for_post(asker, made)


async def ask_for_post(asker: Asker, placement: Placement) -> None:
    text = asker.t("placement.ask.post", seller=keyboards.seller(placement.handle, asker.t))
    await asker.ask(QuestionKind.PLACEMENT_POST, {"placement": placement.id}, text, EXAMPLE_LINK)


def said_or_forwarded(message: Message) -> tuple[str, int | None]:
    """The words; or the address of a post that was forwarded instead, and when it came out."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return message.text or "", None
    place = origin.chat.username or f"c/{-origin.chat.id - _BASE}"
    return f"https://t.me/{place}/{origin.message_id}", int(origin.date.timestamp())
