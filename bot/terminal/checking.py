"""What the checks of `otklik doctor` are made with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from bot.core.settings import Settings
from storage.engine import Database, StorageError, open_database
from storage.system import everywhere

if TYPE_CHECKING:
    from aiogram import Bot

Check = Callable[[Settings], Awaitable[dict[str, str | int]]]


class CheckFailedError(Exception):
    """Its text is shown behind the name of the check."""


def url_of(settings: Settings) -> str:
    return settings.storage.database_url.get_secret_value()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    database = open_database(url_of(settings))
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def asking(settings: Settings) -> AsyncIterator["Bot"]:
    """Opens a bot that asks Telegram once: who looks at a fault does not wait for another try.

    Loaded here: a container asks `--alive` every half a minute, and aiogram takes seconds.
    """
    once = import_module("bot.telegram.retries").Retries(attempts=1)
    async with import_module("bot.opening").make_bot(settings.telegram, once) as bot:
        yield bot


async def tick_of(settings: Settings, ticker: int) -> int | None:
    """Returns the time of the last tick; None also before the first migration."""
    try:
        async with opened(settings) as database, database.read() as conn:
            return await everywhere.last_tick(conn, ticker)
    except StorageError:
        return None
