"""The clock that calls the jobs. It remembers nothing: what is due is a column, so a tick missed is a tick late."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.collection.due import collect
from bot.core import folders
from bot.core.remote_clock import RemoteClock
from bot.core.roles import Role
from bot.core.tasks import unless_late
from bot.features.alerts.critical import CriticalCheck
from bot.features.alerts.fitting import fit_next
from bot.features.uploads import downloads
from bot.notifications import pictures
from bot.notifications.ahead import DrawAhead
from bot.notifications.due import run_due
from bot.notifications.housekeeping import keep_house, sweep_files
from bot.notifications.kind import Kinds
from bot.notifications.sender import Sender
from bot.notifications.services import Services
from bot.notifications.tick import tick

SWEEPS = (folders.sweep, downloads.sweep, pictures.sweep)  # of DATA_DIR
EVERY_MINUTE = {"second": 0}
LATE_TICK_S = 30  # a tick that could not start for so long is left to the next one
OFTEN_S = 10.0  # who tries the bot out does not wait a minute
DRAINED_WITHIN_S = 20.0  # the sandbox waits half a minute for those who follow its clock
log = structlog.stdlib.get_logger(__name__)


@asynccontextmanager
async def ticking(services: Services, role: Role, sender: Sender | None, kinds: Kinds) -> AsyncIterator[None]:
    async with _listening(services, sender):
        if isinstance(services.clock, RemoteClock):
            async with _following(services, services.clock, role, sender, kinds):
                yield
        else:
            async with _scheduled(services, role, sender, kinds):
                yield


@asynccontextmanager
async def _listening(services: Services, sender: Sender | None) -> AsyncIterator[None]:
    """Listens to what MAX tells of its channels, where its token is set."""
    if services.max_updates is None or sender is None:
        yield
        return
    listening = services.tasks.start(services.max_updates.run(), name="updates of MAX")
    yield
    listening.cancel()


@asynccontextmanager
async def _scheduled(
    services: Services, role: Role, sender: Sender | None, kinds: Kinds
) -> AsyncIterator[None]:
    scheduler = AsyncIOScheduler(timezone=UTC)
    _every_minute(scheduler, "tick", lambda: tick(services, role))
    _every_minute(scheduler, "housekeeping", lambda: _keep_house(services, sender))
    if sender is not None:
        _every_minute(scheduler, "collection", lambda: _collect(services))
        _every_minute(scheduler, "TGStat", services.tgstat.run)
        _every_minute(scheduler, "counters of networks", services.network_reading.run)
        if services.exact is not None:
            _every_minute(scheduler, "exact counters", services.exact.run)
        _every_minute(scheduler, "what is due", lambda: _due(services, sender, kinds))
        _every_minute(scheduler, "thresholds", lambda: fit_next(services))
        critical = CriticalCheck(services)
        _every_minute(scheduler, "sharp falls", lambda: _if_sending(sender, critical))
        ahead = DrawAhead(services, kinds)
        _every_minute(scheduler, "drawing ahead", lambda: _if_sending(sender, ahead))
    scheduler.start()
    taking = (
        services.tasks.start(_run_when_taken_over(scheduler, sender), name="taking over") if sender else None
    )
    yield
    if taking is not None:
        taking.cancel()
    scheduler.shutdown(wait=False)


async def _run_when_taken_over(scheduler: AsyncIOScheduler, sender: Sender) -> None:
    """Runs all jobs as soon as this process may send: what the last one left due need not wait for a full minute."""
    while True:
        await sender.taken_over()
        for job in scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))


def _every_minute(scheduler: AsyncIOScheduler, name: str, job: Callable[[], Awaitable[None]]) -> None:
    """Schedules a job at once, then at each full minute; never beside itself, however long it takes."""

    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:  # the program ends: what was due is due at the next start
            log.info("a job was cut off", job=name)

    scheduler.add_job(
        run,
        "cron",
        name=name,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=LATE_TICK_S,
        **EVERY_MINUTE,
    )


@asynccontextmanager
async def _following(
    services: Services, clock: RemoteClock, role: Role, sender: Sender | None, kinds: Kinds
) -> AsyncIterator[None]:
    """Follows the sandbox's clock: each change is a tick, acknowledged when what it made due was sent."""
    critical = CriticalCheck(services)

    async def on_change() -> None:
        await _survive(tick(services, role))
        await _survive(_keep_house(services, sender))
        if sender is not None:
            await _survive(_collect(services))
            await _survive(services.tgstat.run())
            await _survive(services.network_reading.run())
            if services.exact is not None:
                await _survive(services.exact.run())
            await _survive(_if_sending(sender, critical))
            await _survive(_due(services, sender, kinds))
            if not await unless_late(sender.drained(), DRAINED_WITHIN_S):
                log.info("still sending")

    await on_change()
    following = [services.tasks.start(clock.follow(on_change), name="clock")]
    if sender is not None:
        following.append(services.tasks.start(_while_it_flows(clock, services), name="histories"))
    yield
    for one in following:
        one.cancel()


async def _while_it_flows(clock: RemoteClock, services: Services) -> None:
    """Reads histories while a clock flows that nobody sets and that tells of no change."""
    while True:
        await asyncio.sleep(OFTEN_S)
        if clock.flows:
            await _survive(services.tgstat.run())
            await _survive(services.network_reading.run())
            if services.exact is not None:
                await _survive(services.exact.run())


async def _keep_house(services: Services, sender: Sender | None) -> None:
    """Cleans up files in every process, for each has a DATA_DIR; rows in the one that sends."""
    await sweep_files(services.settings.storage.data_dir, SWEEPS)
    if sender is not None and sender.holds_lease:
        await keep_house(services.database, services.clock)


async def _collect(services: Services) -> None:
    await collect(services.bot, services.database, services.clock, services.pages)


async def _survive(job: Awaitable[None]) -> None:
    """Logs a failed job, as under the scheduler, and lets the next tick come."""
    try:
        await job
    except Exception:
        log.exception("a job failed")


async def _due(services: Services, sender: Sender, kinds: Kinds) -> None:
    if sender.holds_lease:
        await run_due(services, kinds)
        sender.wake()


async def _if_sending(sender: Sender, job: Callable[[], Awaitable[None]]) -> None:
    if sender.holds_lease:
        await job()
