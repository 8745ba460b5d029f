"""`otklik db size`: rows and bytes of every table, the largest first."""

import asyncio
import sys
from collections.abc import Iterator

from bot.core.locales import Translator
from bot.core.settings import read_settings
from bot.terminal.talk import refuse, show_json, speaker
from metrics.errors import DomainError
from storage.engine import StorageError, database_file, open_database
from storage.system.sizes import Sizes, TableSize, sizes
from storage.upgrade import NewerDatabaseError, is_current

MB = 2**20


def size(*, language: str | None, as_json: bool) -> int:
    """Prints the sizes. Returns 0: they were told; 2: there is no database that is up to date."""
    t = speaker(language)
    try:
        found = asyncio.run(_measure(read_settings().storage.database_url.get_secret_value()))
    except NewerDatabaseError as error:
        return refuse(DomainError("database.newer", revisions=str(error)), t, as_json=as_json)
    except DomainError as error:
        return refuse(error, t, as_json=as_json)
    except StorageError as error:
        return refuse(DomainError("database.not_ready", reason=str(error)), t, as_json=as_json)
    if as_json:
        show_json(_json(found))
    else:
        sys.stdout.write("\n".join(_lines(found, t)) + "\n")
    return 0


async def _measure(url: str) -> Sizes:
    file = database_file(url)
    if file is not None and not file.exists():  # opening it would make one
        raise DomainError("database.old")
    database = open_database(url)
    try:
        if not await is_current(database):
            raise DomainError("database.old")
        async with database.read() as conn:
            return await sizes(conn)
    finally:
        await database.close()


def _json(found: Sizes) -> dict[str, object]:
    tables = {one.name: {"rows": one.rows, "bytes": one.size_bytes} for one in found.tables}
    return {"bytes": found.whole_bytes, "free_bytes": found.free_bytes, "tables": tables}


def _lines(found: Sizes, t: Translator) -> Iterator[str]:
    held = [one for one in found.tables if one.rows]
    rows = [t.number(one.rows) for one in held]
    bytes_told = [_size(one, t) for one in held]
    widths = [max((len(cell) for cell in cells), default=0) for cells in (rows, bytes_told)]
    yield t.plain("size.heading")
    for one, count, told in zip(held, rows, bytes_told, strict=True):
        yield f"{one.name:<20} {count:>{widths[0]}} {told:>{widths[1]}}"
    if empty := len(found.tables) - len(held):
        yield t.plain("size.empty", count=t.number(empty))
    yield t.plain("size.whole", size=_mb(found.whole_bytes, t))
    if found.free_bytes is not None:
        yield t.plain("size.free", size=_mb(found.free_bytes, t))


def _size(one: TableSize, t: Translator) -> str:
    return t.plain("size.untold") if one.size_bytes is None else _mb(one.size_bytes, t)


def _mb(size_bytes: int, t: Translator) -> str:
    return t.plain("size.mb", number=t.number(size_bytes / MB, 2))
