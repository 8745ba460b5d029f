"""The menu of commands and the profile that Telegram shows, in every language."""

import re

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand

from bot.core.locales import LANGUAGES, Translator, translator

# In the order of the menu. A command's words stand in the locales as `command.<name>`.
COMMANDS = (
    "er",
    "why",
    "digest",
    "alerts",
    "growth",
    "when",
    "content",
    "top",
    "post",
    "compare",
    "benchmark",
    "goal",
    "note",
    "check",
    "add",
    "channels",
    "subs",
    "money",
    "placement",
    "placements",
    "export",
    "keys",
    "lang",
    "privacy",
    "help",
)
_COMMAND = re.compile(rf"/(?:{'|'.join(COMMANDS)})\b")
log = structlog.stdlib.get_logger(__name__)


def begins_with_command(text: str) -> bool:
    """Tells whether a text begins with a command of the menu, as Telegram writes them."""
    return _COMMAND.match(text) is not None


async def publish_profile(bot: Bot) -> None:
    """Publishes the menu in each language; English is what people of every other language see, too.

    A refusal is logged: the bot works without a menu.
    """
    for language in LANGUAGES:
        try:
            await _publish(bot, translator(language), None if language == "en" else language)
        except TelegramAPIError as error:
            log.warning("the menu was not published", language=language, reason=str(error))


async def _publish(bot: Bot, t: Translator, language_code: str | None) -> None:
    menu = [BotCommand(command=name, description=t.plain(f"command.{name}")) for name in COMMANDS]
    await bot.set_my_commands(menu, language_code=language_code)
    await bot.set_my_short_description(t.plain("bot.short_description"), language_code=language_code)
    await bot.set_my_description(t.plain("bot.description"), language_code=language_code)
