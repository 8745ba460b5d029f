"""A thousand workspaces, three channels of a year each: how the bot starts over them, answers, remembers and sends.

`OTKLIK_WORKSPACES=20 python -m benchmarks many` tries it on fewer. The file, 9 MB a workspace, is gone when it ends.
"""

import asyncio
import itertools
import os
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp
import psutil
from sqlalchemy import update

from benchmarks.bot import running
from benchmarks.delivery import arrived, zone_of_morning
from benchmarks.measure import Measurement, median, percentile
from benchmarks.workspace_copies import CHANNELS, fill
from bot.demo.client import Person, Sandbox
from storage.engine import open_database
from storage.tables import schedule
from storage.upgrade import upgrade

WORKSPACES = int(os.environ.get("OTKLIK_WORKSPACES", "1000"))
WORKERS = 2
QUESTION = "/er Кухня дома 30d"
ALONE, ASKERS, MINUTES = 30, 30, 2
ANSWERS = int(os.environ.get("OTKLIK_ANSWERS", "5000"))
COMPARED, AT_ONCE, LOOK_EVERY = 500, 8, 25  # answers
START_S, CROWD_RATIO, GROWTH_RATIO, PER_S = 10, 3, 1.1, 20
LONG_S = 300.0
MINUTE_S = 60
SHORTLY_S = 5
SEED = 20_261_127
MB = 2**20


@dataclass(frozen=True)
class _Scene:
    box: Sandbox
    people: Sequence[Person]
    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder}/otklik.db"


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        yield from asyncio.run(_live(Path(name)))


async def _live(folder: Path) -> list[Measurement]:
    async with Sandbox.started(enforce_limits=True) as box:
        people = [await box.person(f"P{number}") for number in range(WORKSPACES)]
        for person in people:
            box.server.world.chats[person.id].is_started = True
        scene = _Scene(box, people, folder)
        found = [await _filled(scene), await _start(scene)]
        async with running(box, scene.url, folder, workers=WORKERS) as process:
            for part in (_crowd, _memory, _digests):
                for one in await part(scene, psutil.Process(process.pid)):
                    print(f"  {one}", flush=True)
                    found.append(one)
        return found


async def _filled(scene: _Scene) -> Measurement:
    began = time.perf_counter()
    file = scene.folder / "otklik.db"
    await fill(file, [person.id for person in scene.people], zone_of_morning())
    taken_s = time.perf_counter() - began
    name = f"{WORKSPACES} workspaces of {len(CHANNELS)} channels with a year each, SQLite"
    return Measurement(name, file.stat().st_size / MB, "MB", beside=f"made in {taken_s:.0f} s")


async def _start(scene: _Scene) -> Measurement:
    """From the process's first moment to `/readyz`, beside the same over an empty database."""
    empty = scene.folder / "empty"
    empty.mkdir()
    empty_url = f"sqlite+aiosqlite:///{empty}/otklik.db"
    await asyncio.to_thread(upgrade, empty_url)
    floor_s = await _ready_s(scene.box, empty_url, empty)
    taken_s = await _ready_s(scene.box, scene.url, scene.folder)
    return Measurement("start until /readyz", taken_s, "s", floor=floor_s, at_most=START_S)


async def _ready_s(box: Sandbox, url: str, folder: Path) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    began = time.perf_counter()
    async with (
        running(box, url, folder, workers=WORKERS, HEALTH_PORT=port),
        aiohttp.ClientSession() as session,
    ):
        while not await _is_ready(session, f"http://127.0.0.1:{port}/readyz"):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
        return time.perf_counter() - began


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def _crowd(scene: _Scene, _: psutil.Process) -> list[Measurement]:
    """Each asks once a minute at a moment of their own; beside them one after another who asks alone."""
    asked = itertools.cycle(scene.people)
    for _ in range(WORKERS * 2):
        await _ask(next(asked))  # the workers are warm afterwards
    alone = [await _ask(next(asked)) for _ in range(ALONE)]
    chance = Random(SEED)
    crowd = list(itertools.islice(asked, ASKERS))
    told = await asyncio.gather(*(_live_minutes(person, Random(chance.random())) for person in crowd))
    waited = [one for some in told for one in some]
    name = f"{ASKERS} people, each once a minute: {QUESTION} with its picture, {len(waited)} answers, p95"
    return [
        Measurement(
            name, percentile(waited, 95), "ms", floor=percentile(alone, 95), at_most_ratio=CROWD_RATIO
        )
    ]


async def _live_minutes(person: Person, chance: Random) -> list[float]:
    begun, found = time.perf_counter(), []
    for minute in range(MINUTES):
        moment = begun + minute * MINUTE_S + chance.uniform(0, MINUTE_S)
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        found.append(await _ask(person))
    return found


