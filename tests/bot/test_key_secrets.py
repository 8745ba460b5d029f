"""What breaks: a person's key in a log, an export, or readable in the database, whatever fails and wherever it is killed."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from bot.core.sealing import Sealing
from bot.core.secret_key import FILE_NAME
from bot.sandbox.hooks import DropConnection
from tests.kit.processes import life_of_bot

KEY = "5ec4e75ec4e75ec4e75ec4e75ec4e7ab"


@pytest.fixture
def living(box, env, tmp_path):
    """`async with living() as process:` is one life at DEBUG, in the sandbox's time."""

    def live():
        changed = {"LOG_LEVEL": "DEBUG", "CLOCK_URL": f"{box.url}/sandbox/clock"}
        return life_of_bot(env | changed, tmp_path / "log")

    return live


def _kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("otklik.db*"))


async def test_no_key_is_written_anywhere_and_a_kill_loses_none(box, living, tmp_path):
    await box.tgstat.key(KEY)
    ann = await box.person("Аня", language="ru")
    channel = await box.channel("Открытый", owner=ann, username="the_open", subscribers=5_000)
    now = int(time.time())
    await channel.change_page(
        posts=[{"id": n, "published_at": now - (10 - n) * 3600, "views": 900} for n in range(1, 10)]
    )
    async with living() as process:
        await ann.send("/add @the_open")
        await ann.wait_for("Открытый", timeout_s=40)

        def kill(_call):
            process.kill()
            raise DropConnection

        box.server.hooks.before(1, kill, "deleteMessage")
        await ann.send(f"/keys {KEY}")
        await asyncio.wait_for(process.wait(), 40)
    assert KEY.encode() not in _kept(tmp_path)  # the update waits, and is encrypted
    async with living():
        await ann.wait_for("Ключ работает", timeout_s=60)
        for trouble in (
            ("error", "quota_requests_reached"),
            ("broken", ""),
            ("error", f"unknown {KEY}"),
            ("huge", ""),
        ):
            await box.tgstat.trouble(*trouble)
            await box.advance(25 * 3600, wait=True)
        await box.advance(25 * 3600, wait=True)
        await ann.send(KEY[:-1] + "0")  # a wrong one is a secret, too
        await ann.wait_for("не узнал этот ключ", timeout_s=30)
        await ann.send("/export")
        export = await ann.wait_for(lambda told: told.document_name is not None, timeout_s=60)
        exported = await export.file_bytes()
    secret = (tmp_path / FILE_NAME).read_text("ascii").strip()
    log = (tmp_path / "log").read_text("utf-8")
    assert "TGStat gave nothing" in log
    assert "read at TGStat" in log
    for hidden in (KEY, KEY[:-1], secret):
        assert hidden not in log
        assert hidden.encode() not in _kept(tmp_path)
        assert hidden.encode() not in exported
    with sqlite3.connect(tmp_path / "otklik.db") as conn:
        [(sealed,)] = conn.execute("SELECT sealed FROM workspace_key").fetchall()
    assert Sealing(secret, "key").open(sealed) == KEY
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
