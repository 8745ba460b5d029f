"""What a process of the bot holds while it lives: opened before it serves, closed after."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiohttp import ClientError

from bot.core.clock import Clock, SystemClock
from bot.core.deadline import AFTER_TASKS_S, AFTER_WORKERS_S, Deadline
from bot.core.remote_clock import RemoteClock
from bot.core.settings import Settings, TelegramSettings, WorkerSettings
from bot.core.workers import Workers
from bot.notifications.services import Services, make_services
from bot.telegram.answer_times import CallOutcomes
from bot.telegram.late_answers import LateAnswers
from bot.telegram.retries import Retries
from bot.telegram.slots import LendSlots
from metrics.errors import DomainError
from storage.engine import BadAddressError, Database, StorageError, open_database
from storage.upgrade import NewerDatabaseError, is_current, upgrade

if TYPE_CHECKING:
    from bot.core.instruments import Instruments


@asynccontextmanager
async def opened(settings: Settings, stopping: Deadline | None = None) -> AsyncIterator[Services]:
    """Opens the parts of the program for the block.

    Raises DomainError("clock.away") when CLOCK_URL is set and nobody answers there, ("exact.no_library"),
    ("replicas.no_library").
    """
    if settings.exact.is_on and not settings.exact.is_installed():
        raise DomainError("exact.no_library")
    if settings.sharing.redis_url is not None and not settings.sharing.is_installed():
        raise DomainError("replicas.no_library")
    clock = await _open_clock(settings)
    instruments = _open_instruments(settings)
    database = await _open_database(settings, instruments)
    bot = make_bot(settings.telegram, instruments=instruments)
    workers = _make_workers(settings.workers, instruments)
    services = make_services(settings, bot, database, clock, workers, stopping, instruments)
    workers.start()
    try:
        yield services
    finally:
        await services.tasks.finish(timeout_s=services.stopping.left_s(keep_s=AFTER_TASKS_S))
        await workers.close(timeout_s=services.stopping.left_s(keep_s=AFTER_WORKERS_S))
        await bot.session.close()
        await database.close()


async def _open_clock(settings: Settings) -> Clock:
    if settings.time.clock_url is None:
        return SystemClock()
    clock = RemoteClock(str(settings.time.clock_url))
    try:
        await clock.set_first()
    except (ClientError, TimeoutError):
        raise DomainError("clock.away", url=str(settings.time.clock_url)) from None
    return clock


async def _open_database(settings: Settings, instruments: "Instruments | None") -> Database:
    """Raises DomainError("settings.invalid") for an address of no database, ("database.newer"),
    ("database.not_ready") for any other reason.
    """
    url = settings.storage.database_url.get_secret_value()
    try:
        database = open_database(url, instruments)
        if not await is_current(database):
            await asyncio.to_thread(upgrade, url)
    except BadAddressError as error:
        raise DomainError("settings.invalid", names=f"DATABASE_URL ({error})") from None
    except NewerDatabaseError as error:
        raise DomainError("database.newer", revisions=str(error)) from None
    except StorageError as error:
        raise DomainError("database.not_ready", reason=str(error)) from error
    return database


def _open_instruments(settings: Settings) -> "Instruments | None":
    """A library of a megabyte, for who asked for it."""
    if settings.health.health_port is None:
        return None
    made: Instruments = import_module("bot.core.instruments").Instruments()
    return made


def _make_workers(settings: WorkerSettings, instruments: "Instruments | None") -> Workers:
    return Workers(
        count=settings.workers,
        timeout_s=settings.worker_timeout_s,
        memory_mb=settings.worker_memory_mb,
        on_death=None if instruments is None else instruments.worker_died,
    )


def make_bot(
    settings: TelegramSettings, retries: Retries | None = None, instruments: "Instruments | None" = None
) -> Bot:
    api = (
        TelegramAPIServer.from_base(str(settings.telegram_api_url))
        if settings.telegram_api_url
        else PRODUCTION
    )
    session = AiohttpSession(api=api)
    session.middleware(LendSlots())  # the first one is around the others
    session.middleware(LateAnswers())
    session.middleware(retries or Retries())
    session.middleware(CallOutcomes(instruments))
    properties = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    return Bot(settings.bot_token.get_secret_value(), session=session, default=properties)
