"""Lives of real bot processes, for what has to outlive a kill."""

import asyncio
import shutil
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.hooks import DropConnection
from tests.kit.processes import life_of_bot


@pytest.fixture
def living(migrated, tmp_path):
    """`async with living(box) as process:` is one life of a real bot process; the database outlives it."""
    shutil.copy(migrated, tmp_path / "otklik.db")

    @asynccontextmanager
    async def live(box):
        env = {
            "BOT_TOKEN": box.token,
            "TELEGRAM_API_URL": box.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
            "DATA_DIR": str(tmp_path / "data"),
            "WORKERS": "1",
        }
        async with life_of_bot(env, tmp_path / "log") as process:
            yield process

    return live


@pytest.fixture
def stored(tmp_path, kept):
    """Rows of the killed bot's own database."""
    return type(kept)(str(tmp_path / "otklik.db")).rows


@dataclass(frozen=True)
class Inbox:
    """Gives the inbox of a bot that is dead."""

    database: Path

    def forget_runs(self) -> None:
        """Leaves it as a life does that ended before the runs it had begun were counted."""
        with closing(sqlite3.connect(self.database)) as conn, conn:
            conn.execute("UPDATE inbox SET attempts = 0")


@pytest.fixture
def inbox(tmp_path):
    return Inbox(tmp_path / "otklik.db")


@pytest.fixture
def dies():
    """Wait until the process was killed in its next call of a method, which then does nothing."""

    async def wait(box, process, method: str) -> None:
        def kill(_call):
            process.kill()
            raise DropConnection

        box.server.hooks.before(1, kill, method)
        await asyncio.wait_for(process.wait(), 40)

    return wait
