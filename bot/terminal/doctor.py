"""`otklik doctor`: each thing the bot stands on, a line; and `otklik db upgrade`."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from importlib import import_module

from bot.locales import Translator
from bot.logs import redact, set_up_logs
from bot.roles import Role
from bot.settings import Settings, read_settings
from bot.terminal import probe
from bot.terminal.talk import refuse, speaker
from bot.workers import Workers
from metrics.errors import DomainError
from storage import due, everywhere, outbox
from storage.engine import StorageError, open_database
from storage.upgrade import current_revision, head_revision, upgrade

ALIVE_S = 180  # three ticks missed
STUCK_S = 600  # at 30 messages a second, 18 000 have left in that time
Check = Callable[[Settings], Awaitable[dict[str, str | int]]]


class CheckFailedError(Exception):
    """Its text is shown behind the name of the check."""


def doctor(*, only_alive: bool, role: str) -> int:
    t = speaker(None)
    try:
        settings = read_settings()
    except DomainError as error:
        refuse(error, t, as_json=False)
        return 1
    set_up_logs("CRITICAL", as_json=False, secrets=[settings.telegram.bot_token.get_secret_value()])
    checks: dict[str, Check] = {**CHECKS, "clock": partial(_clock, role=Role(role))}
    if only_alive:
        checks = {"clock": checks["clock"]}
    return asyncio.run(_run(checks, settings, t))


def upgrade_database() -> int:
    t = speaker(None)
    try:
        upgrade(read_settings().storage.database_url.get_secret_value())
    except DomainError as error:
        return refuse(error, t, as_json=False)
    except StorageError as error:
        return refuse(DomainError("database.not_ready", reason=str(error)), t, as_json=False)
    sys.stdout.write(t.plain("doctor.upgraded") + "\n")
    return 0


async def _run(checks: dict[str, Check], settings: Settings, t: Translator) -> int:
    failed = 0
    for name, check in checks.items():
        try:
            found = await check(settings)
            line = t.plain("doctor.ok", check=t.plain(f"doctor.{name}", **found))
        except Exception as error:  # noqa: BLE001 - whatever is broken is the answer, not a crash
            failed = 1
            line = t.plain("doctor.failed", check=t.plain(f"doctor.{name}_failed"), reason=_reason(error, t))
        sys.stdout.write(line + "\n")
    return failed


def _reason(error: Exception, t: Translator) -> str:
    if isinstance(error, CheckFailedError):
        return str(error)
    if isinstance(error, DomainError):
        return t.plain(f"error.{error.code}", **error.params)
    return redact(f"{type(error).__name__}: {error}".splitlines()[0])


async def _token(settings: Settings) -> dict[str, str | int]:
    # Loaded here: a container asks `--alive` every half a minute, and aiogram takes seconds.
    bot = import_module("bot.app").make_bot(settings.telegram)
    try:
        return {"name": str((await bot.get_me(request_timeout=15)).username)}
    finally:
        await bot.session.close()


async def _database(settings: Settings) -> dict[str, str | int]:
    database = open_database(settings.storage.database_url.get_secret_value())
    try:
        async with database.read():
            return {}
    finally:
        await database.close()


async def _migrations(settings: Settings) -> dict[str, str | int]:
    database = open_database(settings.storage.database_url.get_secret_value())
    try:
        if await current_revision(database) != head_revision():
            raise CheckFailedError(speaker(None).plain("doctor.behind"))
        return {}
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


async def _clock(settings: Settings, role: Role = Role.ALL) -> dict[str, str | int]:
    t = speaker(None)
    database = open_database(settings.storage.database_url.get_secret_value())
    try:
        async with database.read() as conn:
            ticked = await everywhere.last_tick(conn, role.ticker)
    except StorageError:
        ticked = None
    finally:
        await database.close()
    if ticked is None:
        raise CheckFailedError(t.plain("doctor.never_ticked"))
    age = int(time.time()) - ticked
    if age > ALIVE_S:
        raise CheckFailedError(t.plain("doctor.stopped", age=age))
    return {"age": age}


async def _outbox(settings: Settings) -> dict[str, str | int]:
    """How many schedules are on; fails when what should have left has been waiting."""
    now = int(time.time())
    database = open_database(settings.storage.database_url.get_secret_value())
    try:
        async with database.read() as conn:
            backlog = await outbox.backlog(conn, now)
            schedules = await due.count_on(conn)
    except StorageError:
        raise CheckFailedError(speaker(None).plain("doctor.behind")) from None
    finally:
        await database.close()
    if backlog.oldest is not None and now - backlog.oldest > STUCK_S:
        minutes = (now - backlog.oldest) // 60
        raise CheckFailedError(speaker(None).plain("doctor.stuck", waiting=backlog.waiting, minutes=minutes))
    return {"schedules": schedules, "waiting": backlog.waiting}


CHECKS: dict[str, Check] = {
    "token": _token,
    "database": _database,
    "migrations": _migrations,
    "workers": _workers,
    "fonts": _fonts,
    "clock": _clock,
    "outbox": _outbox,
}
