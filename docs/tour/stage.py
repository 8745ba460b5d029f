"""Where the walk takes place: the sandbox, the bot in this process, and an example team, at one fixed moment."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app import serve
from bot.core.remote_clock import RemoteClock
from bot.core.settings import GROUPS, Settings, read_settings
from bot.core.tasks import Tasks
from bot.core.workers import Workers
from bot.demo import ExampleChannel, generate_team
from bot.demo.client import Channel, Person, Sandbox
from bot.demo.people import people_of
from bot.notifications.services import make_services
from bot.opening import make_bot
from bot.terminal.demo import show_page
from storage.engine import Database, open_database
from storage.upgrade import upgrade
from storage.workspace import audience, channels, members, posts, workspaces
from storage.workspace.news import MemberEvent

MORNING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # a Monday, 9:30 in Moscow
CHUNK_ROWS = 500
SELLERS = ("city_walks", "weekend_map", "open_roads")
NAMES = {
    "ru": {
        "person": "Анна",
        "own": "Кухня по соседству",
        "second": "Маршрут выходного дня",
        "group": "Команда",
        "sellers": ("Городские прогулки", "Карта выходных", "Открытые дороги"),
    },
    "en": {
        "person": "Kate",
        "own": "Kitchen Next Door",
        "second": "Weekend Route",
        "group": "The team",
        "sellers": ("City Walks", "Weekend Map", "Open Roads"),
    },
}
ENGLISH_TITLES = (
    "Pumpkin soup in twenty minutes",
    "A day out by train: what to take",
    "Five common mistakes, and how to avoid them",
    "Three recipes, one winner",
    "Where to go this Saturday",
    "What to make of what is in the fridge",
    "A walk for the whole family",
)
ENGLISH_LINKS = {"Реклама у соседей": "Ad next door", "Чат выходного дня": "Weekend chat"}
ENGLISH_TAGS = ("dinner", "quick", "weekend", "family", "museums")


@dataclass
class Stage:
    """`own`: the channel that the person connects in the walk; `examples`: what is known of it, and of a second one."""

    language: str
    box: Sandbox
    database: Database
    person: Person
    own: Channel
    second: Channel
    examples: tuple[ExampleChannel, ExampleChannel]

    async def fill(self) -> None:
        """A year of posts and people for the channel that was connected, and a second channel beside it."""
        async with self.database.begin() as conn:
            place = await workspaces.find(conn, self.person.id)
            assert place is not None
            now = int(MORNING.timestamp())
            [first] = await channels.visible(conn, place.id)
            second = await channels.add(
                conn, place.id, platform="telegram", title=self.second.title, chat_id=self.second.id,
                added_by=self.person.id, bot_is_admin=True, now=now,
            )  # fmt: skip
            for channel_id, example in zip((first.id, second.id), self.examples, strict=True):
                for start in range(0, len(example.posts), CHUNK_ROWS):
                    rows = example.posts[start : start + CHUNK_ROWS]
                    await posts.store(
                        conn, place.id, channel_id, rows, import_id=None, source="file", now=now
                    )
                await audience.store(conn, place.id, channel_id, example.audience, source="bot", now=now)
                people = [_linked(self.language, one) for one in people_of(example)]
                await members.store(conn, place.id, channel_id, people, now)

    async def pass_until(self, moment: datetime) -> None:
        """When this returns, what became due has been sent."""
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
            stage = await _team(language, box, database)
            async with _running_bot(settings, database):
                yield stage
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
        "LOG_LEVEL": "ERROR",
    }
    for group in GROUPS:  # what the shell sets is no part of the walk
        for name in group.model_fields:
            os.environ.pop(name.upper(), None)
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
    return read_settings(file)


@asynccontextmanager
async def _running_bot(settings: Settings, database: Database) -> AsyncIterator[None]:
    clock = RemoteClock(str(settings.time.clock_url))
    await clock.set_first()
    workers = Workers(count=2, timeout_s=120, memory_mb=512)
    workers.start()
    services = make_services(settings, make_bot(settings.telegram), database, clock, workers)
    stop = asyncio.Event()
    serving = Tasks().start(serve(services, stop))
    try:
        yield
    finally:
        stop.set()
        await serving
    await services.tasks.finish(timeout_s=1)
    await services.bot.session.close()
    workers.end(timeout_s=0)


async def _team(language: str, box: Sandbox, database: Database) -> Stage:
    names, now = NAMES[language], int(MORNING.timestamp())
    person = await box.person(str(names["person"]), language=language, username="the_owner")
    kitchen, walks = (_told_in(language, one) for one in generate_team(now))
    own = await box.channel(
        str(names["own"]),
        owner=person,
        username="kitchen_next_door",
        subscribers=kitchen.audience[-1].subscribers,
    )
    await show_page(own, kitchen)
    second = await box.channel(str(names["second"]), owner=person, subscribers=walks.audience[-1].subscribers)
    seller = await box.person("Vera", language=language, username="the_seller")
    for number, (handle, title) in enumerate(zip(SELLERS, names["sellers"], strict=True)):
        example = generate_team(now, seed=number + 2)[0]
        subscribers = example.audience[-1].subscribers
        await show_page(
            await box.channel(title, owner=seller, username=handle, subscribers=subscribers), example
        )
    return Stage(language, box, database, person, own, second, (kitchen, walks))


def _told_in(language: str, example: ExampleChannel) -> ExampleChannel:
    """Titles and hashtags of the posts in the reader's language."""
    if language == "ru":
        return example
    return replace(
        example,
        posts=[
            post._replace(
                title=post.title and ENGLISH_TITLES[number % len(ENGLISH_TITLES)],
                hashtags=post.hashtags and ENGLISH_TAGS[number % len(ENGLISH_TAGS)],
            )
            for number, post in enumerate(example.posts)
        ],
    )


def _linked(language: str, event: MemberEvent) -> MemberEvent:
    """The name of the invite link in the reader's language."""
    if language == "ru" or event.link_name is None:
        return event
    return event._replace(link_name=ENGLISH_LINKS.get(event.link_name, event.link_name))
