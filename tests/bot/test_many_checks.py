"""What breaks: people who wait for public pages keep everybody else from being answered, or a restart forgets them."""

import asyncio
import sqlite3
from contextlib import closing
from functools import partial

import pytest

from bot.core.limits import CAPACITY, FOLLOWS, PAGE_EVERY_S
from bot.features.uploads import downloads
from bot.telegram.inbox import AT_ONCE
from tests.kit.processes import life_of_bot

CHECKING = AT_ONCE + 1
LONG_S = 60.0


@pytest.fixture
def starting(starting):
    """At the bot's own pace: who waits for pages here waits for long."""
    return partial(starting, page_every_s=PAGE_EVERY_S)


@pytest.fixture
def living(env, tmp_path):
    """`async with living() as process:` is one life of a real process."""
    return partial(life_of_bot, env, tmp_path / "log")


@pytest.fixture
def sellers(box):
    """`await sellers(n)`: names of so many public channels with a post each."""

    async def make(count: int) -> list[str]:
        owner = await box.person("Owner")
        names = [f"strange_{number:03}" for number in range(count)]
        for name in names:
            channel = await box.channel(name, owner=owner, username=name, subscribers=900)
            await channel.post("Hello")
        return names

    return make


@pytest.fixture
def held(box):
    """Public pages are not answered before `held.release()`; `await held.asked()` until one was asked for."""
    box.server.public.side = held = Held(box.server.public.side)
    return held


class Held:
    def __init__(self, side) -> None:
        self._asked, self._released, self._side = asyncio.Event(), asyncio.Event(), side

    async def meet(self, request):
        self._asked.set()
        await self._released.wait()
        return await self._side.meet(request)

    async def asked(self) -> None:
        await asyncio.wait_for(self._asked.wait(), LONG_S)

    def release(self) -> None:
        self._released.set()


async def _begins(person, words: str):
    await person.send(words)
    return await person.wait_for_answer(timeout_s=LONG_S)


async def _ends(shown):
    while shown.text.startswith("Looking"):
        shown = await shown.wait_for_edit(timeout_s=LONG_S)
    return shown


def _remembered(tmp_path) -> int:
    with closing(sqlite3.connect(tmp_path / "otklik.db", timeout=30)) as conn:
        return conn.execute("SELECT count(*) FROM looking").fetchone()[0]


def _multiply_follows(tmp_path, count: int) -> None:
    """So many more pages are followed by whoever follows the only one."""
    with closing(sqlite3.connect(tmp_path / "otklik.db", timeout=30)) as conn, conn:
        conn.row_factory = sqlite3.Row
        channel, follow = (
            dict(conn.execute(f"SELECT * FROM {name}").fetchone()) for name in ("channel", "follow")
        )
        for number in range(count):
            handle = f"another_{number}"
            channel_id = _insert(
                conn, "channel", {**channel, "id": None, "handle": handle, "title": handle, "chat_id": None}
            )
            _insert(conn, "follow", {**follow, "channel_id": channel_id, "handle": handle})


def _insert(conn, table: str, row: dict) -> int:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    return conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values())).lastrowid


def _follows(tmp_path) -> list[str]:
    with closing(sqlite3.connect(tmp_path / "otklik.db", timeout=30)) as conn:
        return [handle for (handle,) in conn.execute("SELECT handle FROM follow ORDER BY handle")]


async def test_while_more_people_check_channels_than_there_are_slots_others_are_answered(
    box, running, sellers
):
    """Each who checks is told at once: that it is looked at, which place they have, or to come back."""
    names = await sellers(2 * CHECKING)
    people = [await box.person(f"P{number}", language="en") for number in range(CHECKING)]
    pairs = zip(names[::2], names[1::2], strict=True)
    asked = [
        _begins(person, f"/check @{one} @{other}") for person, (one, other) in zip(people, pairs, strict=True)
    ]
    said = [shown.text for shown in await asyncio.gather(*asked)]
    ann = await box.person("Ann", language="en")
    assert "What I can do" in (await _begins(ann, "/help")).text
    assert not running.serving.done()
    waiting = [text for text in said if "number" in text]
    shed = [text for text in said if text.startswith("Too many people")]
    assert any(text == "Looking…" for text in said)
    assert waiting
    assert shed
    assert running.services.pages.turns.queue(0, 1).people > 1


