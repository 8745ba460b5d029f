"""/help: every command in a line."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.commands import COMMANDS
from bot.locales import Translator

router = Router(name=__name__)


@router.message(Command("help"))
async def show_help(message: Message, t: Translator) -> None:
    lines = [t("help.line", name=name, what=t.plain(f"command.{name}")) for name in COMMANDS]
    await message.answer("\n".join([t("help.heading"), "", *lines, "", t("help.files")]))
