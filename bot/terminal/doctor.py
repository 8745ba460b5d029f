"""`otklik doctor`: each thing the bot stands on, a line; and `otklik db upgrade`.

Looking changes nothing: a database that is not there is not made.
"""

import asyncio
import errno
import sys
import time
from functools import partial
from importlib import import_module

from bot.core.instance import ticker_of
from bot.core.limits import CAPACITY
from bot.core.locales import Translator
from bot.core.logs import redact, set_up_logs
from bot.core.roles import Role
from bot.core.settings import Settings, read_settings
from bot.core.workers import Workers
from bot.terminal import probe
from bot.terminal.checking import Check, CheckFailedError, asking, opened, tick_of, url_of
from bot.terminal.talk import refuse, speaker
from metrics.errors import DomainError
from storage.engine import StorageError, database_file, open_database
from storage.system import due, everywhere, exact_account, outbox
from storage.system import follows as everywhere_follows
from storage.upgrade import NewerDatabaseError, is_current, upgrade

ALIVE_S = 180  # three ticks missed
STUCK_S = 600  # at 30 messages a second, 18 000 have left in that time
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def doctor(*, only_alive: bool, role: str) -> int:
    t = speaker(None)
    try:
        settings = read_settings()
    except DomainError as error:
        refuse(error, t, as_json=False)
        return 1
    set_up_logs("CRITICAL", as_json=False, secrets=settings.secrets)
    ticker = ticker_of(settings, Role(role)) if only_alive else Role(role).ticker
    checks: dict[str, Check] = {**CHECKS, "clock": partial(_clock, ticker=ticker)}
    if only_alive:
        return asyncio.run(_find_first({name: checks[name] for name in ALIVE}, settings, t))
    return asyncio.run(_run(checks, settings, t))


def upgrade_database() -> int:
    t = speaker(None)
    try:
        url = read_settings().storage.database_url.get_secret_value()
        asyncio.run(_refuse_newer(url))
        upgrade(url)
    except NewerDatabaseError as error:
        return refuse(DomainError("database.newer", revisions=str(error)), t, as_json=False)
    except DomainError as error:
        return refuse(error, t, as_json=False)
    except StorageError as error:
        return refuse(DomainError("database.not_ready", reason=str(error)), t, as_json=False)
    sys.stdout.write(t.plain("doctor.upgraded") + "\n")
    return 0


async def _run(checks: dict[str, Check], settings: Settings, t: Translator) -> int:
    """Returns whether anything failed, as an exit code; what stands on an absent database is not asked."""
    failed: set[str] = set()
    for name, check in checks.items():
        if name in ON_DATABASE and "database" in failed:
            continue
        is_well, line = await _look(name, check, settings, t)
        sys.stdout.write(line + "\n")
        failed |= set() if is_well else {name}
    return 1 if failed else 0


async def _find_first(checks: dict[str, Check], settings: Settings, t: Translator) -> int:
    """Prints one line: the first that fails, or that the last of them is well. Returns the exit code."""
    line = ""
    for name, check in checks.items():
        is_well, line = await _look(name, check, settings, t)
        if not is_well:
            sys.stdout.write(line + "\n")
            return 1
    sys.stdout.write(line + "\n")
    return 0


async def _look(name: str, check: Check, settings: Settings, t: Translator) -> tuple[bool, str]:
    try:
        found = await check(settings)
        return True, t.plain("doctor.ok", check=t.plain(f"doctor.{name}", **found))
    except Exception as error:  # noqa: BLE001 - whatever is broken is the answer, not a crash
        return False, t.plain(
            "doctor.failed", check=t.plain(f"doctor.{name}_failed"), reason=_reason(error, t)
        )


def _reason(error: Exception, t: Translator) -> str:
    if isinstance(error, CheckFailedError):
        return str(error)
    if isinstance(error, DomainError):
        return t.plain(f"error.{error.code}", **error.params)
    return redact(f"{type(error).__name__}: {error}".splitlines()[0])


async def _token(settings: Settings) -> dict[str, str | int]:
    async with asking(settings) as bot:
        return {"name": str((await bot.get_me(request_timeout=15)).username)}


async def _folders(settings: Settings) -> dict[str, str | int]:
    """Raises CheckFailedError where files can't be written; filling a disk a little finds a full one."""
    file = database_file(url_of(settings))
    for folder in dict.fromkeys([settings.storage.data_dir, *([file.parent] if file else [])]):
        try:
            await asyncio.to_thread(probe.write_and_remove, folder)
        except OSError as error:
            code = "doctor.full" if error.errno in FULL else "doctor.unwritable"
            reason = error.strerror or str(error)
            raise CheckFailedError(speaker(None).plain(code, folder=str(folder), reason=reason)) from None
    return {}


async def _database(settings: Settings) -> dict[str, str | int]:
    file = database_file(url_of(settings))
    if file is not None and not file.exists():
        raise CheckFailedError(speaker(None).plain("doctor.no_file", path=str(file)))
    async with opened(settings) as database, database.read():
        return {}


async def _migrations(settings: Settings) -> dict[str, str | int]:
    async with opened(settings) as database:
        try:
            if not await is_current(database):
                raise CheckFailedError(speaker(None).plain("doctor.behind"))
        except NewerDatabaseError as error:
            raise DomainError("database.newer", revisions=str(error)) from None
    return {}