async def test_a_restart_in_the_middle_of_looking_ends_every_answer_in_its_own_message(
    box, held, living, sellers, tmp_path
):
    """Killed once each message is written down: what Telegram took a moment before that may stay behind."""
    one, other = await sellers(2)
    people = [await box.person(f"P{number}", language="en") for number in range(5)]
    async with living() as process:
        looking = await asyncio.gather(*(_begins(person, f"/check @{one} @{other}") for person in people))
        await held.asked()
        async with asyncio.timeout(LONG_S):
            while _remembered(tmp_path) < len(people):
                await asyncio.sleep(0.05)
        process.kill()
        await process.wait()
    now = [await shown.refreshed() for shown in looking]
    assert all(shown.text.startswith("Looking") for shown in now)
    held.release()
    async with living():
        ended = await asyncio.gather(*(_ends(shown) for shown in looking))
    for person, shown in zip(people, ended, strict=True):
        assert one in shown.text
        assert other in shown.text
        assert len([message for message in await person.messages() if message.is_from_bot]) == 1


async def test_a_kick_and_a_block_end_what_the_chat_follows_and_nobody_elses(
    box, running, settled, sellers, tmp_path
):
    names = await sellers(3)
    ann, bob = [await box.person(name, language="en") for name in ("Ann", "Bob")]
    group = await box.group("Team", owner=ann)
    for who, place, name in ((ann, group, names[0]), (ann, None, names[1]), (bob, None, names[2])):
        await (who.at(place) if place else who).send(f"/add @{name}")
        await settled()
    assert _follows(tmp_path) == names
    await group.remove_bot()
    await settled()
    assert _follows(tmp_path) == names[1:]
    await bob.block()
    await settled()
    assert _follows(tmp_path) == [names[1]]


async def test_whoever_adds_a_page_beyond_what_can_be_read_in_time_is_told_that_it_is_read_less_often(
    box, running, settled, sellers, tmp_path
):
    one, next_to_last, last = await sellers(3)
    ann, bob = [await box.person(name, language="ru") for name in ("Аня", "Боб")]
    await bob.send(f"/add @{one}")
    assert "Читаю реже" not in (await bob.wait_for_answer(timeout_s=LONG_S)).text
    await settled()
    _multiply_follows(tmp_path, CAPACITY - 2)
    await ann.send(f"/add @{next_to_last}")
    assert "Читаю реже" not in (await ann.wait_for_answer(timeout_s=LONG_S)).text
    await ann.send(f"/add @{last}")
    assert "Читаю реже" in (await ann.wait_for_answer(timeout_s=LONG_S)).text
    assert last in _follows(tmp_path)


async def test_a_chat_that_follows_as_many_pages_as_it_may_is_told_so_before_anything_is_read_or_registered(
    box, running, settled, sellers, tmp_path
):
    one, another = await sellers(2)
    ann = await box.person("Аня", language="ru")
    await ann.send(f"/add @{one}")
    await ann.wait_for_answer(timeout_s=LONG_S)
    await settled()
    _multiply_follows(tmp_path, FOLLOWS - 1)
    asked = await box.page_requests()
    await ann.send(f"/add @{another}")
    assert f"уже {FOLLOWS} каналов" in (await ann.wait_for_answer(timeout_s=LONG_S)).text
    assert await box.page_requests() == asked
    with closing(sqlite3.connect(tmp_path / "otklik.db", timeout=30)) as conn:
        assert conn.execute("SELECT count(*) FROM channel WHERE handle = ?", [another]).fetchone() == (0,)


async def test_telegram_that_answers_nobody_about_admins_keeps_nobody_else_waiting(box, running):
    """More groups than slots wait to learn whether their person is an admin."""
    ann = await box.person("Ann", language="en")
    never, reached = asyncio.Event(), asyncio.Semaphore(0)

    async def hang(_call) -> None:
        reached.release()
        await never.wait()

    owners = [await box.person(f"P{number}", language="en") for number in range(CHECKING)]
    for number, owner in enumerate(owners):
        group = await box.group(f"G{number}", owner=owner)
        box.server.hooks.before(1, hang, method="getChatMember")
        await owner.at(group).send("/placement")
        await asyncio.wait_for(reached.acquire(), LONG_S)
    try:
        assert "What I can do" in (await _begins(ann, "/help")).text
    finally:
        never.set()


async def test_files_that_do_not_arrive_keep_nobody_else_waiting(box, running):
    ann = await box.person("Ann", language="en")
    never, reached = asyncio.Event(), asyncio.Semaphore(0)

    async def hang(_call) -> None:
        reached.release()
        await never.wait()

    for number in range(CHECKING):
        person = await box.person(f"P{number}", language="en")
        box.server.hooks.before(1, hang, method="getFile")
        await person.send_file(b"date,views\n2026-01-01,5\n", "posts.csv")
        if number < downloads.AT_ONCE:  # the others wait for their turn to be fetched
            await asyncio.wait_for(reached.acquire(), LONG_S)
    try:
        assert "What I can do" in (await _begins(ann, "/help")).text
        assert reached.locked()  # no more than so many are fetched at once
    finally:
        never.set()
