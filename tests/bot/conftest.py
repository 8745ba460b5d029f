"""The bot in this process against a sandbox over HTTP, each test with a database of its own."""

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator
from functools import partial

import pytest
import structlog

from bot.core.backoff import Backoff
from bot.core.settings import Settings
from bot.demo.client import Sandbox
from bot.telegram.inbox import Patience
from storage.engine import Database, open_database
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate
from tests.kit.bots import RunningBot, forget_settings, life_of_bot, settings_of
from tests.kit.databases import copy_of_database


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


@pytest.fixture
def database_url(migrated, tmp_path) -> str:
    return copy_of_database(migrated, tmp_path)


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
    forget_settings(monkeypatch)
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
    return settings_of(env, tmp_path)


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


@pytest.fixture
def starting(settings, workers):
    """`async with starting() as running:` is one life of the bot; the database outlives it."""
    patience = Patience(Backoff((0.01,)), Backoff((0.05,)), suspect_s=0.05)
    return partial(life_of_bot, settings, workers, patience=patience)


@pytest.fixture
async def running(starting) -> AsyncIterator[RunningBot]:
    async with starting() as bot:
        yield bot
