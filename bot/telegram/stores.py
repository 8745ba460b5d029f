"""The store of updates that fits the database: one process answers over a SQLite file, any number over a PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.core.alone import alone_over
from bot.core.settings import Settings
from bot.telegram.update_store import OwnStore, UpdateStore
from storage.engine import Database, database_file, open_database


@asynccontextmanager
async def opened_store(database: Database, settings: Settings, secret: str) -> AsyncIterator[UpdateStore]:
    """Opens the store of updates that fits the database. `secret`: SECRET_KEY, given or made.

    Raises DomainError("replicas.…") where this process may not answer beside another that does.
    """
    url = settings.storage.database_url.get_secret_value()
    if file := database_file(url):
        with alone_over(file):
            yield OwnStore(database)
        return
    from bot.telegram.replica import Manner, Replica  # noqa: PLC0415 - most bots answer over a file
    from bot.telegram.shared_store import SharedStore  # noqa: PLC0415 - with it

    manner = Manner(
        fetches=settings.webhook.webhook_url is None,
        shares_limits=settings.sharing.redis_url is not None,
        secret=secret,
    )
    own = open_database(url)  # a connection of its own: a busy bot must not look dead
    store = SharedStore(database, Replica(own, manner))
    try:
        await store.open()
        yield store
    finally:
        await store.close()
        await own.close()
