"""What nobody else understood: the shortest hint in private, silence in groups unless the bot is spoken to."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

from bot.asking import is_asked
from bot.locales import Translator
from metrics.errors import DomainError
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


async def is_for_bot(message: Message, bot: Bot) -> bool:
    if message.chat.type == ChatType.PRIVATE:
        return True
    me = await bot.me()
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == me.id:
        return True
    return f"@{me.username}".lower() in (message.text or message.caption or "").lower()


async def is_asked_anything(database: Database, workspace: Workspace, caller_id: int) -> bool:
    """Whether something the bot asked them still waits."""
    async with database.read() as conn:
        return await is_asked(conn, workspace.id, caller_id)


@router.message(F.text | F.caption | F.photo | F.video | F.sticker | F.voice | F.audio, is_for_bot)
async def hint(
    message: Message, database: Database, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    """A question that waits is not answered by what nobody understood, and stays."""
    is_open = await is_asked_anything(database, workspace, caller_id)
    await message.answer(t("hint.unknown_open" if is_open else "hint.unknown"))


@router.callback_query()
async def refuse_old_button(_query: CallbackQuery) -> None:
    """A button of an earlier version, or one that somebody made up."""
    raise DomainError("button.stale")
