"""`/export` of a long channel: the memory of the bot and of its worker, the time, and what others wait meanwhile.

Memory is watched from the first answer of any other kind on, so whatever the first export loads is counted. The floor of the
bot's memory is what it had before; that of the time is XlsxWriter writing as many plain cells with nothing around it; that
of others is the same questions while nothing else goes on.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import psutil
from xlsxwriter import Workbook

from benchmarks.bot import Scene, open_scene
from benchmarks.measure import Measurement, percentile
from bot.answers.sheets import TEXTS_STAY_TEXTS
from bot.demo.client import Person

MEGABYTE = 1024 * 1024
MANY = 100_000  # posts, each read once
CELLS = 15 + 7  # of a post and of its reading, in the sheets of a workbook
LOOK_EVERY_S, ASK_EVERY_S = 0.05, 0.25
ASKERS = 20
WITHIN_S = 600.0
BOT_AT_MOST_RATIO = 1.15
WORKER_AT_MOST_MB = 250
OTHERS_AT_MOST_RATIO = 5
TIME_AT_MOST_RATIO = 4


@dataclass(frozen=True, slots=True)
class Grown:
    """Resident memory in megabytes: of the bot before and at its highest, what the worker's grew by at its highest."""

    bot_before_mb: float
    bot_mb: float
    worker_mb: float


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export took, and what others waited for `/help` before it and meanwhile."""

    grown: Grown
    taken_ms: float
    file_mb: float
    idle_ms: Sequence[float]
    waited_ms: Sequence[float]


def measure() -> Iterator[Measurement]:
    done = asyncio.run(_export_many())
    name, grown = f"/export of {MANY} posts", done.grown
    yield Measurement(
        f"{name}, memory of the bot",
        grown.bot_mb,
        "MB",
        floor=grown.bot_before_mb,
        at_most_ratio=BOT_AT_MOST_RATIO,
        beside=f"grew by {grown.bot_mb - grown.bot_before_mb:.1f} MB",
    )
    yield Measurement(f"{name}, memory the worker adds", grown.worker_mb, "MB", at_most=WORKER_AT_MOST_MB)
    yield Measurement(
        f"{name}, until the file is there",
        done.taken_ms,
        "ms",
        floor=_write_plain_rows_ms(),
        at_most_ratio=TIME_AT_MOST_RATIO,
        beside=f"a file of {done.file_mb:.1f} MB",
    )
    yield Measurement(
        f"{name}, /help of others meanwhile, p95",
        percentile(done.waited_ms, 95),
        "ms",
        floor=percentile(done.idle_ms, 95),
        at_most_ratio=OTHERS_AT_MOST_RATIO,
        beside=f"{len(done.waited_ms)} asked, longest {max(done.waited_ms):.0f} ms",
    )


async def _export_many() -> Exported:
    async with open_scene(MANY) as scene:
        await scene.person.send("/er 30d")
        await scene.person.wait_for_answer(timeout_s=WITHIN_S)
        askers = [await scene.box.person(f"Asks {number}", language="en") for number in range(ASKERS)]
        await _ask_each(askers)  # everybody is known
        idle_ms = await _ask_each(askers)
        start = time.perf_counter()
        exporting = asyncio.ensure_future(_export(scene))
        watching = asyncio.ensure_future(_watch(scene, exporting))
        waited_ms = await _ask_until(askers, exporting)
        file_bytes = await exporting
        taken_ms = (time.perf_counter() - start) * 1000
        return Exported(await watching, taken_ms, file_bytes / MEGABYTE, idle_ms, waited_ms)


async def _watch(scene: Scene, exporting: "asyncio.Future[int]") -> Grown:
    bot = psutil.Process(scene.process_id)
    worker = max(bot.children(recursive=True), key=lambda one: one.memory_info().rss)
    before = [one.memory_info().rss / MEGABYTE for one in (bot, worker)]
    highest = list(before)
    while not exporting.done():
        now = [one.memory_info().rss / MEGABYTE for one in (bot, worker)]
        highest = list(map(max, highest, now))
        await asyncio.sleep(LOOK_EVERY_S)
    return Grown(before[0], highest[0], highest[1] - before[1])


async def _export(scene: Scene) -> int:
    """Returns the bytes of the file."""
    await scene.person.send("/export")
    sent = await scene.person.wait_for(lambda shown: shown.document_name is not None, timeout_s=WITHIN_S)
    return len(await sent.file_bytes())


async def _ask_each(askers: Sequence[Person]) -> list[float]:
    return [await _ask(person) for person in askers]


async def _ask_until(askers: Sequence[Person], exporting: "asyncio.Future[int]") -> list[float]:
    waited_ms: list[float] = []
    for person in cycle(askers):
        if exporting.done():
            return waited_ms
        waited_ms.append(await _ask(person))
        await asyncio.sleep(ASK_EVERY_S)
    return waited_ms


async def _ask(person: Person) -> float:
    start = time.perf_counter()
    await person.send("/help")
    await person.wait_for_answer(timeout_s=WITHIN_S)
    return (time.perf_counter() - start) * 1000


def _write_plain_rows_ms() -> float:
    with tempfile.TemporaryDirectory() as folder:
        how = {**TEXTS_STAY_TEXTS, "constant_memory": True, "tmpdir": folder}
        start = time.perf_counter()
        with Workbook(str(Path(folder) / "plain.xlsx"), how) as book:
            page = book.add_worksheet()
            for row in range(MANY):
                for column in range(CELLS):
                    page.write_number(row, column, row)
        return (time.perf_counter() - start) * 1000
