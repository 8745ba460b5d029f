"""The program: its parts opened, put together, run until it is told to stop, closed in order."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiohttp import ClientError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import errors
from bot.clock import Clock, SystemClock
from bot.commands import publish_profile
from bot.handlers import conversations
from bot.intake import Intake, Patience
from bot.jobs.tick import tick
from bot.late_answers import LateAnswers
from bot.middlewares import TooFast, WhoAsks
from bot.remote_clock import RemoteClock
from bot.retries import Retries
from bot.services import Services
from bot.settings import Settings, TelegramSettings, WorkerSettings
from bot.tasks import Tasks
from bot.throttle import Throttle
from bot.workers import Workers
from metrics.errors import DomainError
from storage.engine import BadAddressError, Database, StorageError, open_database
from storage.upgrade import current_revision, head_revision, upgrade

STOP_S = 20.0  # for what runs when the program is told to stop
TICK_EVERY_S = 60
LATE_TICK_S = 30  # a tick that could not start for so long is left to the next one
log = structlog.stdlib.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Raises DomainError where the settings can't work."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with opened(settings) as services:
        await serve(services, stop)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """Raises DomainError("clock.away") when CLOCK_URL is set and nobody answers there."""
    clock = await _open_clock(settings)
    database = await _open_database(settings)
    bot = make_bot(settings.telegram)
    workers = _make_workers(settings.workers)
    services = Services(settings, bot, database, clock, workers, Tasks())
    workers.start()
    try:
        yield services
    finally:
        await services.tasks.finish(timeout_s=STOP_S)
        await workers.close(timeout_s=STOP_S)
        await bot.session.close()
        await database.close()


async def serve(services: Services, stop: asyncio.Event, *, patience: Patience | None = None) -> None:
    intake = Intake(services.bot, make_dispatcher(services), services.database, services.clock, patience)
    services.tasks.start(publish_profile(services.bot), name="publish profile")
    async with _ticking(services):
        log.info("ready")
        try:
            await intake.run(stop)
        finally:
            log.info("stopping")
            await intake.close(timeout_s=STOP_S)


def make_bot(settings: TelegramSettings, retries: Retries | None = None) -> Bot:
    api = (
        TelegramAPIServer.from_base(str(settings.telegram_api_url))
        if settings.telegram_api_url
        else PRODUCTION
    )
    session = AiohttpSession(api=api)
    session.middleware(LateAnswers())
    session.middleware(retries or Retries())
    properties = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    return Bot(settings.bot_token.get_secret_value(), session=session, default=properties)


def make_dispatcher(services: Services) -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True, **services.for_handlers())
    dispatcher.update.outer_middleware(WhoAsks(services.database, services.clock, services.settings))
    dispatcher.update.outer_middleware(TooFast(Throttle()))
    dispatcher.errors.register(errors.tell)
    dispatcher.include_routers(*conversations())
    return dispatcher


@asynccontextmanager
async def _ticking(services: Services) -> AsyncIterator[None]:
    if isinstance(services.clock, RemoteClock):
        await _tick_and_survive(services)
        following = services.tasks.start(
            services.clock.follow(lambda: _tick_and_survive(services)), name="clock"
        )
        yield
        following.cancel()
        return
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick,
        "interval",
        [services],
        seconds=TICK_EVERY_S,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=LATE_TICK_S,
    )
    scheduler.start()
    yield
    scheduler.shutdown(wait=False)


async def _tick_and_survive(services: Services) -> None:
    """As under the scheduler: a failed tick is logged, and the next one comes."""
    try:
        await tick(services)
    except Exception:
        log.exception("a tick failed")


async def _open_clock(settings: Settings) -> Clock:
    if settings.time.clock_url is None:
        return SystemClock()
    clock = RemoteClock(str(settings.time.clock_url))
    try:
        await clock.set_first()
    except (ClientError, TimeoutError):
        raise DomainError("clock.away", url=str(settings.time.clock_url)) from None
    return clock


async def _open_database(settings: Settings) -> Database:
    """Raises DomainError("settings.invalid") for an address of no database, ("database.not_ready") for any other reason."""
    url = settings.storage.database_url.get_secret_value()
    try:
        database = open_database(url)
        if await current_revision(database) != head_revision():
            await asyncio.to_thread(upgrade, url)
    except BadAddressError as error:
        raise DomainError("settings.invalid", names=f"DATABASE_URL ({error})") from None
    except StorageError as error:
        raise DomainError("database.not_ready", reason=str(error)) from error
    return database


def _make_workers(settings: WorkerSettings) -> Workers:
    return Workers(
        count=settings.workers, timeout_s=settings.worker_timeout_s, memory_mb=settings.worker_memory_mb
    )
