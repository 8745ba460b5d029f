"""Everybody's summary due at the same moment, against a sandbox that enforces Telegram's rates; and a tick with nothing due.

Meanwhile somebody asks /er. How fast messages leave is told from the first that arrives to the last.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from benchmarks.bot import running
from benchmarks.channel import make_posts
from benchmarks.measure import Measurement, median, percentile
from bot.core.clock import SystemClock
from bot.demo.client import Person, Sandbox
from bot.notifications.due import run_due
from bot.notifications.services import Services
from bot.telegram.answering import Answering
from bot.wiring import KINDS
from metrics.posts import AudienceReading
from storage.bulk import execute_many, inserting
from storage.engine import Connection, Database, open_database
from storage.system import outbox
from storage.tables import schedule, workspace
from storage.upgrade import upgrade
from storage.workspace import audience, channels, posts, schedules, workspaces
from storage.workspace.schedules import Schedule

FEW, MANY = 1_000, 10_000  # workspaces
SCHEDULES = 100_000
TICKS = 20
QUESTIONS = 20
ASK_EVERY_S = 1.5  # slower than one person may
POST_EVERY_H = 12
POSTS_H = 60 * 24
HOUR_S = 3_600
PER_S_WARM, PER_S_COLD = 28, 10
TICK_MS = 20
LATER = 10 * 365 * 86_400


def measure() -> Iterator[Measurement]:
    yield asyncio.run(_tick_with_nothing_due())
    yield from _send(FEW)


def measure_many() -> Iterator[Measurement]:
    yield from _send(MANY)


def _send(count: int) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        for is_ahead, at_least in ((True, PER_S_WARM), (False, PER_S_COLD)):
            sent = asyncio.run(_send_all(count, Path(name), is_ahead=is_ahead))
            how = "pictures drawn ahead" if is_ahead else "all pictures cold"
            yield Measurement(f"{count} summaries due, {how}", sent.per_s, "/s", at_least=at_least)
            yield Measurement(
                f"/er meanwhile, {how}, p95",
                percentile(sent.busy_ms, 95),
                "ms",
                floor=percentile(sent.idle_ms, 95),
                at_most_ratio=2,
                beside=f"{len(sent.busy_ms)} asked",
            )


@dataclass(frozen=True)
class Sent:
    per_s: float
    idle_ms: list[float]
    busy_ms: list[float]


async def _send_all(count: int, folder: Path, *, is_ahead: bool) -> Sent:
    data = folder / ("ahead" if is_ahead else "cold")
    data.mkdir()
    url = f"sqlite+aiosqlite:///{data}/otklik.db"
    await asyncio.to_thread(upgrade, url)
    async with Sandbox.started(enforce_limits=True) as box, _opened(url) as database:
        people = await _open_chats(box, count + 1)
        due_at = int(time.time()) + (HOUR_S if is_ahead else LATER)
        await _fill(database, [person.id for person in people], due_at)
        asker, readers = people[0], [person.id for person in people[1:]]
        async with running(box, url, data, workers=2):
            if is_ahead:
                await _until(lambda: len(list((data / "data" / "pictures").glob("*/*.html"))) >= count)
            idle_ms = [await _ask(asker) for _ in range(QUESTIONS)]
            await _make_due(database, count)
            return await _watch(box, asker, readers, idle_ms)


async def _watch(box: Sandbox, asker: Person, readers: list[int], idle_ms: list[float]) -> Sent:
    await _until(lambda: arrived(box, readers) > 0)
    first, before = time.perf_counter(), arrived(box, readers)
    busy_ms: list[float] = []
    asking = asyncio.ensure_future(_keep_asking(asker, busy_ms))
    await _until(lambda: arrived(box, readers) >= len(readers))
    per_s = (len(readers) - before) / (time.perf_counter() - first)
    asking.cancel()
    return Sent(per_s, idle_ms, busy_ms)


def arrived(box: Sandbox, readers: Sequence[int]) -> int:
    """Counts the messages in these chats, whoever's they are."""
    chats = box.server.world.chats
    return sum(len(chats[reader].messages) for reader in readers)


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - neither a folder nor a chat tells when it is full
        await asyncio.sleep(0.1)


