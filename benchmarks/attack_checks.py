"""People who are answered from what is kept, while 33 others have two strange channels each looked at."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bot import running
from benchmarks.measure import Measurement, percentile
from bot.sandbox.client import Person, Sandbox
from storage.upgrade import upgrade

CHECKING, EACH = 33, 2
ASKED, EVERY_S = 40, 1.0  # the pages of those who are not sent away take two minutes
WITHIN_S = 180.0


def measure() -> Iterator[Measurement]:
    idle_ms, attacked_ms = asyncio.run(_idle_and_attacked())
    yield Measurement(
        f"/help while {CHECKING} people check {EACH} channels each, p95",
        percentile(attacked_ms, 95),
        "ms",
        floor=percentile(idle_ms, 95),
        at_most_ratio=5,
    )
    yield Measurement(
        f"/help in the moment when {CHECKING} people begin to check",
        attacked_ms[0],
        "ms",
        floor=percentile(idle_ms, 95),
    )


async def _idle_and_attacked() -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        async with Sandbox.started() as box:
            ann = await box.person("Ann", language="en")
            people = [await box.person(f"Checks {number}", language="en") for number in range(CHECKING)]
            owner = await box.person("Owner")
            for number in range(CHECKING * EACH):
                channel = await box.channel(f"C{number}", owner=owner, username=f"strange_{number:03}")
                await channel.post("Hello")
            async with running(box, url, Path(folder)):
                await _ask(ann)
                idle_ms = [await _ask(ann) for _ in range(ASKED // 4)]
                await asyncio.gather(*(attack(person, number) for number, person in enumerate(people)))
                return idle_ms, [await _ask(ann) for _ in range(ASKED)]


async def attack(person: Person, number: int) -> None:
    """One of those who check, each two channels that nobody else names."""
    names = " ".join(f"@strange_{number * EACH + one:03}" for one in range(EACH))
    await person.send(f"/check {names}")


async def _ask(person: Person) -> float:
    start = time.perf_counter()
    await person.send("/help")
    await person.wait_for_answer(timeout_s=WITHIN_S)
    taken_ms = (time.perf_counter() - start) * 1000
    await asyncio.sleep(EVERY_S)
    return taken_ms
