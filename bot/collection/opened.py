"""The parts of collection, put together."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.collection.fetching import Fetcher
from bot.collection.pages import Pages
from bot.core.clock import Clock
from bot.core.limiting import Limits
from bot.core.limits import PAGE_EVERY_S
from bot.core.settings import PageSettings
from bot.core.workers import Workers


def open_pages(
    settings: PageSettings,
    bot: Bot,
    workers: Workers,
    clock: Clock,
    limits: Limits,
    every_s: float | None = None,
) -> Pages:
    """Opens the pages; nothing is asked of anybody until the first channel is.

    `every_s`: between two requests, in place of `PAGE_EVERY_S`.
    """
    every_s = PAGE_EVERY_S if every_s is None else every_s

    async def count_subscribers(handle: str) -> int | None:
        try:
            return await bot.get_chat_member_count(f"@{handle}")
        except TelegramAPIError:
            return None

    fetcher = None
    if settings.public_pages == "on":
        share = limits.make("pages", f"{round(1 / every_s)}/s burst 1") if limits.are_shared else None
        fetcher = Fetcher(str(settings.public_pages_url), clock, every_s=every_s, share=share)
    return Pages(fetcher, workers, clock, count_subscribers)
