"""What breaks: a check that says all is well when it is not, or the other way round."""

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiohttp import web

from bot.app import make_bot
from bot.core.instance import ticker_of
from bot.core.roles import Role
from bot.core.sealing import Sealing
from bot.core.settings import GROUPS, Settings, TelegramSettings, read_settings
from bot.demo.client import Sandbox
from bot.notifications.services import KEYS
from bot.terminal import doctor_surroundings as surroundings
from bot.terminal.checking import CheckFailedError
from storage.system import everywhere
from tests.kit.processes import run_otklik

NOWHERE = "http://127.0.0.1:1"  # refused at once


@pytest.fixture
def database(migrated, tmp_path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "otklik.db"))


@pytest.fixture
def run(tmp_path):
    """`await run("doctor", DATABASE_URL=...)` in a process of its own: (exit code, lines of output, errors)."""
    names = {name.upper() for group in GROUPS for name in group.model_fields} | {"LC_ALL", "LC_MESSAGES"}
    clean = {name: value for name, value in os.environ.items() if name not in names}

    async def otklik(*arguments: str, **settings: str) -> tuple[int, list[str], str]:
        nowhere = {"TELEGRAM_API_URL": NOWHERE, "PUBLIC_PAGES_URL": NOWHERE}
        env = {**clean, **nowhere, "LANG": "en_US.UTF-8", "BOT_TOKEN": "1:a", **settings}
        ran = await run_otklik(*arguments, env=env, folder=tmp_path, limits=otklik.limits)
        return ran.code, ran.out.splitlines(), ran.errors

    otklik.limits = {}
    return otklik


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def _tick(path: Path, seconds_ago: int, ticker: int = 1) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        row = (ticker, int(time.time()) - seconds_ago)
        conn.execute("INSERT OR REPLACE INTO tick (id, at) VALUES (?, ?)", row)


def _own(role: str, port: int = 8080) -> int:
    """The number of the one process with that role and that WEBHOOK_PORT on this machine."""
    webhook, health = SimpleNamespace(webhook_port=port), SimpleNamespace(health_port=None)
    return ticker_of(SimpleNamespace(webhook=webhook, health=health), Role(role))


async def test_where_all_is_well_every_line_says_so(run, database):
    _tick(database, 20)
    async with Sandbox.started() as box:
        code, lines, errors = await run(
            "doctor", DATABASE_URL=_url(database), BOT_TOKEN=box.token, TELEGRAM_API_URL=box.url
        )
    assert (code, errors) == (0, "")
    assert len(lines) == 17
    assert all(line.startswith("✓ ") for line in lines)
    assert "@otklik_sandbox_bot" in lines[0]


async def test_what_is_wrong_is_named_and_the_token_is_not(run, tmp_path):
    (tmp_path / "new.db").touch()
    async with Sandbox.started() as box:
        code, lines, errors = await run(
            "doctor",
            DATABASE_URL=_url(tmp_path / "new.db"),
            BOT_TOKEN="123:not-this",
            TELEGRAM_API_URL=box.url,
        )
    assert code == 1
    wrong = [line for line in lines if line.startswith("✗ ")]
    assert [line.split(":")[0] for line in wrong] == [
        "✗ token",
        "✗ updates from Telegram",
        "✗ database schema",
        "✗ clock",
        "✗ outbox",
        "✗ public pages",
        "✗ keys that people gave",
    ]
    assert "otklik db upgrade" in wrong[2]
    assert "not-this" not in "".join(lines) + errors


@pytest.mark.parametrize(
    ("seconds_ago", "code", "says"),
    [(5, 0, "✓ clock"), (3600, 1, "is not running"), (None, 1, "has not run yet")],
)
async def test_alive_means_that_the_clock_has_ticked_lately(run, database, seconds_ago, code, says):
    if seconds_ago is not None:
        _tick(database, seconds_ago, _own("all"))
    ended, lines, _ = await run("doctor", "--alive", DATABASE_URL=_url(database))
    assert ended == code
    assert len(lines) == 1
    assert says in lines[0]


async def test_each_half_has_a_pulse_of_its_own_and_each_replica(run, database):
    """One that is dead is not called alive because others are."""
    _tick(database, 20, _own("all"))
    for ticker, seconds_ago in ((Role.CHAT.ticker, 5), (_own("chat", 8081), 900), (_own("chat", 8082), 5)):
        _tick(database, seconds_ago, ticker)
    for role, port, code in (("jobs", 8080, 0), ("chat", 8080, 1), ("chat", 8081, 1), ("chat", 8082, 0)):
        settings = {"DATABASE_URL": _url(database), "WEBHOOK_PORT": str(port)}
        ended, _, _ = await run("doctor", "--alive", "--role", role, **settings)
        assert ended == code


