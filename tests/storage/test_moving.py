"""What breaks: a bot that outgrew SQLite and can't take what it knows along, or gives an id a second time."""

import asyncio
import time

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner

from bot.cli import app
from bot.core.settings import GROUPS
from storage.engine import open_database
from storage.moving import is_empty, move
from storage.system import leases
from storage.tables import delivery
from tests.kit.databases import copy_of_database
from tests.storage.places import enqueue, everything, settle_two


@pytest.fixture
async def target(engine_name, request, tmp_path):
    """An empty, migrated database of the other engine."""
    if engine_name == "postgresql":
        folder = tmp_path / "target"
        folder.mkdir()
        url = copy_of_database(request.getfixturevalue("migrated"), folder)
    else:
        url = await request.getfixturevalue("empty_postgres")()
    opened = open_database(url)
    yield opened
    await opened.close()


async def test_everything_is_there_afterwards_and_no_id_is_given_again(database, target):
    async with database.begin() as conn:
        one, _ = await settle_two(conn)
        last = await enqueue(conn, one.workspace_id, subject="last")
        await conn.execute(delete(delivery).where(delivery.c.id == last))
    async with target.read() as conn:
        assert await is_empty(conn)
    rows = await move(database, target)
    async with database.read() as here, target.read() as there:
        kept, moved = await everything(here), await everything(there)
        del kept["schema_window"]
        del moved["schema_window"]  # that is the schema's own
        assert moved == kept
        assert rows == sum(map(len, kept.values()))
        assert not await is_empty(there)
    async with target.begin() as conn:
        assert await enqueue(conn, one.workspace_id, subject="next") == last + 1


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_command_refuses_what_would_lose_something_and_says_what_is_left_to_do(
    url, tmp_path, monkeypatch
):
    for group in GROUPS:
        for name in group.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
    there = f"sqlite+aiosqlite:///{tmp_path / 'there.db'}"
    for name, value in {"BOT_TOKEN": "1:a", "DATABASE_URL": url, "NEW_DATABASE_URL": there}.items():
        monkeypatch.setenv(name, value)

    def run() -> tuple[int, str]:
        ran = CliRunner().invoke(app, ["db", "move", "--lang", "en"], catch_exceptions=False)
        return ran.exit_code, ran.output

    asyncio.run(_hold_lease(url, until=int(time.time()) + 60))
    code, said = run()
    assert (code, "The bot runs" in said, (tmp_path / "there.db").exists()) == (2, True, False)
    asyncio.run(_hold_lease(url, until=0))
    code, said = run()
    assert (code, "DATABASE_URL" in said, "secret.key" in said) == (0, True, True)
    code, said = run()
    assert (code, "something in that database" in said) == (2, True)
    monkeypatch.setenv("NEW_DATABASE_URL", "mysql://me:secret@host/name")
    code, said = run()
    assert (code, "secret" in said) == (2, False)


async def _hold_lease(url: str, *, until: int) -> None:
    database = open_database(url)
    async with database.begin() as conn:
        await leases.take(conn, "sender", "somebody", int(time.time()), until)
    await database.close()
