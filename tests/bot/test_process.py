"""What breaks: a real process that dies, is told to stop, or grows. `python -m bot` itself, against the sandbox."""

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from bot.core.deadline import STOP_S
from tests.kit.processes import command_of_bot, life_of_bot


@pytest.fixture
def launched(env, tmp_path):
    """`async with launched() as process:`, killed at the end if it still runs; its log is in `tmp_path / "log"`."""

    def launch(**changed: str):
        return command_of_bot(env | changed, tmp_path / "log")

    return launch


@pytest.fixture
def living(env, tmp_path):
    """The same, begun at once: for what concerns neither the start nor memory."""
    return lambda: life_of_bot(env, tmp_path / "log", has_children=True)


def _log(tmp_path) -> str:
    return (tmp_path / "log").read_text("utf-8")


def _workers(bot: psutil.Process) -> list[psutil.Process]:
    return [child for child in bot.children() if "spawn_main" in " ".join(child.cmdline())]


def _left_unfinished(tmp_path) -> int:
    with closing(sqlite3.connect(tmp_path / "otklik.db")) as conn:
        return conn.execute("SELECT count(*) FROM inbox WHERE state = 'new'").fetchone()[0]


async def test_killed_in_the_middle_of_an_answer_it_answers_after_the_next_start(box, living, tmp_path):
    ann = await box.person("Ann", language="en")
    async with living() as process:
        dead = asyncio.Event()

        async def kill(_call) -> None:
            """The bot has begun to answer, and the answer never arrives."""
            process.kill()
            dead.set()
            await asyncio.Event().wait()

        box.server.hooks.before(1, kill, method="sendMessage")
        await ann.send("/help")
        await dead.wait()
        await process.wait()
        workers = [child for child in psutil.process_iter(["cmdline"]) if child.ppid() == process.pid]
    assert _left_unfinished(tmp_path) == 1
    assert workers == []
    box.server.hooks.clear()
    async with living() as process:
        assert "What I can do" in (await ann.wait_for_answer(timeout_s=30)).text
        process.terminate()
        assert await process.wait() == 0
    assert _left_unfinished(tmp_path) == 0
    assert len([message for message in await ann.messages() if message.is_from_bot]) == 1


async def test_told_to_stop_it_ends_what_it_began_and_leaves_no_process(box, living, tmp_path):
    ann = await box.person("Ann", language="en")
    async with living() as process:
        reached, release = asyncio.Event(), asyncio.Event()

        async def hold(_call) -> None:
            reached.set()
            await release.wait()

        box.server.hooks.before(1, hold, method="sendMessage")
        await ann.send("/help")
        await reached.wait()
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        release.set()
        assert await process.wait() == 0
    assert "What I can do" in (await ann.wait_for_answer()).text
    assert family
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert _left_unfinished(tmp_path) == 0
    assert box.token.partition(":")[2] not in _log(tmp_path)
    assert "Traceback" not in _log(tmp_path)


async def test_told_to_stop_it_ends_in_time_whatever_hangs(box, living, tmp_path):
    """An answer that never comes back, a file that never arrives, and a worker in the middle of a long table."""
    people = [await box.person(name, language="en") for name in ("Ann", "Bob", "Cyd")]
    async with living() as process:
        reached, never = asyncio.Semaphore(0), asyncio.Event()

        async def hang(_call) -> None:
            reached.release()
            await never.wait()

        box.server.hooks.before(1, hang, method="sendMessage")
        await people[0].send("/help")
        await reached.acquire()
        box.server.hooks.before(1, hang, method="getFile")
        await people[1].send_file(b"id,date,views\n1,2026-10-01,5\n", "one.csv")
        await reached.acquire()
        rows = "".join(f"{n},2026-10-{n % 28 + 1:02},{n}\n" for n in range(60_000))
        await people[2].send_file(f"id,date,views\n{rows}".encode(), "many.csv")
        await people[2].wait_for_answer(timeout_s=30)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), STOP_S + 0.5)
        never.set()
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    with closing(sqlite3.connect(tmp_path / "otklik.db")) as conn:
        left = conn.execute("SELECT attempts FROM inbox WHERE state = 'new'").fetchall()
    assert left
    assert set(left) == {(0,)}


async def test_idle_it_is_hardly_larger_than_its_library_and_its_workers_hold_none_of_it(
    box, launched, tmp_path
):
    """The bot against bare `import aiogram`, one after the other on the same machine. It makes its own database."""
    measure = "import aiogram, psutil; print(psutil.Process().memory_info().rss)"
    bare = await asyncio.create_subprocess_exec(sys.executable, "-c", measure, stdout=asyncio.subprocess.PIPE)
    floor = int((await bare.communicate())[0])
    ann = await box.person("Ann", language="en")
    new = tmp_path / "new" / "otklik.db"
    async with launched(DATABASE_URL=f"sqlite+aiosqlite:///{new}") as process:
        await ann.start()
        await ann.wait_for_answer(timeout_s=30)
        bot = psutil.Process(process.pid)
        ratio = bot.memory_info().rss / floor
        workers = _workers(bot)
        mapped = {Path(region.path).name.partition(".")[0] for region in workers[0].memory_maps()}
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
    assert new.exists()
    assert ratio < 1.4
    assert len(workers) == 1
    assert mapped & {"_pydantic_core", "_http_parser"} == set()
