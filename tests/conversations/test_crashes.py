"""What breaks: the bot is killed (-9) in the middle of work. The next life finishes it, and does nothing twice."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.demo.client import Sandbox
from bot.telegram.inbox import RUNS


@pytest.mark.timeout(400)
async def test_an_import_and_an_answer_outlive_every_kill(living, dies, stored, some_file):
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        await ann.send_file(some_file(channel="Живучий", posts=25), "файл.csv")
        async with living(box) as process:
            await dies(box, process, "getFile")
        reading = await ann.wait_for_answer()
        assert stored("SELECT state FROM import") == [("reading",)]
        async with living(box) as process:
            await dies(box, process, "editMessageText")
        assert (await reading.refreshed()).text.startswith("Читаю")
        assert stored("SELECT state FROM import") == [("done",)]
        async with living(box) as process:
            question = await ann.wait_for_answer(timeout_s=120)
            assert "Сколько подписчиков" in question.text
            told = await reading.refreshed()
            assert "25 постов" in told.text
            assert "Новых постов: 25" in told.text
            await ann.send("/er 30d")
            await dies(box, process, "sendPhoto")
        async with living(box):
            answer = await ann.wait_for_answer(timeout_s=120)
            assert "Живучий" in answer.text
            assert answer.photo_size == (1280, 720)
        said = [shown for shown in await ann.messages() if shown.is_from_bot]
        assert [shown.id for shown in said] == [reading.id, question.id, answer.id]
    for table in ("post", "reading"):
        assert stored(f"SELECT count(*) FROM {table}") == [(25,)]
    assert stored("SELECT state FROM import") == [("subscribers",)]


@pytest.mark.timeout(400)  # two of its lives wait until they have lasted
async def test_what_kills_the_bot_every_time_is_set_aside_and_told_once(living, dies, stored, some_file):
    """What came later in the same chat is answered, files as well, and so is the same file when it is sent again."""
    data = some_file(channel="Стойкий")
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        await ann.send_file(data, "бомба.csv")
        counted = 0
        while (
            counted < RUNS
        ):  # a first run that dies within a moment may be missed; every later one is counted
            async with living(box) as process:
                await dies(box, process, "getFile")
            before, [(counted,)] = counted, stored("SELECT attempts FROM inbox WHERE state = 'new'")
            assert counted in (before, before + 1) if counted <= 1 else counted == before + 1
        await ann.send_file(some_file(channel="Мирный"), "мирный.csv")
        await ann.send("/help")
        async with living(box):
            await ann.wait_for(
                lambda shown: "Мирный" in shown.text and "Новых постов" in shown.text, timeout_s=120
            )
            await ann.wait_for("Что я умею", timeout_s=120)
            [told] = [shown for shown in await ann.messages() if "Номер ошибки" in shown.text]
            assert "бомба.csv" not in told.text
            assert stored("SELECT state FROM import ORDER BY id") == [("failed",), ("subscribers",)]
            await ann.send_file(data, "снова.csv")
            assert "12 постов" in (await ann.wait_for("12 постов", timeout_s=120)).text
        async with living(box):
            await ann.send("/help")
            await ann.wait_for_answer(timeout_s=120)
        said = [shown.text for shown in await ann.messages() if shown.is_from_bot]
        assert sum("Номер ошибки" in text for text in said) == 1
        assert not any(text.startswith("Читаю") for text in said)


async def test_a_file_half_stored_when_the_bot_is_killed_is_stored_once(living, stored, tmp_path):
    posts = 20_000
    minutes = [datetime.fromtimestamp(1_780_000_000 - 60 * n, UTC).isoformat() for n in range(posts)]
    data = "id,date,channel,views\n" + "".join(f"{n},{at},Большой,7\n" for n, at in enumerate(minutes, 1))
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        await ann.send_file(data.encode(), "год.csv")
        async with living(box) as process:
            await asyncio.wait_for(_killed_half_way(process, tmp_path / "otklik.db"), 120)
        [(half,)] = stored("SELECT count(*) FROM reading")
        assert 0 < half < posts
        assert stored("SELECT state FROM import") == [("reading",)]
        async with living(box):
            reading = await ann.wait_for_answer(timeout_s=120)
            while reading.text.startswith("Читаю"):
                reading = await reading.wait_for_edit(timeout_s=60)
            assert "Новых постов: 20 000" in reading.text.replace("\xa0", " ").replace("\u202f", " ")
    for table in ("post", "reading"):
        assert stored(f"SELECT count(*) FROM {table}") == [(posts,)]
    assert stored("SELECT state, progress FROM import") == [("done", None)]


async def _killed_half_way(process, path) -> None:
    with closing(sqlite3.connect(path, timeout=30)) as rows:
        while rows.execute("SELECT count(*) FROM reading").fetchone() == (0,):
            await asyncio.sleep(0.002)
    process.kill()
    await process.wait()