async def _alone(settings: Settings) -> dict[str, str | int]:
    """Raises CheckFailedError beside another bot; asking Telegram would take the bot's place for a moment."""
    seen = await tick_of(settings, everywhere.CONFLICT)
    if seen is not None and time.time() - seen < ALIVE_S:
        raise CheckFailedError(speaker(None).plain("doctor.conflict", age=int(time.time()) - seen))
    return {}


async def _refuse_newer(url: str) -> None:
    """Raises `NewerDatabaseError`; a database that is not there is none."""
    file = database_file(url)
    if file is None or file.exists():
        database = open_database(url)
        try:
            await is_current(database)
        finally:
            await database.close()


async def _workers(settings: Settings) -> dict[str, str | int]:
    workers = Workers(count=1, timeout_s=60, memory_mb=settings.workers.worker_memory_mb)
    workers.start()
    try:
        await workers.run(probe.load_what_draws)
        return {}
    finally:
        await workers.close(timeout_s=5)


async def _fonts(_settings: Settings) -> dict[str, str | int]:
    await asyncio.to_thread(probe.find_font)
    return {}


async def _clock(settings: Settings, ticker: int = Role.ALL.ticker) -> dict[str, str | int]:
    """Looks at the ticks of any process that does this work, or at those of one."""
    t, ticked = speaker(None), await tick_of(settings, ticker)
    if ticked is None:
        raise CheckFailedError(t.plain("doctor.never_ticked"))
    age = int(time.time()) - ticked
    if age > ALIVE_S:
        raise CheckFailedError(t.plain("doctor.stopped", age=age))
    return {"age": age}


async def _outbox(settings: Settings) -> dict[str, str | int]:
    """Returns how many schedules are on; fails when what should have left has been waiting."""
    now = int(time.time())
    try:
        async with opened(settings) as database, database.read() as conn:
            backlog = await outbox.backlog(conn, now)
            schedules = await due.count_on(conn)
    except StorageError:
        raise CheckFailedError(speaker(None).plain("doctor.behind")) from None
    if backlog.oldest is not None and now - backlog.oldest > STUCK_S:
        minutes = (now - backlog.oldest) // 60
        raise CheckFailedError(speaker(None).plain("doctor.stuck", waiting=backlog.waiting, minutes=minutes))
    return {"schedules": schedules, "waiting": backlog.waiting}


async def _pages(settings: Settings) -> dict[str, str | int]:
    """Returns how many pages are followed; fails when that is more than can be read in time."""
    try:
        async with opened(settings) as database, database.read() as conn:
            followed = await everywhere_follows.count_pages(conn)
    except StorageError:
        raise CheckFailedError(speaker(None).plain("doctor.behind")) from None
    if followed > CAPACITY:
        text = speaker(None).plain("doctor.too_many_pages", followed=followed, capacity=CAPACITY)
        raise CheckFailedError(text)
    return {"followed": followed, "capacity": CAPACITY}


async def _exact(settings: Settings) -> dict[str, str | int]:
    """Returns what the bot noted at the last look; fails where nothing is asked any more, or not for now."""
    t = speaker(None)
    if not settings.exact.is_on:
        return {"state": t.plain("doctor.exact_off")}
    if not settings.exact.is_installed():
        raise DomainError("exact.no_library")
    try:
        async with opened(settings) as database, database.read() as conn:
            account = await exact_account.get(conn)
    except StorageError:
        raise CheckFailedError(t.plain("doctor.behind")) from None
    if account.refusal is not None:
        key = "doctor.exact_no_views" if account.refusal == "no_views" else "doctor.exact_refused"
        raise CheckFailedError(t.plain(key, reason=account.refusal))
    if account.not_before > time.time():
        minutes = int(account.not_before - time.time()) // 60 + 1
        raise CheckFailedError(t.plain("doctor.exact_waits", minutes=minutes))
    if account.fields is None:
        return {"state": t.plain("doctor.exact_unseen")}
    came = ", ".join(t.plain(f"field.{name}") for name in account.fields.split())
    return {"state": t.plain("doctor.exact_came", fields=came)}


async def _networks(settings: Settings) -> dict[str, str | int]:
    """Returns what each key has left; fails where one is refused, used up or told to wait."""
    networks = import_module("bot.terminal.doctor_networks")  # aiogram comes with it
    t = speaker(None)
    try:
        async with opened(settings) as database:
            are_well, state = await networks.look(settings.networks, database, int(time.time()), t)
    except StorageError:
        raise CheckFailedError(t.plain("doctor.behind")) from None
    if not are_well:
        raise CheckFailedError(state)
    return {"state": state}


def _around(name: str) -> Check:
    """A check of `doctor_surroundings`, loaded when it is asked for."""

    async def check(settings: Settings) -> dict[str, str | int]:
        look: Check = getattr(import_module("bot.terminal.doctor_surroundings"), name)
        return await look(settings)

    return check


CHECKS: dict[str, Check] = {
    "token": _token,
    "webhook": _around("webhook"),
    "drift": _around("drift"),
    "disk": _around("disk"),
    "folders": _folders,
    "database": _database,
    "migrations": _migrations,
    "workers": _workers,
    "fonts": _fonts,
    "alone": _alone,
    "clock": _clock,
    "outbox": _outbox,
    "pages": _pages,
    "exact": _exact,
    "networks": _networks,
    "keys": _around("keys"),
    "backup": _around("backup"),
}
ON_DATABASE = ("migrations", "alone", "clock", "outbox", "pages", "exact", "networks", "keys", "backup")
ALIVE = ("folders", "database", "migrations", "alone", "clock")
