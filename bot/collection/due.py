"""What collection has to do by itself: rights, counts and ages that are due, followed pages while a tick has time."""

import time

from aiogram import Bot

from bot.collection.counting import Counting
from bot.collection.due_pages import DuePages
from bot.collection.pages import Pages
from bot.collection.proving import Proving
from bot.core.clock import Clock
from bot.core.limits import PAGES_S
from storage.engine import Database


async def collect(bot: Bot, database: Database, clock: Clock, pages: Pages) -> None:
    proving, counting = Proving(bot, database, clock), Counting(bot, database, clock)
    await proving.prove_due()
    await proving.look_at_grants()
    await counting.count_due()
    await counting.read_at_age()
    await counting.forget_persons()
    due_pages = DuePages(database, pages, clock)
    end_s = time.monotonic() + PAGES_S
    while pages.is_on and time.monotonic() < end_s:
        if not await due_pages.read_next():
            return
