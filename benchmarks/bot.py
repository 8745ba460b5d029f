"""The bot as a process of its own against a sandbox of its own, with somebody who asks it.

`python -m benchmarks.bot` is that process: the bot as it is, except that it draws every picture anew.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.channel import make_posts
from bot.app import serve
from bot.core.logs import set_up_logs
from bot.core.settings import read_settings
from bot.demo.client import Person, Sandbox
from bot.opening import opened
from bot.wiring import make_routers
from metrics.posts import AudienceReading
from storage.engine import Connection, Database, open_database
from storage.upgrade import upgrade
from storage.workspace import audience, channels, posts, workspaces
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

CHUNK_ROWS = 5000
STOP_S = 30  # the bot ends itself before
WRITES = "writes.txt"  # in the folder of `running`


class Timed(Database):
    """A database that writes down how long each write transaction was open, commit included."""

    def __init__(self, inner: Database, path: Path) -> None:
        self._inner = inner
        self._path = path

    @asynccontextmanager
    async def begin(self, *, at_once: bool = False) -> AsyncIterator[Connection]:
        began = 0.0
        try:
            async with self._inner.begin(at_once=at_once) as conn:
                began = time.perf_counter()
                yield conn
        finally:
            ended = time.perf_counter()
            with self._path.open("a") as file:
                file.write(f"{ended} {(ended - began) * 1000 if began else 0}\n")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        async with self._inner.read() as conn:
            yield conn


def longest_write_ms(folder: Path, start: float, end: float) -> float:
    """Returns the longest of the running bot's transactions that ended between these two moments.

    They are readings of `time.perf_counter`.
    """
    lines = (map(float, line.split()) for line in (folder / WRITES).read_text().splitlines())
    return max((taken_ms for ended, taken_ms in lines if start <= ended <= end), default=0.0)


@dataclass(frozen=True)
class Scene:
    box: Sandbox
    url: str  # of the database
    database: Database
    workspace: Workspace
    channel: Channel
    person: Person
    process_id: int
    as_of: int


@asynccontextmanager
async def open_scene(stored_posts: int) -> AsyncIterator[Scene]:
    """Opens a person whose one channel has so many posts, and the running bot they talk to."""
    as_of = int(time.time())
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        url = f"sqlite+aiosqlite:///{name}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        database = open_database(url)
        try:
            async with Sandbox.started() as box:
                person = await box.person("Ann", language="en")
                workspace, channel = await _fill(database, person.id, stored_posts, as_of)
                async with running(box, url, Path(name)) as process:
                    await person.start()
                    await person.wait_for_answer(timeout_s=60)
                    yield Scene(box, url, database, workspace, channel, person, process.pid, as_of)
        finally:
            await database.close()


async def _fill(database: Database, chat_id: int, stored_posts: int, as_of: int) -> tuple[Workspace, Channel]:
    async with database.begin() as conn:
        workspace = await workspaces.ensure(
            conn, chat_id=chat_id, kind="private", title=None, language="en", zone="UTC", now=as_of
        )
        channel = await channels.add(conn, workspace.id, platform="telegram", title="Example", now=as_of)
        rows = make_posts(stored_posts, as_of)
        for start in range(0, len(rows), CHUNK_ROWS):
            chunk = rows[start : start + CHUNK_ROWS]
            await posts.store(conn, workspace.id, channel.id, chunk, import_id=None, source="file", now=as_of)
        counted = [AudienceReading(rows[0].published_at, 10_000, 0)]
        await audience.store(conn, workspace.id, channel.id, counted, source="bot", now=as_of)
    return workspace, channel


@asynccontextmanager
async def running(
    box: Sandbox, url: str, folder: Path, *, workers: int = 1, **more: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Runs the bot over this database within the block; `more`: further settings."""
    settings = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "data"),
        "WORKERS": str(workers),
        "LOG_LEVEL": "WARNING",
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.bot", env={**os.environ, **settings}
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), STOP_S)


async def _serve() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = read_settings(env_file=None)
    set_up_logs(settings.logs.log_level, as_json=False, secrets=settings.secrets)
    async with opened(settings) as services:
        timed = Timed(services.database, settings.storage.data_dir.parent / WRITES)
        services = replace(services, database=timed)  # noqa: PLW2901 - the same, timed
        # Without Telegram's file ids of pictures already drawn.
        await serve(services, stop, routers=make_routers(services, reuse_pictures=False))


if __name__ == "__main__":
    asyncio.run(_serve())
