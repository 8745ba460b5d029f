"""Summaries and alerts without Telegram: real database, real workers, a clock moved by hand."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.clock import FixedClock
from bot.example import generate_team
from bot.workers import Workers
from storage import workspaces
from storage.engine import open_database
from storage.upgrade import upgrade
from tests.unasked.played import Played, Stage, nine, store_audience

TODAY = datetime(2026, 11, 25, 6, tzinfo=UTC)  # 09:00 in Moscow


@pytest.fixture(scope="session")
def workers():
    pool = Workers(count=1, timeout_s=120, memory_mb=700)
    pool.start()
    yield pool
    pool.end(timeout_s=0)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "otklik.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def team():
    return generate_team(int(TODAY.timestamp()), seed=3)


@pytest.fixture
async def database(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "otklik.db")
    opened = open_database(f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def settle(database, workers, tmp_path):
    """A workspace as it stood so many days ago, at nine."""

    async def make(days_ago: int, *, language: str = "ru", kind: str = "group", chat_id: int = -5) -> Stage:
        clock = FixedClock(nine(TODAY, -days_ago))
        async with database.begin() as conn:
            made = await workspaces.ensure(
                conn,
                chat_id=chat_id,
                kind=kind,
                title="Команда",
                language=language,
                zone="Europe/Moscow",
                now=int(clock.moment.timestamp()),
            )
        settings = SimpleNamespace(storage=SimpleNamespace(data_dir=tmp_path / "data"))
        return Stage(database, workers, clock, made.id, settings)

    return make


@pytest.fixture
async def stage(settle) -> Stage:
    return await settle(40)


@pytest.fixture
def play(team):
    """A channel of the team (0: the calm one) with two months of readings behind it; `how`: when it falls."""

    async def begin(stage: Stage, title: str = "Кухня по соседству", number: int = 0, **how) -> Played:
        channel_id = await stage.add(title)
        example = team[number]
        await store_audience(stage, channel_id, example)
        played = Played(stage, channel_id, example, **how)
        await played.read_between(nine(stage.clock.moment, -90), stage.clock.moment)
        return played

    return begin
