"""Walks over real HTTP: one sandbox and one bot for all of them. Every walk brings its own people."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo import generate_team
from bot.demo.client import Sandbox
from bot.notifications.services import Services
from tests.conversations.lives import dies, inbox, living, stored
from tests.conversations.sent_files import statistics
from tests.kit.bots import life_of_bot, settings_of
from tests.kit.databases import copy_of_database

__all__ = ["dies", "inbox", "living", "stored"]  # fixtures of this folder, too

DAY_S = 86_400


def pytest_collection_modifyitems(items):
    """All walks of this folder share the loop that the bot lives in."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started() as box:
        yield box


@pytest.fixture(scope="session")
def settings(box, migrated, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bot")
    values = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": copy_of_database(migrated, folder),
        "DATA_DIR": str(folder / "data"),
        "MAX_UPLOAD_MB": "20",
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        "TGSTAT_URL": box.tgstat.url,
        "MAX_BOT_TOKEN": "max-token-of-a-sandbox",
        "MAX_URL": box.max.url,
    }
    return settings_of(values, folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session", autouse=True)
async def running_bot(settings, workers) -> AsyncIterator[Services]:
    async with life_of_bot(settings, workers) as running:
        yield running.services


@pytest.fixture(scope="session")
def kept(settings) -> "Kept":
    """The second pair of eyes: what stands in the tables of the shared bot."""
    return Kept(settings.storage.database_url.get_secret_value().partition(":///")[2])


@pytest.fixture(scope="session")
def team():
    return generate_team(int(time.time()))


@pytest_asyncio.fixture(loop_scope="session")
async def ann(box):
    return await box.person("Аня", language="ru")


@pytest.fixture
def some_file():
    """Every test's file is its own: the same bytes twice are the same import."""
    numbers = count(int(time.time_ns()) % 1_000_000)
    return lambda **how: statistics(first_id=next(numbers) * 100 + 1, **how)


class Kept:
    """Rows by table. Those of a chat: its workspace's, its channels', their posts'."""

    def __init__(self, path: str) -> None:
        self._path = path

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    async def change(self, statement: str, *values: object) -> None:
        """What no person can do, such as time that has passed. In a thread: the bot may be writing in this one."""
        await asyncio.to_thread(self._change, statement, values)

    def _change(self, statement: str, values: tuple[object, ...]) -> None:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            with connection:
                connection.execute(statement, values)
        finally:
            connection.close()

    def workspace(self, chat_id: int) -> int:
        return int(str(self.rows("SELECT id FROM workspace WHERE chat_id = ?", chat_id)[0][0]))

    def channels(self, chat_id: int) -> list[int]:
        query = "SELECT id FROM channel WHERE workspace_id = ? ORDER BY id"
        return [int(str(row[0])) for row in self.rows(query, self.workspace(chat_id))]

    def figures(self, chat_id: int) -> dict[str, list[tuple[object, ...]]]:
        """All that an import may change, without the marks of when it was changed."""
        marks = ",".join(map(str, self.channels(chat_id)))
        posts = f"SELECT * FROM post WHERE channel_id IN ({marks}) ORDER BY id"
        readings = f"SELECT * FROM reading WHERE post_id IN (SELECT id FROM post WHERE channel_id IN ({marks})) ORDER BY id"
        return {
            "channel": self.rows(
                "SELECT id, title, handle, chat_id, posts, observed_at, bot_is_admin FROM channel"
                f" WHERE id IN ({marks}) ORDER BY id"
            ),
            "post": self.rows(posts),
            "reading": self.rows(readings),
            "audience": self.rows(f"SELECT * FROM audience WHERE channel_id IN ({marks}) ORDER BY id"),
        }

    def traces(self, workspace_id: int, chat_id: int) -> dict[str, int]:
        """Rows that name the workspace, by table; whatever hangs in the air counts as well."""
        found: dict[str, int] = {}
        for (table,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = {str(row[1]) for row in self.rows(f'PRAGMA table_info("{table}")')}
            if "workspace_id" in columns:
                query = f'SELECT count(*) FROM "{table}" WHERE workspace_id = ?'
                found[str(table)] = int(str(self.rows(query, workspace_id)[0][0]))
            elif table in ("post", "audience"):
                query = f'SELECT count(*) FROM "{table}" WHERE channel_id NOT IN (SELECT id FROM channel)'
                found[str(table)] = int(str(self.rows(query)[0][0]))
        orphans = "SELECT count(*) FROM reading WHERE post_id NOT IN (SELECT id FROM post)"
        found["reading"] = int(str(self.rows(orphans)[0][0]))
        bodies = "SELECT count(*) FROM inbox WHERE chat_id = ? AND body IS NOT NULL AND state = 'done'"
        found["inbox"] = int(str(self.rows(bodies, chat_id)[0][0]))
        found["workspace"] = len(self.rows("SELECT 1 FROM workspace WHERE id = ?", workspace_id))
        return found


@pytest.fixture
def drop():
    """Send a file and read what «Читаю…» became."""

    async def send(who, data: bytes, name: str = "posts.csv"):
        await who.send_file(data, name)
        # The question of an earlier file may come late, after this one was sent.
        reading = await who.wait_for(lambda shown: not shown.text.startswith(("Сколько подп", "How many")))
        told = reading
        while told.text.startswith(("Читаю", "Reading")):
            told = await told.wait_for_edit(timeout_s=40)
        assert told.id == reading.id
        return told

    return send


@pytest.fixture
def with_channel(drop, some_file):
    """A person with one channel of twelve posts a week old, subscribers known. Returns what the file was told to hold."""

    async def bring(who, title: str, *, subscribers: int | None = 5000, **how):
        told = await drop(who, some_file(channel=title, **how), f"{title[:20].replace('/', ' ')}.csv")
        question = await who.wait_for_answer()
        if subscribers is None:
            await question.press(row=0)
            await question.wait_for_edit()
        else:
            await who.send(str(subscribers))
            await who.wait_for_answer()
        return told

    return bring


@pytest.fixture
def public(box, ann):
    """A foreign public channel of 45 posts, two a day."""

    async def make(name: str, title: str = "Соседний", **page):
        owner = await box.person("Хозяин")
        channel = await box.channel(title, owner=owner, username=name, subscribers=23_456)
        now = int(time.time())
        await channel.change_page(
            posts=[
                {
                    "id": n,
                    "published_at": now - (46 - n) * DAY_S // 2,
                    "views": 5_000 + 37 * n,
                    "reactions": {"👍": (50, 90, 160, 300)[n % 4] + n},
                }
                for n in range(1, 46)
            ],
            **page,
        )
        return channel

    return make


@pytest.fixture
def eventually(box):
    """The bot writes down what it was told a moment after it took it."""

    async def wait(look, wanted):
        await box.wait_until_read()
        for _ in range(400):
            if (found := look()) == wanted:
                return
            await asyncio.sleep(0.02)
        assert found == wanted

    return wait
