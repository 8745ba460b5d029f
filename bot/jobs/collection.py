"""What collection has to do by itself: pages of followed channels, as many as a tick has time for."""

import time

from bot.services import Services

AT_MOST_S = 40.0  # of a tick's minute; the rest of those that are due waits for the next one


async def collect(services: Services) -> None:
    if not services.pages.is_on:
        return
    end_s = time.monotonic() + AT_MOST_S
    while time.monotonic() < end_s and await services.due_pages.read_next():
        pass
