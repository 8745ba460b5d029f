"""/help: every command in a line."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.commands import COMMANDS
from bot.locales import Translator
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.message(Command("help"))
async def show_help(message: Message, bot: Bot, workspace: Workspace, t: Translator) -> None:
    files = t("help.files")
    if workspace.kind == "group":
        files = t("help.files_group", name=(await bot.me()).username or "")
    lines = [t("help.line", name=name, what=t.plain(f"command.{name}")) for name in COMMANDS]
    await message.answer("\n".join([t("help.heading"), "", *lines, "", files]))
