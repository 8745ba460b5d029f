"""What breaks: the first thing anybody tries. It starts, answers, and leaves nothing running."""

import asyncio
import os
import signal
import socket
import sys

import psutil
import pytest

from bot.demo.client import Conversation, Sandbox


@pytest.fixture
async def demo(tmp_path):
    """`otklik demo` on a free port, in a process of its own."""
    env = {**os.environ, "LANG": "ru_RU.UTF-8", "TMPDIR": str(tmp_path)}
    for name in ("LC_ALL", "LC_MESSAGES", "BOT_TOKEN", "LOG_LEVEL"):
        env.pop(name, None)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "demo", "--port", "0", "--record", str(tmp_path / "record.jsonl")),
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    yield process
    if process.returncode is None:
        # With what it began: a bot that outlives a failed test holds the pipes open that are waited for here.
        for one in [*psutil.Process(process.pid).children(recursive=True), process]:
            one.kill()
        await process.wait()


async def _address(process) -> str:
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    assert "http://127.0.0.1:" in line, line + (await process.stderr.read()).decode()
    return line.split()[-1]


async def _stopped_without_a_word(process, number: int) -> None:
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    assert errors.decode() == ""
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


async def test_it_answers_at_once_and_stops_when_told(demo, tmp_path):
    url = await _address(demo)
    async with Sandbox.connected(url) as box:
        chats = await box.chats()
        assert {"Кухня по соседству", "Маршрут выходного дня"} <= {chat.get("title") for chat in chats}
        kate = await box.person("Катя", language="ru")
        await kate.send("/er")
        assert "/add" in (await kate.wait_for_answer()).text
        await kate.send("/add @city_walks")
        added = await kate.wait_for("с публичной страницы", timeout_s=40)
        assert "60 постов" in added.text
        group = next(chat for chat in chats if chat.get("title") == "Команда")
        place = Conversation(kate.wire, kate.id, group["id"])
        await box.wire.post(
            f"/sandbox/chats/{group['id']}/members", user_id=kate.id, by=kate.id, status="member"
        )
        await place.send("/er маршрут 30d")
        answer = await place.wait_for_answer(timeout_s=40)
        assert "Маршрут выходного дня" in answer.text
        assert answer.photo_size == (1280, 720)
    await _stopped_without_a_word(demo, signal.SIGTERM)
    assert (tmp_path / "record.jsonl").stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == ["record.jsonl"]


async def test_it_may_be_stopped_before_it_is_ready(demo):
    while not any("-m" in child.cmdline() for child in psutil.Process(demo.pid).children()):
        await asyncio.sleep(0.02)  # until the first process of its own runs
    await _stopped_without_a_word(demo, signal.SIGINT)


def test_a_port_that_is_taken_is_told_in_a_sentence(otklik):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = otklik("demo", "--port", port)
    assert ran.code == 2
    assert port in ran.err
    assert len(ran.err.splitlines()) == 1