@pytest.mark.parametrize(
    ("waiting_s", "says"),
    [(60, "✓ schedules on: 0, messages waiting: 1"), (900, "1 messages have been waiting for 15 min")],
)
async def test_messages_that_do_not_leave_are_named(run, database, waiting_s, says):
    since = int(time.time()) - waiting_s
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute(
            "INSERT INTO workspace (chat_id, kind, language, zone, created_at) VALUES (1, 'private', 'en', 'UTC', 0)"
        )
        conn.execute(
            "INSERT INTO delivery (workspace_id, kind, subject, due_at, payload, not_before, state, attempts, next_try_at, created_at)"
            " SELECT id, 'digest', 'day', 0, '{}', 0, 'new', 0, ?, 0 FROM workspace",
            (since,),
        )
    _, lines, _ = await run("doctor", DATABASE_URL=_url(database))
    assert [line for line in lines if says in line]


async def test_a_webhook_left_behind_a_foreign_secret_and_an_old_backup_are_named(run, database):
    _tick(database, 20)
    _tick(database, 9 * 86_400, everywhere.BACKUP)
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute(
            "INSERT INTO workspace (chat_id, kind, language, zone, created_at) VALUES (1, 'private', 'en', 'UTC', 0)"
        )
        for number, secret in enumerate(("of now" * 9, "of then" * 9)):
            conn.execute(
                "INSERT INTO workspace_key (workspace_id, service, sealed, hint, added_by, added_at, state, checked_at, not_before)"
                " SELECT id, ?, ?, 'ab', 1, 0, 'works', 0, 0 FROM workspace",
                (f"service {number}", Sealing(secret, KEYS).seal("a key")),
            )
    async with Sandbox.started() as box:
        async with make_bot(TelegramSettings(bot_token=box.token, telegram_api_url=box.url)) as bot:
            await bot.set_webhook("http://127.0.0.1:9/left")
        code, lines, _ = await run(
            "doctor",
            DATABASE_URL=_url(database),
            BOT_TOKEN=box.token,
            TELEGRAM_API_URL=box.url,
            SECRET_KEY="of now" * 9,
            LC_ALL="ru_RU.UTF-8",
        )
    assert code == 1
    assert [line for line in lines if line.startswith("✗")] == [
        "✗ обновления от Telegram: в Telegram задан вебхук, а WEBHOOK_URL пуст: otklik run при запуске уберёт его сам",
        "✗ ключи, которые дали люди: с этим SECRET_KEY не прочитать 1 из 2. Верните secret.key (или SECRET_KEY) того времени, когда их дали",
        "✗ резервная копия: последняя сделана 9 дн. назад: otklik db backup ПУТЬ",
    ]


@pytest.fixture
def settings(otklik, tmp_path, monkeypatch):
    """`settings(NAME=value)`: read as the program reads them."""

    def read(**values: str) -> Settings:
        for name, value in {"BOT_TOKEN": "1:a", "DATABASE_URL": _url(tmp_path / "no.db"), **values}.items():
            monkeypatch.setenv(name, value)
        return read_settings(None)

    return read


@pytest.mark.parametrize(("ahead_s", "is_well"), [(0, True), (2, True), (60, False), (-60, False)])
async def test_a_clock_that_is_not_telegrams_is_named(settings, ahead_s, is_well):
    """Told by whoever answers in Telegram's place."""

    async def tell(_request: web.Request) -> web.Response:
        return web.Response(headers={"Date": formatdate(time.time() + ahead_s, usegmt=True)})

    app = web.Application()
    app.router.add_get("/", tell)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        looked = surroundings.drift(settings(TELEGRAM_API_URL=f"http://{host}:{port}"))
        if is_well:
            assert "Telegram" in str((await looked)["told"])
        else:
            with pytest.raises(CheckFailedError, match="NTP"):
                await looked
    finally:
        await runner.cleanup()


async def test_a_database_that_answers_slowly_is_no_wrong_clock(settings, empty_postgres, monkeypatch):
    """Its moment is held against the middle between question and answer, 20 s from either."""
    url, asked, here = await empty_postgres(), surroundings.database_time, [time.time() - 20]

    async def slowly(conn) -> float:
        here[0] += 40
        return await asked(conn)

    monkeypatch.setattr(surroundings, "database_time", slowly)
    monkeypatch.setattr(surroundings, "time", SimpleNamespace(time=lambda: here[0]))
    told = await surroundings.drift(settings(DATABASE_URL=url, TELEGRAM_API_URL=NOWHERE))
    assert "PostgreSQL" in str(told["told"])


