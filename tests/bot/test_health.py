"""What breaks: a process that is taken for well when it is not, figures that name a person, a cost for who asked for nothing."""

import asyncio
import re
import socket
import time
from types import SimpleNamespace

import aiohttp
import pytest
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import SystemClock
from bot.core.instruments import Instruments
from bot.core.locales import translator
from bot.core.roles import Role
from bot.health.watch import SILENT_S, STUCK_S, Watch
from bot.notifications.services import make_services
from bot.opening import make_bot
from bot.telegram.answer_times import OTHERS, UNLISTED, command_of
from bot.telegram.commands import COMMANDS
from storage.engine import open_database
from storage.system import everywhere, leases
from storage.workspace import deliveries, workspaces
from tests.kit.processes import life_of_bot


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def _get(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def _ready(port: int) -> None:
    while True:
        try:
            if (await _get(port, "/readyz"))[0] == 200:
                return
        except aiohttp.ClientError:
            await asyncio.sleep(0.05)


def _value(shown: str, name: str, **labels: str) -> float:
    """Of the one line with this name and at least these labels."""
    lines = [line for line in shown.splitlines() if re.match(rf"{name}(\{{|\s)", line)]
    wanted = [f'{key}="{value}"' for key, value in labels.items()]
    (line,) = [line for line in lines if all(label in line for label in wanted)]
    return float(line.rpartition(" ")[2])


async def test_a_process_shows_that_it_lives_is_ready_and_what_it_did_and_names_nobody(
    box, env, tmp_path, port
):
    ann = await box.person("Аня Сокровенная", language="en")
    settings = {"HEALTH_PORT": str(port), "LANG": "C", "LC_ALL": "C"}
    async with life_of_bot(env | settings, tmp_path / "log") as process:
        await asyncio.wait_for(_ready(port), 40)
        await ann.send("/help")
        await ann.wait_for_answer(timeout_s=20)
        await ann.send("/er Сокровенный канал")
        await ann.wait_for_answer(timeout_s=20)
        await box.wait_until_read()
        assert await _get(port, "/healthz") == (200, "alive\n")
        assert await _get(port, "/readyz") == (200, "ready\n")
        while (shown := (await _get(port, "/metrics"))[1]).count("otklik_answer_seconds_count{") < 2:
            await asyncio.sleep(0.05)
        assert (await _get(port, "/anything"))[0] == 404
        process.terminate()
        assert await process.wait() == 0
    assert _value(shown, "otklik_answer_seconds_count", command="help", outcome="answered") == 1
    assert _value(shown, "otklik_answer_seconds_count", command="er") == 1
    assert _value(shown, "otklik_telegram_calls_total", method="sendMessage", outcome="ok") >= 2
    assert _value(shown, "otklik_database_seconds_count", operation="write") > 0
    assert _value(shown, "otklik_lease_holder") == _value(shown, "otklik_database_up") == 1
    assert _value(shown, "otklik_worker_queue", lane="interactive") == 0
    assert _value(shown, "process_resident_memory_bytes") > 1e6
    for secret in ("Сокровенн", str(ann.id), box.token, box.token.partition(":")[2], str(tmp_path)):
        assert secret not in shown


async def test_a_port_that_is_taken_is_said_at_the_start(env, tmp_path, port):
    with socket.create_server(("127.0.0.1", port)):
        settings = {"HEALTH_PORT": str(port), "LANG": "en_US.UTF-8", "LC_ALL": ""}
        async with life_of_bot(env | settings, tmp_path / "log") as process:
            assert await process.wait() == 2
    assert "HEALTH_PORT" in (tmp_path / "log").read_text("utf-8")


@pytest.fixture
async def watch_of(settings, workers, database):
    """`watch_of(role)`: of a process that takes updates and has not been told to stop."""
    bots = []

    def make(role: Role, at: object = database) -> Watch:
        bots.append(bot := make_bot(settings.telegram))
        services = make_services(settings, bot, at, SystemClock(), workers)
        watch = Watch(services, role, None, asyncio.Event())
        watch.begin(None)
        return watch

    yield make
    for bot in bots:
        await bot.session.close()


async def _reasons(watch: Watch) -> list[str]:
    return await watch.reasons(translator("en"))


async def test_what_waits_too_long_is_a_reason_for_who_should_have_done_it(watch_of, database):
    now = int(time.time())
    old = now - STUCK_S - 60
    async with database.begin() as conn:
        await leases.take(conn, "sender", "somebody", now, now + 60)
    assert await _reasons(watch_of(Role.ALL)) == []
    async with database.begin() as conn:
        await everywhere.keep_updates(conn, [(1, 5, "{}")], old)
        made = await workspaces.ensure(
            conn, chat_id=1, kind="private", title=None, language="en", zone="UTC", now=old
        )
        await deliveries.enqueue(
            conn, made.id, kind="digest", subject="day", due_at=old, payload={}, not_before=old, now=old
        )
    stuck = ["Updates do not move: 1 wait, the oldest for 11 min."]
    unsent = ["Messages do not leave: 1 wait, the oldest for 11 min."]
    assert await _reasons(watch_of(Role.CHAT)) == stuck
    assert await _reasons(watch_of(Role.JOBS)) == unsent
    assert await _reasons(watch_of(Role.ALL)) == stuck + unsent
    async with database.begin() as conn:
        await leases.release(conn, "sender", "somebody")
    assert await _reasons(watch_of(Role.CHAT)) == stuck
    assert await _reasons(watch_of(Role.JOBS)) == [
        "No process holds the lease: summaries and alerts do not leave."
    ]


async def test_a_database_that_is_away_is_a_reason_and_a_figure_and_shows_no_address(watch_of, tmp_path):
    away = open_database(f"postgresql://me:hunter2@/otklik?host={tmp_path}")
    watch, instruments = watch_of(Role.CHAT, away), Instruments()
    assert await _reasons(watch) == ["The database does not answer: UnavailableError."]
    await watch.measure(instruments)
    assert _value(instruments.shown().decode(), "otklik_database_up") == 0
    await away.close()


async def test_who_starts_or_stops_or_hears_nothing_is_not_ready(settings, workers, database):
    bot = make_bot(settings.telegram)
    services = make_services(settings, bot, database, SystemClock(), workers)
    stop = asyncio.Event()
    watch = Watch(services, Role.CHAT, None, stop)
    assert await _reasons(watch) == ["The process is starting: it takes no updates yet."]
    watch.begin(SimpleNamespace(silent_s=SILENT_S + 1))
    assert await _reasons(watch) == ["Nothing has been heard from Telegram for 121 s: see `otklik doctor`."]
    stop.set()
    assert await _reasons(watch) == ["The process is stopping."]
    await bot.session.close()


@given(st.text(), st.sampled_from(["message", "edited_message", "channel_post"]), st.booleans())
def test_whatever_people_write_the_label_is_of_the_table(text, kind, has_file):
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 1, "type": "private"},
        "text": f"/{text}",
        **({"document": {"file_id": "a", "file_unique_id": "b"}} if has_file else {}),
    }
    update = Update.model_validate({"update_id": 1, kind: message})
    assert command_of(update) in {*COMMANDS, *UNLISTED, *OTHERS}
