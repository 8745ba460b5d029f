"""Placements walked in the sandbox's time: one sandbox, one bot that follows its clock. Every walk brings its own people."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.remote_clock import RemoteClock
from bot.demo.client import Sandbox
from bot.notifications.services import Services
from tests.kit.bots import life_of_bot, settings_of
from tests.kit.databases import copy_of_database

WALKS = ("test_walks.py", "test_chats_and_pages.py")
START = datetime(2026, 11, 2, 9, tzinfo=UTC)  # noon in Moscow


def pytest_collection_modifyitems(items):
    """All walks of this folder share the loop that the bot lives in."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.path.name in WALKS:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started(now=START) as box:
        yield box


@pytest.fixture(scope="session")
def settings(box, migrated, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bot")
    values = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": copy_of_database(migrated, folder),
        "DATA_DIR": str(folder / "data"),
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        "CLOCK_URL": f"{box.url}/sandbox/clock",
    }
    return settings_of(values, folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_bot(settings, workers) -> AsyncIterator[Services]:
    clock = RemoteClock(str(settings.time.clock_url))
    await clock.set_first()
    async with life_of_bot(settings, workers, clock=clock) as running:
        yield running.services


@pytest_asyncio.fixture(loop_scope="session")
async def ann(box, running_bot):
    return await box.person("Аня", language="ru")


@pytest.fixture
def passes(box):
    """Time passes; when this returns, what became due has been sent."""

    async def wait(**how: float) -> None:
        state = await box.wire.get("/sandbox/clock")
        now = datetime.fromisoformat(state["now"]) + timedelta(**how)
        await box.set_clock(now, wait=True)

    return wait


_NUMBERS = count(1)


@pytest.fixture
def seller(box):
    """A public channel of somebody else's, with a post just out; returns it and the post's number."""

    async def make(*, preview: bool = True, views: int = 0):
        owner = await box.person("Продавец")
        handle = f"the_seller_{next(_NUMBERS)}"
        channel = await box.channel("Продавец рекламы", owner=owner, username=handle, subscribers=90_000)
        if not preview:
            await channel.change_page(preview=False)
        await channel.post("Свой пост")
        (number,) = await channel.post("Реклама")
        await channel.set_views(number, views)
        return channel, handle, number

    return make


@pytest.fixture
def own_channel(box):
    """The advertiser's channel, with the bot as an admin that may invite."""

    async def make(owner, title: str = "Наш канал", rights: tuple[str, ...] = ("can_invite_users",)):
        await owner.start()
        await owner.wait_for_answer()
        channel = await box.channel(title, owner=owner, subscribers=1_000)
        await channel.add_bot(rights=list(rights))
        await owner.wait_for(title)
        return channel

    return make


@pytest.fixture
def come(box):
    """People join by a link, and some of them leave; the bot has read of all of it."""

    async def through(channel, link: str, *, joined: int):
        people = [await box.person(f"Гость {n}") for n in range(joined)]
        for person in people:
            await person.join(channel, invite_link=link)
        await box.wait_until_read()
        return people

    return through


def bare(text: str) -> str:
    """Without the blanks that keep numbers together."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def link_in(text: str) -> str:
    return next(word for word in text.split() if word.startswith("https://t.me/+"))


async def card_after(person, passes, age: str, **how) -> str:
    """The text of the one card that comes once the time has passed."""
    before = {message.id for message in await person.messages()}
    await passes(**how)
    new = [bare(one.text) for one in await person.messages() if one.id not in before and one.is_from_bot]
    cards = [text for text in new if f"{age} после выхода" in text or f"{age} after publication" in text]
    assert len(cards) == 1, new
    return cards[0]