async def _ask(person: Person) -> float:
    start = time.perf_counter()
    await person.send("/er 30d")
    answer = await person.wait_for_answer(timeout_s=120)
    taken_ms = (time.perf_counter() - start) * 1000
    if answer.photo_id is None:
        raise RuntimeError(f"no picture in the answer: {answer.text}")
    await asyncio.sleep(max(0.0, ASK_EVERY_S - taken_ms / 1000))
    return taken_ms


async def _keep_asking(person: Person, taken_ms: list[float]) -> None:
    while True:
        taken_ms.append(await _ask(person))


async def _open_chats(box: Sandbox, count: int) -> list[Person]:
    """Opens chats without a /start, which the bot would answer."""
    people = [await box.person(f"P{number}", language="en") for number in range(count)]
    for person in people:
        box.server.world.chats[person.id].is_started = True
    return people


async def _fill(database: Database, chats: list[int], due_at: int) -> None:
    """Fills a workspace each, with one channel of two months. The first is on nobody's schedule."""
    now = int(time.time())
    rows = make_posts(POSTS_H, now)[::POST_EVERY_H]
    async with database.begin() as conn:
        for number, chat_id in enumerate(chats):
            workspace_id = await _workspace(conn, chat_id, now)
            added = await channels.add(conn, workspace_id, platform="telegram", title="Example", now=now)
            await posts.store(conn, workspace_id, added.id, rows, import_id=None, source="file", now=now)
            counted = [AudienceReading(rows[0].published_at, 10_000, 0)]
            await audience.store(conn, workspace_id, added.id, counted, source="bot", now=now)
            if number:
                await schedules.save(conn, workspace_id, _digest(chat_id, due_at, now))


async def _workspace(conn: Connection, chat_id: int, now: int) -> int:
    made = await workspaces.ensure(
        conn, chat_id=chat_id, kind="private", title=None, language="en", zone=zone_of_morning(), now=now
    )
    return made.id


def zone_of_morning() -> str:
    """Returns a zone where it is about nine.

    Summaries are made ahead only once yesterday's last post is old enough.
    """
    hours = (9 - time.gmtime().tm_hour + 12) % 24 - 12
    return f"Etc/GMT{-hours:+d}"  # POSIX counts westward


def _digest(person: int, due_at: int, now: int) -> Schedule:
    return Schedule(kind="digest", set_by=person, next_due_at=due_at, changed_at=now)


async def _make_due(database: Database, count: int) -> None:
    """Makes all due at the next full minute, as the program's clock would find it."""
    async with database.begin() as conn:
        for workspace_id in range(2, count + 2):
            await schedules.set_due(conn, workspace_id, "digest", int(time.time()))


async def _tick_with_nothing_due() -> Measurement:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        url = f"sqlite+aiosqlite:///{name}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        async with _opened(url) as database:
            async with database.begin() as conn:
                await _schedule_many(conn, int(time.time()) + HOUR_S)
            services = cast(
                "Services", SimpleNamespace(database=database, clock=SystemClock(), answering=Answering())
            )
            taken_ms = [await _tick(services) for _ in range(TICKS)]
    return Measurement(
        f"a tick, {SCHEDULES} schedules, none due, p50", median(taken_ms), "ms", at_most=TICK_MS
    )


async def _schedule_many(conn: Connection, due_at: int) -> None:
    """Schedules many as rows, for a hundred thousand people would be an hour of calls."""
    told = ("chat_id", "kind", "language", "zone", "created_at")
    people = [(number, "private", "en", "UTC", 0) for number in range(1, SCHEDULES // 2 + 1)]
    await execute_many(conn, inserting(workspace, told), told, people)
    known = asdict(Schedule(kind="digest", set_by=1, next_due_at=due_at, changed_at=0))
    values = {name: value for name, value in known.items() if name not in ("id", "workspace_id", "kind")}
    columns = ("workspace_id", "kind", *values)
    rows = [(number, kind, *values.values()) for number, *_ in people for kind in ("digest", "alerts")]
    await execute_many(conn, inserting(schedule, columns), columns, rows)


async def _tick(services: Services) -> float:
    start = time.perf_counter()
    await run_due(services, KINDS)
    async with services.database.begin() as conn:
        await outbox.take(conn, int(time.time()), 100)
    return (time.perf_counter() - start) * 1000


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()
