"""Exact counters beside a bare client on the same server: a history of 20,000 numbers, a sweep of 500 channels, memory.

The client asks at twenty times the pace of one request a second that Telegram is asked at, and keeps nothing; so does the
bot, which keeps everything. What it does between two requests has to fit in between.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.sessions import StringSession
from telethon.tl.functions.channels import GetMessagesRequest
from telethon.tl.types import InputChannel

from benchmarks.measure import Measurement
from benchmarks.memory import resident_mb
from bot.collection.exact.opened import open_reading
from bot.collection.exact.reading import SWEEPS, Reading
from bot.collection.pace import Pace
from bot.core.clock import FixedClock
from bot.core.settings import read_settings
from bot.demo.client import Channel, Person, Sandbox
from bot.opening import make_bot
from metrics.posts import Post
from storage.engine import Database, open_database
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.upgrade import upgrade
from storage.workspace import channels, exact_channels, exact_progress, live, posts, workspaces

NUMBERS, CHANNELS, AT_ONCE = 20_000, 500, 200
DAY_S = 86_400
MEGABYTES = 30
EVERY_S = 0.05
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
BOT = "import bot.app, bot.ticking, bot.wiring"
LOADED = "import sys; {code}; print('ready', flush=True); sys.stdin.read()"


@dataclass(frozen=True)
class Scene:
    box: Sandbox
    database: Database
    reading: Reading
    homes: tuple[tuple[int, Person], ...]  # workspaces and whose they are: one may have 300 channels
    clock: FixedClock


def measure() -> Iterator[Measurement]:
    yield asyncio.run(_history())
    yield asyncio.run(_sweep())
    without, with_source = _resident_mb(BOT), _resident_mb(f"{BOT}; import bot.collection.exact.opened")
    name = "memory that exact counters add to the bot's libraries"
    yield Measurement(
        name, with_source - without, "MB", at_most=MEGABYTES, beside=f"without {without:.0f} MB"
    )


async def _history() -> Measurement:
    async with _open_scene() as scene:
        channel = await _channel(scene, "History", NUMBERS)
        await _register(scene, channel, newest=NUMBERS)
        asked = [range(low, low + AT_ONCE) for low in range(1, NUMBERS, AT_ONCE)]
        floor = await _bare(scene.box, [(channel, list(ids)) for ids in asked])
        taken = await _timed(scene.reading)
        name = f"history of {NUMBERS} numbers read and stored, beside a bare client"
        return Measurement(name, taken, "s", floor=floor, at_most_ratio=1.5)


async def _sweep() -> Measurement:
    """Measures a sweep: each channel has ten posts, one of which is due.

    Ten are read, so that a deletion can be told.
    """
    async with _open_scene() as scene:
        made = [await _channel(scene, f"Sweep {number}", 10) for number in range(CHANNELS)]
        for channel in made:
            await _register(scene, channel, newest=None)
        asked = [(one, list(range(1, 11))) for one in made]
        floor = await _bare(scene.box, asked)
        scene.clock.moment = datetime.fromtimestamp(scene.clock.moment.timestamp() + 3_601, UTC)
        taken = await _timed(scene.reading, runs=-(-CHANNELS // SWEEPS))
        name = f"sweep of {CHANNELS} channels read and stored, beside a bare client"
        return Measurement(name, taken, "s", floor=floor, at_most_ratio=1.5)


async def _timed(reading: Reading, runs: int = 1) -> float:
    start = time.perf_counter()
    for _ in range(runs):
        await reading.run()
    return time.perf_counter() - start


async def _bare(box: Sandbox, asked: Sequence[tuple[Channel, list[int]]]) -> float:
    """Connects, logs in, asks, disconnects: and nothing is kept."""
    how = await box.wire.get("/sandbox/mtproto")
    rsa.add_key(how["public_key"].encode(), old=False)
    session = StringSession()
    session.set_dc(2, how["host"], how["port"])
    client = TelegramClient(session, 1, "hash", receive_updates=False)
    start = time.perf_counter()
    await client.start(bot_token=box.token)
    pace = Pace(EVERY_S)
    for channel, ids in asked:
        await pace.wait()
        place = InputChannel(TELEGRAM_CHANNEL_BASE - channel.id, 0)
        await client(GetMessagesRequest(place, ids))
    await client.disconnect()
    return time.perf_counter() - start


@asynccontextmanager
async def _open_scene() -> AsyncIterator[Scene]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        url = f"sqlite+aiosqlite:///{name}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        database = open_database(url)
        async with Sandbox.started(now=NOW) as box:
            env = Path(name) / ".env"
            env.write_text(
                f"BOT_TOKEN={box.token}\nTELEGRAM_API_URL={box.url}\nAPI_ID=1\nAPI_HASH=hash\n"
                f"MTPROTO_URL={box.mtproto.url}\nDATABASE_URL={url}\n"
            )
            settings, clock = read_settings(env), FixedClock(NOW)
            bot = make_bot(settings.telegram)
            reading = open_reading(settings, bot, database, clock)
            reading.busy_s, reading.pace = 3_600, Pace(EVERY_S)
            homes = tuple([await _home(box, database) for _ in range(2)])
            try:
                yield Scene(box, database, reading, homes, clock)
            finally:
                await bot.session.close()
                await database.close()


async def _home(box: Sandbox, database: Database) -> tuple[int, Person]:
    person = await box.person("Ann")
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn, chat_id=person.id, kind="private", title=None, language="en", zone="UTC", now=_now()
        )
    return made.id, person


async def _channel(scene: Scene, title: str, count: int) -> Channel:
    """Makes a channel of one post in forty minutes, the newest just published."""
    channel = await scene.box.channel(title, owner=scene.homes[0][1], subscribers=1_000)
    await channel.add_bot()
    step_s = 390 * DAY_S // count if count > 10 else 3 * DAY_S
    put = [
        {
            "id": number, "published_at": _now() - (count - number) * step_s, "text": f"a post of number {number}",
            "views": 1_000 + number, "forwards": 3, "comments": 2, "reactions": {"👍": 5},
        }
        for number in range(1, count + 1)
    ]  # fmt: skip
    await channel.change_page(posts=put)
    return channel


async def _register(scene: Scene, channel: Channel, *, newest: int | None) -> None:
    """Registers a channel; `newest` None: its history is read, and all its posts are there."""
    workspace_id, person = scene.homes[channel.id % 2]
    now = _now()
    async with scene.database.begin() as conn:
        added = await channels.add(
            conn, workspace_id, platform="telegram", title=channel.title, chat_id=channel.id, bot_is_admin=True, now=now
        )  # fmt: skip
        await live.begin(conn, workspace_id, added.id, live.CollectionTerms(), now, person=person.id)
        await exact_progress.begin(conn, workspace_id, added.id, now)
        if newest is not None:
            await exact_progress.show(conn, workspace_id, added.id, newest)
            return
        rows = [_post(number) for number in range(1, 11)]
        await posts.store(conn, workspace_id, added.id, rows, import_id=None, source="bot", now=now)
        await exact_channels.note_history(conn, added.id, cursor=0, found=10, oldest_at=now)
        await exact_channels.note_done(conn, added.id, now)
        await exact_channels.note_sweep(conn, added.id, now)


def _post(number: int) -> Post:
    known = {
        "external_id": str(number),
        "published_at": _now() - (10 - number) * 3 * DAY_S,
        "observed_at": _now(),
    }
    flags = {"observed_exact": True, "time_known": True, "is_ad": False, "is_forwarded": False}
    values: dict[str, Any] = {**dict.fromkeys(Post._fields), **known, **flags}
    return Post(**values)


def _now() -> int:
    return int(NOW.timestamp())


def _resident_mb(code: str) -> float:
    """Returns the memory of a process that has done that and waits."""
    command = [sys.executable, "-c", LOADED.format(code=code)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        found = resident_mb(process.pid)
        process.stdin.close()
    return found
