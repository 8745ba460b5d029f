"""A workspace with a key and a public channel, and TGStat's stand-in, in a stopped time."""

from types import SimpleNamespace

import pytest

from bot.collection.tgstat.reading import TgstatReading
from bot.core.sealing import Sealing
from storage.workspace import channels, keys, workspaces

KEY = "0123456789abcdef0123456789abcdef"
DAY = 86_400


class Told:
    """In place of the bot: what it would have said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def send_message(self, _chat_id, text, **_how) -> None:
        self.said.append(text)


@pytest.fixture
async def place(box, database, clock, news):
    """Ann's chat with the channel and the key; `read` is one minute of the bot."""
    now = int(clock.now().timestamp())
    sealing = Sealing("a secret of thirty-two characters", "key")
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn, chat_id=5, kind="private", title=None, language="en", zone="UTC", now=now
        )
        added = await channels.add(
            conn, made.id, platform="telegram", title="News", handle="the_news", added_by=5, now=now
        )
        about = {"hint": "cdef", "person": 5, "state": "away", "tariff": keys.Tariff()}
        await keys.put(conn, made.id, keys.TGSTAT, sealed=sealing.seal(KEY), now=now, **about)
    bot = Told()
    reading = TgstatReading(bot, database, clock, sealing, box.tgstat.url)
    return SimpleNamespace(
        workspace_id=made.id, channel_id=added.id, read=reading.run, reading=reading, told=bot.said, now=now
    )


@pytest.fixture
def rows(database):
    async def read(query: str):
        async with database.read() as conn:
            return [tuple(row) for row in await conn.exec_driver_sql(query)]

    return read
