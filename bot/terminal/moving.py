"""`otklik db move URL`: everything from the database of DATABASE_URL into an empty one, for who outgrew SQLite."""

import asyncio
import sys
import time

from bot.core.secret_key import key_file
from bot.core.settings import StorageSettings, read_settings
from bot.terminal.talk import refuse, speaker
from metrics.errors import DomainError
from storage.engine import BadAddressError, StorageError, database_file, open_database
from storage.moving import is_empty, is_in_use, move
from storage.upgrade import NewerDatabaseError, is_current, upgrade


def move_to(address: str, *, language: str | None) -> int:
    """Returns 0 where everything is there; 2 where nothing is, and says why."""
    t = speaker(language)
    try:
        settings = read_settings().storage
        rows = asyncio.run(_move(settings, address))
    except NewerDatabaseError as error:
        return refuse(DomainError("database.newer", revisions=str(error)), t, as_json=False)
    except BadAddressError as error:
        return refuse(DomainError("move.address", reason=str(error)), t, as_json=False)
    except DomainError as error:
        return refuse(error, t, as_json=False)
    except StorageError as error:
        return refuse(DomainError("database.not_ready", reason=str(error)), t, as_json=False)
    sys.stdout.write(t.plain("move.done", rows=t.number(rows)) + "\n")
    if settings.secret_key is None:
        sys.stdout.write(t.plain("move.secret", path=str(key_file(settings))) + "\n")
    return 0


async def _move(settings: StorageSettings, address: str) -> int:
    url = settings.database_url.get_secret_value()
    file = database_file(url)
    if file is not None and not file.exists():
        raise DomainError("backup.no_database", path=str(file))
    target = open_database(address)
    source = open_database(url)
    try:
        if not await is_current(source):
            raise DomainError("database.old")
        async with source.read() as conn:
            if await is_in_use(conn, time.time()):
                raise DomainError("move.running")
        if not await is_current(target):
            await asyncio.to_thread(upgrade, address)
        async with target.read() as conn:
            if not await is_empty(conn):
                raise DomainError("move.not_empty")
        return await move(source, target)
    finally:
        await source.close()
        await target.close()
