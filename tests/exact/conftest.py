"""Real bot processes with exact counters on, in the sandbox's time; the database outlives every one of them."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.demo.client import Sandbox
from bot.sandbox.hooks import DropConnection
from tests.kit.databases import copy_of_database
from tests.kit.processes import life_of_bot

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
NOW = int(START.timestamp())
DAY = 86_400
API_HASH = "0123456789abcdef0123456789abcdef"


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started(now=START) as box:
        yield box


@pytest.fixture
async def ann(box):
    person = await box.person("Аня", language="ru")
    await person.start()
    return person


@pytest.fixture
def env(box, migrated, tmp_path) -> dict[str, str]:
    return {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "CLOCK_URL": f"{box.url}/sandbox/clock",
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        "API_ID": "17",
        "API_HASH": API_HASH,
        "MTPROTO_URL": box.mtproto.url,
        "DATABASE_URL": copy_of_database(migrated, tmp_path),
        "DATA_DIR": str(tmp_path / "data"),
        "LOG_LEVEL": "DEBUG",
        "WORKERS": "1",
    }


@pytest.fixture
def living(env, tmp_path):
    """`async with living() as process:` is one life; what it logs is added to `tmp_path / "log"`."""

    def live(**changed: str):
        return life_of_bot(env | changed, tmp_path / "log")

    return live


@pytest.fixture
def rows(tmp_path):
    def read(query: str, *values: object) -> list[tuple]:
        with closing(sqlite3.connect(tmp_path / "otklik.db", timeout=30)) as conn:
            return conn.execute(query, values).fetchall()

    return read


@pytest.fixture
def eventually(rows):
    async def wait(query: str, wanted: object, *, timeout_s: float = 60):
        """Until the query's one row is that."""
        found: object = None
        for _ in range(int(timeout_s / 0.05)):
            found = next(iter(rows(query)), None)
            if found == wanted:
                return
            await asyncio.sleep(0.05)
        assert found == wanted

    return wait


@pytest.fixture
def dies(box):
    """Wait until the process was killed in its n-th request of a method, before or after that was carried out."""

    async def wait(process, method: str, n: int = 1, *, done: bool = False) -> None:
        def kill(_call):
            process.kill()
            raise DropConnection

        server = await box.server.mtproto()
        (server.hooks.after if done else server.hooks.before)(n, kill, method)
        await asyncio.wait_for(process.wait(), 60)

    return wait


@pytest.fixture
def private(box):
    """A channel without a name and what it published: one post in three hours, the newest an hour old."""

    async def make(owner, *, posts: int, title: str = "Закрытый", comments: int | None = 10):
        channel = await box.channel(title, owner=owner, subscribers=20_000)
        await channel.change_page(
            posts=[
                {
                    "id": number,
                    "published_at": NOW - 3600 - (posts - number) * DAY // 8,
                    "text": f"пост {number}",
                    "views": 5_000 + 37 * (number % 50),
                    "forwards": 20 + number % 7,
                    "comments": None if comments is None else comments + number % 5,
                    "reactions": {"🔥": 100 + number % 9},
                }
                for number in range(1, posts + 1)
            ]
        )
        return channel

    return make
