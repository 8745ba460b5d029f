"""`/check` of a channel whose public page was read a moment ago: from the command sent to the card there."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bot import running
from benchmarks.measure import Measurement, median, percentile
from bot.core.limits import AN_HOUR
from bot.demo.client import Person, Sandbox
from storage.upgrade import upgrade

POSTS, POST_EVERY_S = 60, 12 * 3_600
WARM_UP = 3
QUESTIONS = AN_HOUR["limit.check"] - WARM_UP - 1  # what one person may ask
EVERY_S = 1.0  # slower than one person may


def measure() -> Iterator[Measurement]:
    taken_ms = asyncio.run(_ask_again_and_again())
    name = f"/check of a page of {POSTS} posts that is remembered"
    yield Measurement(f"{name}, p50", median(taken_ms), "ms")
    yield Measurement(f"{name}, p95", percentile(taken_ms, 95), "ms")


async def _ask_again_and_again() -> list[float]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        async with Sandbox.started() as box:
            person = await box.person("Ann", language="en")
            await _publish(box)
            async with running(box, url, Path(folder)):
                taken_ms = [await _check(person) for _ in range(WARM_UP + QUESTIONS)]
    return taken_ms[WARM_UP:]


async def _publish(box: Sandbox) -> None:
    owner = await box.person("Owner")
    channel = await box.channel("News", owner=owner, username="the_news", subscribers=12_345)
    now = int(time.time())
    posts = [
        {
            "id": number,
            "published_at": now - (POSTS - number + 1) * POST_EVERY_S,
            "views": 4_000 + 37 * number,
        }
        for number in range(1, POSTS + 1)
    ]
    await channel.change_page(posts=posts)


async def _check(person: Person) -> float:
    start = time.perf_counter()
    await person.send("/check @the_news 9000")
    await person.wait_for(lambda shown: shown.photo_id is not None, timeout_s=60)
    taken_ms = (time.perf_counter() - start) * 1000
    await asyncio.sleep(EVERY_S)
    return taken_ms
