"""What collection has to do by itself: rights, counts and ages that are due, followed pages while a tick has time."""

import time

from bot.collect.counting import Counting
from bot.collect.due_pages import DuePages
from bot.collect.proving import Proving
from bot.limits import PAGES_S
from bot.services import Services


async def collect(services: Services) -> None:
    bot, database, clock = services.bot, services.database, services.clock
    proving, counting = Proving(bot, database, clock), Counting(bot, database, clock)
    await proving.prove_due()
    await proving.look_at_grants()
    await counting.count_due()
    await counting.read_at_age()
    await counting.forget_persons()
    due_pages = DuePages(database, services.pages, clock)
    end_s = time.monotonic() + PAGES_S
    while services.pages.is_on and time.monotonic() < end_s:
        if not await due_pages.read_next():
            return
