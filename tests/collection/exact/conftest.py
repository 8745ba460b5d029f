"""Exact counters read from the sandbox's own server of messages: a private channel, its owner, and lives of the program."""

import pytest

from bot.collection.exact.opened import open_reading
from bot.collection.exact.reading import Reading
from bot.opening import make_bot
from storage.engine import open_database
from storage.system import exact_account
from storage.workspace import channels, exact_progress, live, posts, workspaces
from storage.workspace.news import Message, News
from tests.collection.conftest import START
from tests.kit.bots import settings_of
from tests.kit.databases import copy_of_database

HOUR, DAY = 3600, 86_400
NOW = int(START.timestamp())


@pytest.fixture
def settings(box, tmp_path):
    env = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "API_ID": "17",
        "API_HASH": "0123456789abcdef0123456789abcdef",
        "MTPROTO_URL": box.mtproto.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
    }
    return settings_of(env, tmp_path)


@pytest.fixture
async def database(migrated, tmp_path):
    database = open_database(copy_of_database(migrated, tmp_path))
    yield database
    await database.close()


@pytest.fixture
async def start(settings, database, clock):
    """A life of the program: each call is another one."""
    bots = []

    def begin() -> Reading:
        bots.append(make_bot(settings.telegram))
        return open_reading(settings, bots[-1], database, clock)

    yield begin
    for bot in bots:
        await bot.session.close()


@pytest.fixture
async def closed(box, ann):
    """A private channel of 620 posts, two a day, with one album; the bot is its admin."""
    await ann.start()
    channel = await box.channel("Closed", owner=ann, subscribers=10_000)
    await channel.add_bot()
    await channel.change_page(
        posts=[
            {"id": number, "published_at": NOW - (621 - number) * DAY // 2, "text": f"post {number}",
             "views": 1_000 + number, "forwards": number % 7, "comments": number % 5, "reactions": {"🔥": number % 9}}
            for number in range(1, 620)
        ]
        + [{"id": 620, "published_at": NOW - DAY // 2, "views": 1_620, "photos": 3, "forwards": 2, "comments": 1}]
    )  # fmt: skip
    assert await channel.post("fresh") == [623]
    await channel.set_views(623, 40)
    return channel


@pytest.fixture
def register(database, clock, ann):
    """The channel as a person's who proved to be its admin; `newest`: the number of a post that came as an update."""

    async def make(channel, *, newest: int | None = None, person=ann, title="Closed"):
        now = int(clock.now().timestamp())
        async with database.begin() as conn:
            home = await workspaces.ensure(
                conn, chat_id=person.id, kind="private", title=None, language="ru", zone="UTC", now=now
            )
            added = await channels.add(
                conn,
                home.id,
                platform="telegram",
                title=title,
                chat_id=channel.id,
                bot_is_admin=True,
                now=now,
            )
            await live.begin(conn, home.id, added.id, live.CollectionTerms(), now, person=person.id)
            if newest is not None:
                await live.store(conn, home.id, added.id, News(messages=[a_message(newest, now)]), now)
        return home.id, added.id

    return make


def a_message(number: int, at: int) -> Message:
    return Message(number, at, None, at, number, "text", 4, None, False, False, "post", None)


@pytest.fixture
def shown(database):
    async def read(place, start=0, end=2**40):
        async with database.read() as conn:
            found = await posts.window(conn, *place, start, end)
        return {post.external_id: post for post in found}

    return read


@pytest.fixture
def progress(database):
    async def read(place):
        async with database.read() as conn:
            return await exact_progress.get(conn, *place)

    return read


@pytest.fixture
def account(database):
    async def read():
        async with database.read() as conn:
            return await exact_account.get(conn)

    return read
