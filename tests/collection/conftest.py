"""Public pages as the sandbox serves them, read by the bot's own parts over real HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.collection.fetching import Fetcher
from bot.collection.pages import Pages
from bot.core.clock import FixedClock
from bot.demo.client import Sandbox
from storage.engine import Database, open_database
from tests.kit.databases import copy_of_database

START = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started() as box:
        await box.set_clock(START)
        yield box


@pytest.fixture
async def database(migrated, tmp_path) -> AsyncIterator[Database]:
    opened = open_database(copy_of_database(migrated, tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
def clock():
    return FixedClock(START)


@pytest.fixture
def pass_time(box, clock):
    """Time of the bot and of Telegram alike."""

    async def move(**how: float) -> int:
        clock.moment += timedelta(**how)
        await box.set_clock(clock.moment)
        return int(clock.moment.timestamp())

    return move


@pytest.fixture
def fetcher(box, clock):
    return Fetcher(f"{box.url}/public", clock, every_s=0, timeout_s=2)


@pytest.fixture
def pages(fetcher, workers, clock):
    async def nobody_counts(_handle: str) -> None:
        return None

    return Pages(fetcher, workers, clock, nobody_counts)


@pytest.fixture
async def ann(box):
    return await box.person("Ann", language="en", username="ann_the_person")


@pytest.fixture
async def news(box, ann):
    """A public channel with 50 posts, one every six hours, the newest an hour old."""
    channel = await box.channel("News", owner=ann, username="the_news", subscribers=12_345)
    newest = int(START.timestamp()) - 3600
    await channel.change_page(
        posts=[
            {
                "id": number,
                "published_at": newest - (50 - number) * 21_600,
                "views": 900 + number,
                "reactions": {"👍": number},
            }
            for number in range(1, 51)
        ]
    )
    return channel