async def test_a_disk_that_will_soon_be_full_is_named_with_its_folder(settings, tmp_path):
    told = settings(DATA_DIR=str(tmp_path / "not" / "made"))
    assert float((await surroundings.disk(told, free_bytes=0))["free"]) >= 0
    with pytest.raises(CheckFailedError, match=str(tmp_path)):
        await surroundings.disk(told, free_bytes=2**70)


async def test_where_telegram_can_not_deliver_it_is_told_and_where_it_can_how_many_wait(settings):
    async with Sandbox.started() as box:
        here = {"BOT_TOKEN": box.token, "TELEGRAM_API_URL": box.url}
        told = settings(**here, WEBHOOK_URL="http://127.0.0.1:9/updates")
        with pytest.raises(CheckFailedError, match="another address"):
            await surroundings.webhook(told)
        async with make_bot(told.telegram) as bot:
            await bot.set_webhook("http://127.0.0.1:9/updates")
        assert "by the webhook, 0 wait" in str((await surroundings.webhook(told))["state"])
        await (await box.person("Ann")).send("/help")
        async with make_bot(told.telegram) as bot:
            while not (await bot.get_webhook_info()).last_error_date:
                await asyncio.sleep(0.02)
        with pytest.raises(CheckFailedError, match="1 wait"):
            await surroundings.webhook(told)


async def test_a_database_that_was_deleted_is_named_and_not_made_anew(run, database):
    _tick(database, 5)
    database.unlink()
    for options in ((), ("--alive",)):
        code, lines, _ = await run("doctor", *options, DATABASE_URL=_url(database))
        assert code == 1
        assert "put a backup there" in next(line for line in lines if line.startswith("✗ database:"))
    assert not database.exists()


async def test_a_database_of_a_later_version_is_neither_used_nor_upgraded(run, database):
    _tick(database, 5)
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
        conn.execute("UPDATE schema_window SET oldest = '9999'")
    for command in (("doctor",), ("doctor", "--alive"), ("db", "upgrade"), ("run",)):
        code, lines, errors = await run(*command, DATABASE_URL=_url(database))
        assert code == (1 if command[0] == "doctor" else 2)
        assert "Install that version" in "".join(lines) + errors


@pytest.mark.parametrize("options", [(), ("--alive",)])
async def test_a_folder_that_can_not_be_written_to_is_named(run, database, tmp_path, options):
    _tick(database, 5)
    (tmp_path / "taken").touch()
    code, lines, _ = await run(
        "doctor", *options, DATABASE_URL=_url(database), DATA_DIR=str(tmp_path / "taken")
    )
    [line] = [line for line in lines if line.startswith("✗ working folders")]
    assert code == 1
    assert str(tmp_path / "taken") in line
    assert "change DATA_DIR" in line


@pytest.mark.parametrize("options", [(), ("--alive",)])
async def test_a_disk_without_room_is_named(run, database, options):
    """No file of the process may grow beyond 48 KB, as on a disk with so much left."""
    _tick(database, 5)
    run.limits[resource.RLIMIT_FSIZE] = 48 << 10
    code, lines, _ = await run("doctor", *options, DATABASE_URL=_url(database))
    [line] = [line for line in lines if line.startswith("✗ working folders")]
    assert code == 1
    assert "Free the disk" in line


@pytest.mark.parametrize(("seconds_ago", "code"), [(30, 1), (900, 0)])
async def test_another_program_with_the_same_token_is_named_while_it_lasts(run, database, seconds_ago, code):
    _tick(database, 5, _own("all"))
    _tick(database, seconds_ago, everywhere.CONFLICT)
    ended, lines, _ = await run("doctor", "--alive", DATABASE_URL=_url(database))
    assert ended == code
    assert ("another program" in lines[0]) == bool(code)


def test_asking_whether_it_is_alive_loads_no_aiogram():
    """A container asks it all day."""
    script = "import sys, bot.terminal.doctor; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


async def test_without_a_token_it_says_which_setting_is_missing(run):
    code, lines, errors = await run("doctor", BOT_TOKEN="")
    assert (code, lines) == (1, [])
    assert "BOT_TOKEN" in errors
    assert len(errors.splitlines()) == 1


async def test_the_database_is_made_and_made_again_without_harm(run, tmp_path):
    path = tmp_path / "deep" / "otklik.db"
    for _ in range(2):
        code, lines, errors = await run("db", "upgrade", DATABASE_URL=_url(path))
        assert (code, lines, errors) == (0, ["The database is ready."], "")
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT count(*) FROM workspace").fetchone() == (0,)


async def test_an_address_of_no_database_is_refused_without_repeating_it(run):
    code, lines, errors = await run("db", "upgrade", DATABASE_URL="mysql://me:secret@host/name")
    assert (code, lines) == (2, [])
    assert len(errors.splitlines()) == 1
    assert "secret" not in errors
