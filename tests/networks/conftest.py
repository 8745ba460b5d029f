"""Networks played by the sandbox, read by the bot's own parts over real HTTP, with a clock that the test moves."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.collection.networks.following import Networks
from bot.collection.networks.reading import NetworkReading
from bot.collection.networks.registry import open_networks
from bot.core.clock import FixedClock
from bot.core.network_settings import NetworkSettings
from bot.demo.client import Sandbox
from storage.engine import open_database
from storage.system import network_keys, networks
from storage.workspace import audience, channels, deletions, network_progress, posts, workspaces
from tests.kit.databases import copy_of_database

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
NOW = int(START.timestamp())
HOUR, DAY = 3600, 86_400
KEYS = {"vk": "vk1.service-KEEP-ME-SECRET", "youtube": "AIzaKEEP-ME-SECRET-TOO"}
UC = "UCabcdefghijklmnopqrstuv"


@pytest.fixture
async def box():
    async with Sandbox.started() as box:
        await box.set_clock(START)
        yield box


@pytest.fixture
def clock():
    return FixedClock(START)


@pytest.fixture
def pass_time(box, clock):
    """Time of the bot and of the networks alike."""

    async def move(**how: float) -> int:
        clock.moment += timedelta(**how)
        await box.set_clock(clock.moment)
        return int(clock.moment.timestamp())

    return move


@pytest.fixture
async def database(migrated, tmp_path):
    opened = open_database(copy_of_database(migrated, tmp_path))
    yield opened
    await opened.close()


class Untold:
    """Nobody is told how far a history is; walks look at that."""

    def __init__(self) -> None:
        self.rows = []

    def may_tell(self, _channel_id: int) -> bool:
        return True

    async def tell_progress(self, row) -> None:
        self.rows.append(row)


class Life:
    """A life of the program: what it holds in memory ends with it."""

    def __init__(self, settings, database, clock) -> None:
        self.opened = open_networks(settings, database, clock)
        self.networks = Networks(database, clock, self.opened)
        self.telling = Untold()
        self.reading = NetworkReading(database, clock, self.opened, self.telling)

    async def run(self) -> None:
        await self.reading.run()


@pytest.fixture
def settings(box, monkeypatch):
    for name in NetworkSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return NetworkSettings(
        _env_file=None,
        vk_service_key=KEYS["vk"],
        youtube_api_key=KEYS["youtube"],
        vk_url=box.vk.url,
        youtube_url=box.youtube.url,
    )


@pytest.fixture
def start(settings, database, clock):
    return lambda: Life(settings, database, clock)


@pytest.fixture
def home(database):
    """A chat of its own for each number."""

    async def make(number: int = 1) -> int:
        async with database.begin() as conn:
            made = await workspaces.ensure(
                conn, chat_id=number, kind="private", title=None, language="ru", zone="UTC", now=NOW
            )
        return made.id

    return make


class Kept:
    """What stands of a workspace's channels."""

    def __init__(self, database) -> None:
        self._database = database

    async def posts(self, workspace_id: int, channel_id: int):
        async with self._database.read() as conn:
            found = await posts.window(conn, workspace_id, channel_id, 0, 2**40)
        return {post.external_id: post for post in found}

    async def readings(
        self, workspace_id: int, channel_id: int, external_id: str
    ) -> list[tuple[int, int | None]]:
        """(hours of age, views) of each reading."""
        async with self._database.read() as conn:
            found = await posts.early_readings(conn, workspace_id, channel_id, 0, 2**40, (0, 10**9))
        mine = [one for one in found if one.external_id == external_id]
        return [((one.observed_at - one.published_at) // HOUR, one.views) for one in mine]

    async def progress(self, workspace_id: int, channel_id: int):
        async with self._database.read() as conn:
            return await network_progress.get(conn, workspace_id, channel_id)

    async def subscribers(self, workspace_id: int, channel_id: int):
        async with self._database.read() as conn:
            return await audience.newest(conn, workspace_id, channel_id)

    async def deleted(self, workspace_id: int, channel_id: int) -> list[str]:
        async with self._database.read() as conn:
            found = await deletions.window(conn, workspace_id, channel_id, 0, 2**40)
        return [one.external_id for one in found]

    async def key(self, opened):
        async with self._database.read() as conn:
            return await network_keys.get(conn, opened.account.name)

    async def remove(self, workspace_id: int, channel_id: int) -> None:
        async with self._database.begin() as conn:
            await channels.remove(conn, workspace_id, channel_id)

    async def row(self, channel_id: int):
        async with self._database.read() as conn:
            return await networks.row_of_channel(conn, channel_id)


@pytest.fixture
def kept(database):
    return Kept(database)


def a_post(number: int | str, *, hours_ago: float, views: int | None = 100, **how):
    return {"id": str(number), "published_at": NOW - int(hours_ago * HOUR), "views": views, **how}
