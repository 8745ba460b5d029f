"""Where the walk takes place: the sandbox, the bot in this process, and an example team, from one fixed moment on."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import serve
from bot.core.remote_clock import RemoteClock
from bot.core.settings import GROUPS, Settings, read_settings
from bot.core.tasks import Tasks
from bot.core.workers import Workers
from bot.demo import ExampleChannel, generate_team
from bot.demo.client import Channel, Person, Sandbox
from bot.demo.plans import BOOKS
from bot.demo.team import generate_channel
from bot.notifications.services import Services, make_services
from bot.opening import make_bot
from bot.terminal.demo import show_page
from bot.terminal.demo_networks import KEYS, make_networks
from docs.tour.team import HISTORY, NAMES, SELLERS, Played, people_told_in, subscribers_at, team_examples
from storage.engine import Database, open_database
from storage.upgrade import upgrade
from storage.workspace import channels, workspaces
from storage.workspace.workspaces import Workspace

ZONE = "Europe/Moscow"
HANDLE = "kitchen_next_door"
FALLS_AFTER, FALLEN_SHARE = timedelta(hours=6), 0.45
MORNING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # a Monday, 9:30 in Moscow


@dataclass
class Stage:
    """`books`: the channel that the newcomer connects; `playing`: those that the team has been running for a year."""

    language: str
    box: Sandbox
    database: Database
    services: Services
    person: Person
    colleague: Person
    books: Channel
    sellers: tuple[Channel, ...]
    playing: tuple[Played, ...] = ()
    now: datetime = MORNING

    @property
    def names(self) -> dict[str, str]:
        return NAMES[self.language]

    @property
    def first_day(self) -> datetime:
        """When the second day begins: what came by itself came after that."""
        return MORNING + timedelta(hours=1)

    async def gather(self) -> None:
        """The team's two channels with months behind them: a public one, and a private one that is about to fall."""
        place = await self.settle(self.person.id)
        playing = []
        for code, example in zip(("kitchen", "route"), team_examples(self.language, MORNING), strict=True):
            handle = HANDLE if code == "kitchen" else None
            channel = await self.box.channel(
                self.names[code],
                owner=self.person,
                username=handle,
                subscribers=subscribers_at(example, MORNING),
            )
            await channel.add_bot(rights=["can_invite_users"])
            await self.person.wait_for(self.names[code], timeout_s=30)
            async with self.database.read() as conn:
                known = await channels.find(conn, place.id, chat_id=channel.id)
            assert known is not None
            people = people_told_in(self.language, example)
            falls = MORNING + FALLS_AFTER if code == "route" else None
            played = Played(channel, example, people, place.id, known.id, falls, FALLEN_SHARE)
            await played.read_between(self.database, MORNING - HISTORY, MORNING)
            playing.append(played)
        self.playing = tuple(playing)

    async def settle(self, chat_id: int) -> Workspace:
        """Sets a chat's clock to Moscow's, whatever its language is."""
        async with self.database.begin() as conn:
            place = await workspaces.find(conn, chat_id)
            assert place is not None
            await workspaces.set_zone(conn, place.id, ZONE)
            return place

    async def pass_until(self, moment: datetime) -> None:
        """When this returns, what was counted until then has been read, and what became due has been sent."""
        for played in self.playing:
            await played.read_between(self.database, self.now, moment)
            await played.channel.set_subscribers(subscribers_at(played.example, moment))
        self.now = moment
        await self.box.set_clock(moment, wait=True)


@asynccontextmanager
async def staged(language: str) -> AsyncIterator[Stage]:
    """The stage of one language's walk; the same for every call."""
    with tempfile.TemporaryDirectory(prefix="otklik-tour-") as folder:
        async with Sandbox.started(now=MORNING) as box:
            settings = _settings(box, Path(folder))
            url = settings.storage.database_url.get_secret_value()
            await asyncio.to_thread(upgrade, url)
            database = open_database(url)
            async with _running_bot(settings, database) as services:
                yield await _team(language, box, database, services)
            await database.close()


def _settings(box: Sandbox, folder: Path) -> Settings:
    values = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'otklik.db'}",
        "DATA_DIR": str(folder / "data"),
        "PUBLIC_PAGES": "on",
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        "CLOCK_URL": f"{box.url}/sandbox/clock",
        "VK_URL": box.vk.url,
        "YOUTUBE_URL": box.youtube.url,
        "TGSTAT_URL": box.tgstat.url,
        **KEYS,
        "LOG_LEVEL": "ERROR",
    }
    for group in GROUPS:  # what the shell sets is no part of the walk
        for name in group.model_fields:
            os.environ.pop(name.upper(), None)
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
    return read_settings(file)


@asynccontextmanager
async def _running_bot(settings: Settings, database: Database) -> AsyncIterator[Services]:
    clock = RemoteClock(str(settings.time.clock_url))
    await clock.set_first()
    workers = Workers(count=2, timeout_s=120, memory_mb=512)
    workers.start()
    services = make_services(settings, make_bot(settings.telegram), database, clock, workers)
    stop = asyncio.Event()
    serving = Tasks().start(serve(services, stop))
    try:
        yield services
    finally:
        stop.set()
        await serving
    await services.tasks.finish(timeout_s=1)
    await services.bot.session.close()
    workers.end(timeout_s=0)


async def _team(language: str, box: Sandbox, database: Database, services: Services) -> Stage:
    names, now = NAMES[language], int(MORNING.timestamp())
    person = await box.person(names["person"], language=language, username="the_owner")
    colleague = await box.person(names["colleague"], language=language, username="the_colleague")
    books = await _shown(box, names["books"], person, "weekend_books", generate_channel(BOOKS, now))
    seller = await box.person("Vera", language=language, username="the_seller")
    sellers = [
        await _shown(box, names[handle], seller, handle, generate_team(now, seed=number)[0])
        for number, handle in enumerate(SELLERS, start=2)
    ]
    await make_networks(box, now)
    return Stage(language, box, database, services, person, colleague, books, tuple(sellers))


async def _shown(box: Sandbox, title: str, owner: Person, handle: str, example: ExampleChannel) -> Channel:
    """A public channel with its page."""
    subscribers = example.audience[-1].subscribers
    channel = await box.channel(title, owner=owner, username=handle, subscribers=subscribers)
    await show_page(channel, example)
    return channel
