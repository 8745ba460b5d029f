"""What collection has to do by itself: rights, counts and ages that are due, followed pages while a tick has time."""

import time

from bot.limits import PAGES_S
from bot.services import Services


async def collect(services: Services) -> None:
    await services.proving.prove_due()
    await services.proving.look_at_grants()
    await services.counting.count_due()
    await services.counting.read_at_age()
    await services.counting.forget_persons()
    end_s = time.monotonic() + PAGES_S
    while services.pages.is_on and time.monotonic() < end_s:
        if not await services.due_pages.read_next():
            return
