"""Memory of the bot's process at rest, after its first answer, beside a process that has only imported aiogram."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import psutil

from benchmarks.bot import open_scene
from benchmarks.measure import Measurement

MEGABYTE = 1024 * 1024
STORED_POSTS = 1000
SETTLING_S = 3
IMPORTED = "import aiogram, sys; print('ready', flush=True); sys.stdin.read()"


def measure() -> Iterator[Measurement]:
    idle_mb = asyncio.run(_bot_at_rest())
    yield Measurement("memory of the idle bot", idle_mb, "MB", floor=_imported_aiogram(), at_most_ratio=1.35)


async def _bot_at_rest() -> float:
    async with open_scene(STORED_POSTS) as scene:
        await scene.person.send("/er 30d")
        await scene.person.wait_for_answer(timeout_s=60)
        await asyncio.sleep(SETTLING_S)
        return resident_mb(scene.process_id)


def _imported_aiogram() -> float:
    command = [sys.executable, "-c", IMPORTED]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        used_mb = resident_mb(process.pid)
        process.stdin.close()
    return used_mb


def resident_mb(process_id: int) -> float:
    """Returns the memory of that process alone: its workers are processes of their own."""
    resident: int = psutil.Process(process_id).memory_info().rss
    return resident / MEGABYTE
