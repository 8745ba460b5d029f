"""What breaks: an update that is lost, handled twice, or out of its chat's order."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
import structlog

from bot.telegram.chat_queues import ChatQueues
from bot.telegram.inbox import RUNS
from bot.telegram.raw_updates import chat_of
from metrics.errors import DomainError
from storage.engine import open_database
from storage.system import everywhere


@pytest.fixture
def inbox(tmp_path):
    """update_id -> state, as another connection sees it."""

    def read() -> dict[int, str]:
        with closing(sqlite3.connect(tmp_path / "otklik.db")) as conn:
            return dict(conn.execute("SELECT update_id, state FROM inbox"))

    return read


@pytest.fixture
def hold(box):
    """Hold the n-th sendMessage from now until `release` is set."""

    def at(n: int) -> tuple[asyncio.Event, asyncio.Event]:
        reached, release = asyncio.Event(), asyncio.Event()

        async def wait(_call) -> None:
            reached.set()
            await release.wait()

        box.server.hooks.before(n, wait, method="sendMessage")
        return reached, release

    return at


async def test_an_update_is_kept_before_it_is_acknowledged(box, inbox, starting):
    acknowledged: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def look(call) -> None:
        if "offset" in call.params:
            acknowledged.set_result(int(call.params["offset"]) - 1 in inbox())
        else:
            box.server.hooks.before(1, look, method="getUpdates")

    box.server.hooks.before(1, look, method="getUpdates")
    ann = await box.person("Ann")
    async with starting():
        await ann.start()
        assert await acknowledged


async def test_handled_updates_are_emptied(box, running, tmp_path):
    ann = await box.person("Ann")
    await ann.start()
    await ann.wait_for_answer()
    await running.end()
    with closing(sqlite3.connect(tmp_path / "otklik.db")) as conn:
        assert set(conn.execute("SELECT state, body, chat_id FROM inbox")) == {("done", None, None)}


@pytest.mark.usefixtures("running")
async def test_order_is_kept_within_a_chat_and_chats_do_not_wait_for_each_other(box, hold):
    ann, bob = await box.person("Ann", language="en"), await box.person("Bob", language="en")
    reached, release = hold(1)
    await ann.send("/help")
    await reached.wait()
    await ann.send("/privacy")
    await bob.send("/lang")
    assert "language" in (await bob.wait_for_answer()).text
    assert not [message for message in await ann.messages() if message.is_from_bot]
    release.set()
    answers = [await ann.wait_for("What I can do"), await ann.wait_for("What I keep")]
    assert answers[0].id < answers[1].id


async def test_an_update_that_comes_again_is_not_handled_again(box, starting, database):
    ann = await box.person("Ann", language="en")
    number = await box.inject({"message": {"nonsense": True}})
    async with database.begin() as conn:
        await everywhere.keep_updates(conn, [(number + 1, ann.id, "{}")], now=1)
        await everywhere.finish_update(conn, number + 1)
    await ann.send("/help")
    await ann.send("/lang")
    async with starting():
        assert "language" in (await ann.wait_for_answer()).text
        await box.wait_until_read()
    assert len([message for message in await ann.messages() if message.is_from_bot]) == 1


async def test_an_update_of_an_unknown_shape_spoils_nothing_and_is_finished(box, running, inbox):
    ann = await box.person("Ann")
    await box.inject({"message": {"nonsense": True}})
    await box.inject({"some_day": {"chat": {"id": 5}}})
    await ann.start()
    await ann.wait_for_answer()
    await running.end()
    assert set(inbox().values()) == {"done"}


async def test_what_was_left_unfinished_runs_at_the_next_start_before_what_is_new(
    box, starting, database, inbox
):
    ann = await box.person("Ann", language="en")
    kept = {
        "update_id": 5,
        "message": {
            "message_id": 999,
            "date": 1,
            "chat": {"id": ann.id, "type": "private"},
            "from": {"id": ann.id, "is_bot": False, "first_name": "Ann", "language_code": "en"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }
    async with database.begin() as conn:
        await everywhere.keep_updates(conn, [(5, ann.id, json.dumps(kept))], now=1)
    await ann.send("/lang")
    async with starting():
        first, second = await ann.wait_for_answer(), await ann.wait_for_answer()
    assert ("What I can do" in first.text, "language" in second.text) == (True, True)
    assert set(inbox().values()) == {"done"}


async def test_what_never_came_to_an_end_is_set_aside_and_a_groups_talk_in_silence(
    box, starting, settled, database, inbox
):
    ann = await box.person("Ann", language="en")
    group = await box.group("Team", owner=ann)
    here = ann.at(group)
    for who in (ann, here):
        await who.send("seven")
    talks = [{"update_id": n, "message": (await who.last()).raw} for n, who in ((5, ann), (6, here))]
    async with database.begin() as conn:
        rows = [(talk["update_id"], talk["message"]["chat"]["id"], json.dumps(talk)) for talk in talks]
        await everywhere.keep_updates(conn, rows, now=1)
        for _ in range(RUNS):
            for update_id, *_ in rows:
                await everywhere.begin_again(conn, update_id)
    with structlog.testing.capture_logs() as logs:
        async with starting():
            told = await ann.wait_for("Error number")
            await ann.send("/help")
            await ann.wait_for("What I can do")
            await settled()
    set_aside = {entry["update"]: entry["error_id"] for entry in logs if "set aside" in entry["event"]}
    assert set(set_aside) == {5, 6}
    assert set_aside[5] in told.text
    assert not any("Error number" in shown.text for shown in await here.messages())
    assert set(inbox().values()) == {"done"}


async def test_an_ordered_stop_lets_the_running_handler_finish(box, running, hold, inbox):
    ann = await box.person("Ann", language="en")
    reached, release = hold(1)
    await ann.send("/help")
    await reached.wait()
    ending = asyncio.ensure_future(running.end())
    release.set()
    await ending
    assert "What I can do" in (await ann.wait_for_answer()).text
    assert set(inbox().values()) == {"done"}


async def test_two_programs_with_one_token_are_told_so_and_the_second_takes_over(
    box, starting, database, tmp_path
):
    """Each with a database of its own. And it is written down, for whoever asks how the bot is."""
    shutil.copy(tmp_path / "otklik.db", tmp_path / "others.db")
    others = open_database(f"sqlite+aiosqlite:///{tmp_path / 'others.db'}")
    ann = await box.person("Ann", language="en")
    with structlog.testing.capture_logs() as logs:
        async with starting() as first, starting(url=f"sqlite+aiosqlite:///{tmp_path / 'others.db'}"):
            while not any("another program" in entry["event"] for entry in logs):
                await asyncio.sleep(0.01)
            await first.end()
            await ann.start()
            assert (await ann.wait_for_answer()).buttons
    noted = []
    for each in (database, others):
        async with each.read() as conn:
            noted.append(await everywhere.last_tick(conn, everywhere.CONFLICT))
    assert any(noted)
    await others.close()


async def test_a_second_process_over_one_file_is_refused_and_the_first_goes_on(box, starting):
    """In time for its sentence: before it could take an update, or send what is due."""
    async with starting():
        with pytest.raises(DomainError, match=r"replicas\.same_file"):
            async with starting() as second:
                await second.serving
        ann = await box.person("Ann", language="en")
        await ann.start()
        assert (await ann.wait_for_answer()).buttons


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("fault", [{"status": 502}, {"drop": True}, {"status": 429, "retry_after_s": 1}])
async def test_trouble_on_the_way_is_waited_out(box, fault):
    await box.fault("getUpdates", times=3 if "retry_after_s" not in fault else 1, **fault)
    ann = await box.person("Ann")
    await ann.start()
    assert (await ann.wait_for_answer()).buttons


async def test_a_refused_token_ends_the_program_with_a_sentence(box, starting, settings):
    settings.telegram.__dict__["bot_token"] = type(settings.telegram.bot_token)(
        "123456:not-the-token-of-this-sandbox-0"
    )
    with pytest.raises(DomainError, match="bad_token"):
        async with starting() as bot:
            await bot.serving


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        (
            {
                "update_id": 1,
                "callback_query": {"id": "1", "from": {"id": 7}, "message": {"chat": {"id": -5}}},
            },
            -5,
        ),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 7}}}, 7),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "message_reaction_count": {"chat": {"id": -5}, "message_id": 3}}, -5),
        ({"update_id": 1}, None),
        ({"update_id": 1, "message": {"chat": "a word"}}, None),
        ({"update_id": 1, "callback_query": {"message": "a word", "from": {"id": "7"}}}, None),
    ],
)
def test_the_chat_of_an_update(raw, chat):
    assert chat_of(raw) == chat


async def test_what_belongs_to_an_item_is_taken_out_of_its_chats_order():
    reached, release, done = asyncio.Event(), asyncio.Event(), []

    async def handle(item: int) -> None:
        if item == 0:
            reached.set()
            await release.wait()
            done.append([item, *queues.take(1, lambda other: other % 2 == 0)])
        else:
            done.append([item])

    queues = ChatQueues(handle, at_once=2)
    for item in range(5):
        queues.put(1, item)
    await reached.wait()
    assert queues.take(2, lambda _: True) == []
    release.set()
    await queues.below(1)
    assert done == [[0, 2, 4], [1], [3]]


async def test_a_chat_that_is_held_waits_and_the_others_do_not():
    done = []

    async def handle(item: int) -> None:
        done.append(item)

    queues = ChatQueues(handle, at_once=2)
    queues.hold(1)
    for item in range(4):
        queues.put(item % 2, item)
    await queues.done(0)
    assert done == [0, 2]
    queues.let_go(1)
    await queues.done(1)
    assert done == [0, 2, 1, 3]


async def test_what_is_held_neither_begins_nor_delays_a_stop():
    done = []

    async def handle(item: int) -> None:
        done.append(item)

    queues = ChatQueues(handle, at_once=2)
    queues.hold(1)
    queues.put(1, 1)
    await asyncio.sleep(0)
    assert await queues.close(timeout_s=5)
    assert done == []


async def test_a_full_queue_is_waited_for_and_a_failing_item_blocks_nobody():
    release, done = asyncio.Event(), []

    async def handle(item: int) -> None:
        await release.wait()
        done.append(item)
        if item == 0:
            raise RuntimeError("the first of its chat")

    queues = ChatQueues(handle, at_once=2)
    for item in range(6):
        queues.put(item % 3, item)
    waiting = asyncio.ensure_future(queues.below(6))
    await asyncio.sleep(0)
    assert not waiting.done()
    release.set()
    await waiting
    await queues.below(1)
    assert sorted(done) == list(range(6))
    assert [done.index(item) < done.index(item + 3) for item in range(3)] == [True] * 3
