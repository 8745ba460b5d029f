"""`/er` as a person waits for it: from the command sent to the picture there, the bot warm, nothing remembered."""

import asyncio
import time
from collections.abc import Iterator

from benchmarks.bot import Scene, open_scene
from benchmarks.measure import Measurement, median, percentile
from bot.answers.gather import gather
from bot.core.parsing.periods import PeriodChoice
from bot.core.warm import ready
from bot.core.workers import Workers
from bot.demo.client import Person
from bot.features.engagement.request import build

FEW, MANY = 10_000, 200_000  # posts stored
QUESTIONS = 24  # with the warm-up, as many as one person may ask in a burst
WARM_UP = 4
DAYS = 30


def measure() -> Iterator[Measurement]:
    few_ms, many_ms, floor_ms = asyncio.run(_ask_and_draw())
    name = f"/er {DAYS}d, {FEW} posts stored"
    yield Measurement(f"{name}, p50", median(few_ms), "ms", floor=median(floor_ms), at_most_ratio=1.5)
    yield Measurement(f"{name}, p95", percentile(few_ms, 95), "ms", floor=percentile(floor_ms, 95))
    name = f"/er {DAYS}d, {MANY} posts stored, p50, beside {FEW}"
    yield Measurement(name, median(many_ms), "ms", floor=median(few_ms), at_most_ratio=1.2)


async def _ask_and_draw() -> tuple[list[float], list[float], list[float]]:
    """Measures milliseconds of answers of two bots, and of the same picture drawn by an idle worker.

    They are taken in turns.
    """
    workers = Workers(count=1, timeout_s=60, memory_mb=1024)
    try:
        await workers.run(ready)
        async with open_scene(FEW) as few, open_scene(MANY) as many:
            taken = [
                (await _ask(few.person), await _ask(many.person), await _draw(few, workers))
                for _ in range(WARM_UP + QUESTIONS)
            ]
    finally:
        await workers.close(timeout_s=10)
    few_ms, many_ms, floor_ms = zip(*taken[WARM_UP:], strict=True)
    return list(few_ms), list(many_ms), list(floor_ms)


async def _ask(person: Person) -> float:
    start = time.perf_counter()
    await person.send(f"/er {DAYS}d")
    answer = await person.wait_for_answer(timeout_s=60)
    taken_ms = (time.perf_counter() - start) * 1000
    if answer.photo_id is None:
        raise RuntimeError(f"no picture in the answer: {answer.text}")
    return taken_ms


async def _draw(scene: Scene, workers: Workers) -> float:
    async with scene.database.read() as conn:
        choice = PeriodChoice(days=DAYS)
        request = await gather(conn, scene.workspace, scene.channel, choice, scene.as_of)
    start = time.perf_counter()
    await workers.run(build, request)
    return (time.perf_counter() - start) * 1000
