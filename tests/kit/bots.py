"""The bot in this process: its settings, and one life from its start to an ordered stop."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import serve
from bot.core.clock import Clock, SystemClock
from bot.core.settings import GROUPS, Settings, read_settings
from bot.core.workers import Workers
from bot.notifications.services import Services, make_services
from bot.opening import make_bot
from bot.telegram.inbox import Patience
from storage.engine import Database, open_database

PAGE_EVERY_S = 0.02  # the sandbox's pages are nobody's; a test of turns asks for the bot's own pace


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
    url: str | None = None,
    database: Database | None = None,
    patience: Patience | None = None,
    page_every_s: float = PAGE_EVERY_S,
) -> AsyncIterator[RunningBot]:
    """Serves within the block, over the database of the settings, that at `url`, or one that is open and stays so."""
    if url is not None:
        settings = replace(
            settings, storage=settings.storage.model_copy(update={"database_url": SecretStr(url)})
        )
    opened = database or open_database(settings.storage.database_url.get_secret_value())
    bot = make_bot(settings.telegram)
    services = make_services(
        settings, bot, opened, clock or SystemClock(), workers, page_every_s=page_every_s
    )
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
