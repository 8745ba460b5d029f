"""What nobody else understood: the shortest hint in private, silence in groups unless the bot is spoken to."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.telegram.asking import is_asked
from bot.telegram.conversation import Conversation
from bot.telegram.filters import is_for_bot
from metrics.errors import DomainError

router = Router(name=__name__)


async def is_asked_anything(chat: Conversation) -> bool:
    """Whether something the bot asked them still waits."""
    async with chat.read() as conn:
        return await is_asked(conn, chat.workspace.id, chat.person)


@router.message(F.text | F.caption | F.photo | F.video | F.sticker | F.voice | F.audio, is_for_bot)
async def hint(_message: Message, chat: Conversation) -> None:
    """A question that waits is not answered by what nobody understood, and stays."""
    await chat.reply(chat.t("hint.unknown_open" if await is_asked_anything(chat) else "hint.unknown"))


@router.callback_query()
async def refuse_old_button(_query: CallbackQuery) -> None:
    """A button of an earlier version, or one that somebody made up."""
    raise DomainError("button.stale")
