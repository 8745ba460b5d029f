"""/help: every command in a line, the most wanted ones in sight."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.answers.wording import MESSAGE_UNITS, laid_out
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
    await chat.reply(laid_out([t("help.heading"), "", files, "", *lines], (), MESSAGE_UNITS))
