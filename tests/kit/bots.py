"""The bot in this process: its settings, and one life from its start to an ordered stop."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import make_bot, serve
from bot.core.clock import Clock, SystemClock
from bot.core.settings import GROUPS, Settings, read_settings
from bot.core.workers import Workers
from bot.notifications.services import Services, make_services
from bot.telegram.inbox import Patience
from storage.engine import Database, open_database


def forget_settings(environment: pytest.MonkeyPatch) -> None:
    """Takes every setting of the bot out of the environment, so that a test stands on what it names."""
    for group in GROUPS:
        for name in group.model_fields:
            environment.delenv(name.upper(), raising=False)


def settings_of(values: Mapping[str, str], folder: Path) -> Settings:
    """Reads these settings as the bot does, from a file in this folder and from nothing else."""
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        forget_settings(environment)
        return read_settings(file)


@dataclass
class RunningBot:
    services: Services
    stop: asyncio.Event
    serving: asyncio.Future[None]

    async def end(self) -> None:
        """Stops the bot as an ordered stop does; raises what it ended with."""
        self.stop.set()
        await self.serving


@asynccontextmanager
async def life_of_bot(
    settings: Settings,
    workers: Workers,
    *,
    clock: Clock | None = None,
    database: Database | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[RunningBot]:
    """Serves within the block; the database, if it was not handed in, is opened for this life and closed after it."""
    opened = database or open_database(settings.storage.database_url.get_secret_value())
    services = make_services(settings, make_bot(settings.telegram), opened, clock or SystemClock(), workers)
    stop = asyncio.Event()
    running = RunningBot(services, stop, asyncio.ensure_future(serve(services, stop, patience=patience)))
    try:
        yield running
        await running.end()
    finally:
        running.serving.cancel()
        await services.tasks.finish(timeout_s=1)
        await services.bot.session.close()
        if database is None:
            await opened.close()
