"""What stands around the bot, for `otklik doctor`: Telegram's webhook, time, disk, keys, backups."""

import asyncio
import shutil
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.core.sealing import Sealing
from bot.core.secret_key import read_or_make
from bot.core.settings import Settings
from bot.terminal.checking import CheckFailedError, asking, opened, tick_of, url_of
from bot.terminal.talk import speaker
from metrics.durations import DAY_S, HOUR_S
from storage.engine import StorageError, database_file
from storage.system import everywhere
from storage.system.condition import database_time, sealed_keys

TELEGRAM = "https://api.telegram.org"
ASK_S = 15
DRIFT_S = 3.0  # whoever sends stops so long before others may begin
SECOND_S = 1.0  # a Date header tells whole seconds
RECENT_S = 600
FREE_BYTES = 500 << 20
OLD_BACKUP_S = 7 * DAY_S
GB = 2**30


async def webhook(settings: Settings) -> dict[str, str | int]:
    """Checks whether Telegram sends updates where they are waited for, and could lately."""
    t, wanted = speaker(None), settings.webhook.webhook_url
    async with asking(settings) as bot:
        told = await bot.get_webhook_info(request_timeout=ASK_S)
    if wanted is None:
        if told.url:
            raise CheckFailedError(t.plain("doctor.webhook_left"))
        return {"state": t.plain("doctor.webhook_off")}
    if told.url != str(wanted):
        raise CheckFailedError(t.plain("doctor.webhook_elsewhere"))
    failed_at = told.last_error_date
    if failed_at is not None and time.time() - failed_at.timestamp() < RECENT_S:
        reason = str(told.last_error_message)
        raise CheckFailedError(
            t.plain("doctor.webhook_fails", reason=reason, waiting=told.pending_update_count)
        )
    return {"state": t.plain("doctor.webhook_on", waiting=told.pending_update_count)}


async def drift(settings: Settings) -> dict[str, str | int]:
    """Checks how far this machine's clock is from Telegram's and the database's."""
    t = speaker(None)
    looked = {
        "Telegram": await _drift_of_telegram(settings),
        "PostgreSQL": await _drift_of_database(settings),
    }
    found = {name: drift_s for name, drift_s in looked.items() if drift_s is not None}
    if not found:
        raise CheckFailedError(t.plain("doctor.drift_unknown"))
    told = ", ".join(f"{name} {t.number(abs(one), 1)}" for name, one in found.items())
    if max(map(abs, found.values())) > DRIFT_S:
        raise CheckFailedError(t.plain("doctor.drift_too_far", told=told))
    return {"told": told}


async def _drift_of_database(settings: Settings) -> float | None:
    """Returns the seconds that this machine is ahead of PostgreSQL; None for a file, and where nothing answers."""
    if database_file(url_of(settings)) is not None:
        return None
    try:
        async with opened(settings) as database, database.read() as conn:
            asked = time.time()
            theirs = await database_time(conn)
            return (asked + time.time()) / 2 - theirs
    except StorageError:
        return None  # its own line says so


async def _drift_of_telegram(settings: Settings) -> float | None:
    """Returns the seconds by the Date header of any answer, less what it may be off by; None: there was none."""
    url = str(settings.telegram.telegram_api_url or TELEGRAM)
    try:
        async with ClientSession(timeout=ClientTimeout(total=ASK_S)) as session:
            began = time.time()
            async with session.head(url, allow_redirects=False) as answer:
                ended, said = time.time(), answer.headers.get("Date")
        theirs = parsedate_to_datetime(str(said)).timestamp()
    except (ClientError, TimeoutError, ValueError):
        return None
    if theirs - ended > 0:
        return ended - theirs
    return max(0.0, began - theirs - SECOND_S)


async def disk(settings: Settings, free_bytes: int = FREE_BYTES) -> dict[str, str | int]:
    """Checks the least room in a folder that the bot writes to."""
    t, file = speaker(None), database_file(url_of(settings))
    folders = [settings.storage.data_dir, *([file.parent] if file else [])]
    room = {folder: await asyncio.to_thread(_free_bytes, folder) for folder in folders}
    folder = min(folders, key=room.__getitem__)
    told = t.number(room[folder] / GB, 1)
    if room[folder] < free_bytes:
        raise CheckFailedError(t.plain("doctor.disk_full", free=told, folder=str(folder)))
    return {"free": told}


def _free_bytes(folder: Path) -> int:
    """Of a folder that may not be made yet: of the one it will be in."""
    there = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.exists())
    return shutil.disk_usage(there).free


async def keys(settings: Settings) -> dict[str, str | int]:
    """Checks whether what people gave by /keys can be read with this SECRET_KEY."""
    t = speaker(None)
    try:
        async with opened(settings) as database, database.read() as conn:
            sealed = await sealed_keys(conn)
    except StorageError:
        raise CheckFailedError(t.plain("doctor.behind")) from None
    if sealed:  # asking makes no secret where there is nothing to read
        sealing = Sealing(read_or_make(settings.storage), "key")
        if lost := sum(sealing.open(one) is None for one in sealed):
            raise CheckFailedError(t.plain("doctor.keys_lost", lost=lost, count=len(sealed)))
    return {"count": len(sealed)}


async def backup(settings: Settings) -> dict[str, str | int]:
    """Checks how old the last copy is; who never made one here may have other means."""
    t, made_at = speaker(None), await tick_of(settings, everywhere.BACKUP)
    if made_at is None:
        return {"state": t.plain("doctor.backup_none")}
    age_s = int(time.time()) - made_at
    if age_s > OLD_BACKUP_S:
        raise CheckFailedError(t.plain("doctor.backup_old", days=age_s // DAY_S))
    return {"state": t.plain("doctor.backup_made", hours=age_s // HOUR_S)}
