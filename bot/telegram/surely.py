"""What must be written down, however long the database is away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.core.backoff import Backoff
from storage.engine import StorageError

AGAIN = Backoff((0.2, 0.5, 1, 2, 5))
R = TypeVar("R")
log = structlog.stdlib.get_logger(__name__)


async def surely(write: Callable[[], Awaitable[R]]) -> R:
    """Gives what `write` gives, tried until the database takes it."""
    failures = 0
    while True:
        try:
            return await write()
        except StorageError as error:
            log.warning("something is not written down for now", reason=str(error))
            await asyncio.sleep(AGAIN.spread_after(failures))
            failures += 1
