"""/help: every command in a line."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.telegram.commands import COMMANDS
from bot.telegram.conversation import Conversation

router = Router(name=__name__)


@router.message(Command("help"))
async def show_help(_message: Message, chat: Conversation) -> None:
    t = chat.t
    files = t("help.files")
    if chat.is_group:
        files = t("help.files_group", name=(await chat.bot.me()).username or "")
    lines = [t("help.line", name=name, what=t.plain(f"command.{name}")) for name in COMMANDS]
    await chat.reply("\n".join([t("help.heading"), "", *lines, "", files]))
