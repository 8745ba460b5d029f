"""The bot in this process against a sandbox over HTTP: one warm pool for all tests, a database migrated once."""

import asyncio
import logging
import shutil
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from bot.app import make_bot, serve
from bot.core.backoff import Backoff
from bot.core.clock import SystemClock
from bot.core.settings import GROUPS, Settings, read_settings
from bot.core.workers import Workers
from bot.demo.client import Sandbox
from bot.notifications.services import Services, make_services
from bot.telegram.inbox import Patience
from storage.engine import Database, open_database
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate
from storage.upgrade import upgrade


@pytest.fixture(autouse=True)
def _plain_logs():
    """The library's own default draws every variable of a traceback, for seconds."""
    structlog.configure(
        processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
def logging_restored(monkeypatch):
    """For what sets up the logs of the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for place, hook in (sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"):
        monkeypatch.setattr(place, hook, getattr(place, hook))
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture(scope="session")
def workers():
    pool = Workers(count=2, timeout_s=20, memory_mb=256)
    pool.start()
    yield pool
    pool.end(timeout_s=0)


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("database") / "otklik.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def database_url(_migrated, tmp_path) -> str:
    shutil.copy(_migrated, tmp_path / "otklik.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}"


@pytest.fixture
async def database(database_url) -> AsyncIterator[Database]:
    """The second pair of eyes: the test's own connection to what the bot keeps."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started() as box:
        yield box


@pytest.fixture
def env(box, database_url, tmp_path, monkeypatch) -> dict[str, str]:
    """The settings of a bot that talks to the sandbox, as environment variables."""
    for group in GROUPS:
        for name in group.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
    return {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(tmp_path / "data"),
        "WORKERS": "1",
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        "TGSTAT_URL": box.tgstat.url,
    }


@pytest.fixture
def settings(env, tmp_path) -> Settings:
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in env.items()), "utf-8")
    return read_settings(file)


@pytest.fixture
def settled(box, database):
    """`await settled()`: every update so far was taken by the bot and handled to its end."""

    async def wait() -> None:
        await box.wait_until_read()
        while await _unfinished(database):
            await asyncio.sleep(0.01)

    return wait


async def _unfinished(database: Database) -> list[KeptUpdate]:
    async with database.read() as conn:
        return await everywhere.unfinished(conn)


@dataclass
class RunningBot:
    services: Services
    stop: asyncio.Event
    serving: asyncio.Future[None]

    async def end(self) -> None:
        """As an ordered stop does; raises what the bot ended with."""
        self.stop.set()
        await self.serving


@pytest.fixture
def starting(settings, workers):
    """`async with starting() as running:` is one life of the bot; the database outlives it. Given `url`: over another one."""

    @asynccontextmanager
    async def start(url: str | None = None) -> AsyncIterator[RunningBot]:
        its = settings
        if url is not None:
            storage = settings.storage.model_copy(update={"database_url": SecretStr(url)})
            its = replace(settings, storage=storage)
        database = open_database(its.storage.database_url.get_secret_value())
        services = make_services(its, make_bot(settings.telegram), database, SystemClock(), workers)
        stop = asyncio.Event()
        patience = Patience(Backoff((0.01,)), Backoff((0.05,)), suspect_s=0.05)
        running = RunningBot(services, stop, asyncio.ensure_future(serve(services, stop, patience=patience)))
        try:
            yield running
            await running.end()
        finally:
            running.serving.cancel()
            await services.tasks.finish(timeout_s=1)
            await services.bot.session.close()
            await database.close()

    return start


@pytest.fixture
async def running(starting) -> AsyncIterator[RunningBot]:
    async with starting() as bot:
        yield bot