async def _ask(person: Person) -> float:
    start = time.perf_counter()
    await person.send(QUESTION)
    answer = await person.wait_for_answer(timeout_s=LONG_S)
    if answer.photo_id is None:
        raise RuntimeError(f"no picture in the answer: {answer.text}")
    return (time.perf_counter() - start) * 1000


async def _memory(scene: _Scene, process: psutil.Process) -> list[Measurement]:
    """The private memory of the bot and of each worker, at the first answers and at the last."""
    seen: dict[int, list[float]] = {one.pid: [] for one in _family(process)}
    names = {process.pid: "the bot"} | {pid: f"worker {n}" for n, pid in enumerate(list(seen)[1:], 1)}
    asked = itertools.islice(itertools.cycle(scene.people), ANSWERS)
    counted = itertools.count(1)

    async def ask_on() -> None:
        for person in asked:
            await _ask(person)
            if next(counted) % LOOK_EVERY == 0:
                for pid, sizes in seen.items():
                    sizes.append(psutil.Process(pid).memory_full_info().uss / MB)

    busy = _busy_s(process)
    await asyncio.gather(*(ask_on() for _ in range(AT_ONCE)))
    told = _told(_spent_ms(busy, process, ANSWERS))
    looks = min(COMPARED, ANSWERS // 2) // LOOK_EVERY
    return [
        Measurement(
            f"memory of {names[pid]}, the last of {ANSWERS} answers beside the first",
            median(sizes[-looks:]),
            "MB",
            floor=median(sizes[:looks]),
            at_most_ratio=GROWTH_RATIO,
            beside=told if pid == process.pid else "",
        )
        for pid, sizes in seen.items()
    ]


def _family(process: psutil.Process) -> list[psutil.Process]:
    """The bot, then its workers in the order of their start; not Python's own helper, which does nothing."""
    children = sorted(process.children(recursive=True), key=lambda one: one.create_time())
    return [process, *(one for one in children if "resource_tracker" not in " ".join(one.cmdline()))]


async def _digests(scene: _Scene, process: psutil.Process) -> list[Measurement]:
    """All are due at one full minute, nothing is made ahead; until the last has arrived."""
    readers = [person.id for person in scene.people]
    due_at = await _make_due(scene)
    before = arrived(scene.box, readers)
    await asyncio.sleep(due_at - time.time())
    busy = _busy_s(process)
    while (came := arrived(scene.box, readers) - before) < len(readers):
        if time.time() - due_at > len(readers) + LONG_S:
            raise RuntimeError(f"only {came} of {len(readers)} summaries came")
        await asyncio.sleep(0.05)
    taken_s = time.time() - due_at
    spent = _spent_ms(busy, process, len(readers))
    cores = os.cpu_count() or 1
    possible = 1000 * cores / sum(spent.values())
    return [
        Measurement(
            f"{len(readers)} summaries of {len(CHANNELS)} channels due at once, pictures cold",
            len(readers) / taken_s,
            "/s",
            at_least=PER_S,
            beside=f"{_told(spent)}; {cores} cores without a pause: {possible:.1f}/s",
        )
    ]


def _spent_ms(before: Mapping[str, float], process: psutil.Process, count: int) -> dict[str, float]:
    """Processor time for each of so many since `before`, by who spent it."""
    return {name: (now_s - before[name]) * 1000 / count for name, now_s in _busy_s(process).items()}


def _told(spent_ms: Mapping[str, float]) -> str:
    return "processor time of each: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in spent_ms.items())


def _busy_s(process: psutil.Process) -> dict[str, float]:
    """Processor seconds so far, by who spent them; the sandbox is this process."""
    bot, *workers = _family(process)
    told = {"workers": workers, "the bot": [bot], "the sandbox beside it": [psutil.Process()]}
    return {
        name: sum(one.cpu_times().user + one.cpu_times().system for one in some)
        for name, some in told.items()
    }


async def _make_due(scene: _Scene) -> int:
    """Makes every summary due at the next full minute, so late that nothing is made ahead; returns that moment.

    Who hears alerts was judged at their hour: drops are not looked at again.
    """
    due_at = (int(time.time() + 2 * SHORTLY_S) // MINUTE_S + 1) * MINUTE_S
    await asyncio.sleep(due_at - SHORTLY_S - time.time())
    database = open_database(scene.url)
    try:
        async with database.begin() as conn:
            digests = update(schedule).where(schedule.c.kind == "digest")
            await conn.execute(digests.values(next_due_at=due_at))
    finally:
        await database.close()
    return due_at
