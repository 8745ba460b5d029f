"""What the checks of `otklik doctor` are made with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.core.settings import Settings
from storage.engine import Database, StorageError, open_database
from storage.system import everywhere

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


async def tick_of(settings: Settings, ticker: int) -> int | None:
    """Returns the time of the last tick; None also before the first migration."""
    try:
        async with opened(settings) as database, database.read() as conn:
            return await everywhere.last_tick(conn, ticker)
    except StorageError:
        return None
