"""Summaries and alerts without Telegram: real database, real workers, a clock moved by hand."""

from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.core.clock import FixedClock
from bot.core.remote_clock import RemoteClock
from bot.demo import generate_team
from bot.demo.client import Sandbox
from bot.notifications.services import Services
from storage.engine import open_database
from storage.workspace import workspaces
from tests.kit.bots import life_of_bot, settings_of
from tests.kit.databases import copy_of_database
from tests.notifications.played import Played, Stage, nine, store_audience
from tests.notifications.walking import TODAY, Walk

START = nine(TODAY, -40) - timedelta(minutes=1)  # 08:59 in Moscow


@pytest.fixture(scope="session")
def team():
    return generate_team(int(TODAY.timestamp()), seed=3)


@pytest.fixture
async def database(migrated, tmp_path):
    opened = open_database(copy_of_database(migrated, tmp_path))
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


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started(now=START) as box:
        yield box


@pytest.fixture
def settings(box, tmp_path):
    values = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
        "DATA_DIR": str(tmp_path / "data"),
        "PUBLIC_PAGES": "off",
    }
    return settings_of(values, tmp_path)


@pytest.fixture
async def bot(box, settings, database, workers) -> AsyncIterator[Services]:
    clock = RemoteClock(f"{box.url}/sandbox/clock")
    await clock.set_first()
    async with life_of_bot(settings, workers, clock=clock, database=database) as running:
        yield running.services


@pytest.fixture
def walk(box, bot, team, database, workers):
    """`channels`: number of the example channel by title; `how`: when they fall."""

    async def begin(
        language="ru", *, start=START, channels=None, history_days=90, in_group=True, **how
    ) -> Walk:
        ann = await box.person("Anna", language=language)
        bob = await box.person("Bob", language=language)
        await ann.start()
        await ann.wait_for_answer()
        group = await box.group("Team", owner=ann, members=[bob]) if in_group else None
        here = ann.at(group) if group else ann
        await here.send("/lang")
        asked = await here.wait_for(lambda shown: "Русский" in shown.labels)
        await (await here.press(asked, {"ru": "Русский", "en": "English"}[language])).edited()
        await box.set_clock(start, wait=True)
        async with database.begin() as conn:
            made = await workspaces.find(conn, here.chat_id)
            await workspaces.set_zone(conn, made.id, "Europe/Moscow")
        stage = Stage(database, workers, bot.clock, made.id, bot.settings)
        at = Walk(box, ann, bob, group, [], start)
        for title, example in (channels or {"Кухня": team[0]}).items():
            channel_id = await stage.add(title)
            await store_audience(stage, channel_id, example)
            at.playing.append(Played(stage, channel_id, example, **how))
            await at.playing[-1].read_between(nine(start, -history_days), start)
        return at

    return begin
