"""What breaks: the bot is killed (-9) while updates flow in. After the last start nothing that was delivered is missing."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.telegram.raw_updates import ALLOWED_UPDATES
from storage.engine import open_database
from storage.workspace import channels, live, workspaces
from tests.collection.lives import CHANNEL, GROUP, START, make_life
from tests.kit.databases import copy_of_database
from tests.kit.processes import life_of_bot

SHOWN = "SELECT external_id, reactions, stars, comments, text_length, is_ad FROM post"


@pytest.fixture
async def registered(migrated, tmp_path):
    """The path of a database in which the channel is collected."""
    path = tmp_path / "otklik.db"
    database = open_database(copy_of_database(migrated, tmp_path))
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn, chat_id=1, kind="private", title=None, language="en", zone="UTC", now=START
        )
        known = await channels.add(
            conn,
            made.id,
            platform="telegram",
            title="Life",
            chat_id=CHANNEL["id"],
            bot_is_admin=True,
            now=START,
        )
        await live.begin(
            conn, made.id, known.id, live.CollectionTerms(GROUP["id"]), START, person=made.chat_id
        )
    await database.close()
    return path


@pytest.fixture
def rows(registered):
    def read(query: str) -> list[tuple]:
        with closing(sqlite3.connect(registered, timeout=30)) as conn:
            return conn.execute(query).fetchall()

    return read


@pytest.fixture
def living(box, registered, tmp_path):
    env = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{registered}",
        "DATA_DIR": str(tmp_path / "data"),
        "PUBLIC_PAGES": "off",
        "WORKERS": "1",
    }
    return lambda: life_of_bot(env, tmp_path / "log")


@pytest.mark.parametrize(
    ("posts", "kills"),
    [(70, 1), pytest.param(1330, 8, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])],
    ids=["500", "10000"],
)
async def test_nothing_that_was_delivered_is_missing_after_kills(box, living, rows, posts, kills):
    life = make_life(7, posts=posts)
    queue = box.server.world.updates
    queue.allow(list(ALLOWED_UPDATES))

    def push(updates) -> None:
        for update in updates:
            (kind,) = (name for name in update if name != "update_id")
            queue.push(kind, update[kind])

    async def until_done(count: int) -> None:
        while rows("SELECT count(*) FROM inbox WHERE state = 'done'")[0][0] < count:
            await asyncio.sleep(0.002)

    share = len(life.updates) // (kills + 1)
    for number in range(kills):
        push(life.updates[number * share : (number + 1) * share])
        async with living():
            await until_done(number * share + share // 3)
    push(life.updates[kills * share :])
    async with living():
        await until_done(len(life.updates))
    assert {row[0]: (*row[1:5], bool(row[5])) for row in rows(SHOWN)} == life.expected
    assert rows("SELECT count(*) FROM inbox WHERE state = 'new' OR body IS NOT NULL") == [(0,)]
