"""The parts of collection, put together."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.collection.fetching import Fetcher
from bot.collection.pages import Pages
from bot.core.clock import Clock
from bot.core.settings import PageSettings
from bot.core.workers import Workers


def open_pages(settings: PageSettings, bot: Bot, workers: Workers, clock: Clock) -> Pages:
    """Opens the pages; nothing is asked of anybody until the first channel is."""

    async def count_subscribers(handle: str) -> int | None:
        try:
            return await bot.get_chat_member_count(f"@{handle}")
        except TelegramAPIError:
            return None

    fetcher = Fetcher(str(settings.public_pages_url), clock) if settings.public_pages == "on" else None
    return Pages(fetcher, workers, clock, count_subscribers)
