"""The door alone, in this process against a sandbox over HTTP, its clock moved by hand."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import sending
from bot.core.clock import FixedClock
from bot.demo.client import Person, Sandbox
from bot.notifications import notice
from bot.notifications.kind import Kind
from bot.notifications.pace import Pace
from bot.notifications.sender import Sender
from bot.notifications.services import Services, make_services
from bot.opening import make_bot
from storage.engine import Database, open_database
from storage.tables import delivery as delivery_table
from storage.workspace import deliveries, workspaces
from storage.workspace.workspaces import Workspace
from tests.bot.delivery.composers import compose
from tests.bot.delivery.lives import Lives

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = int(NOON.timestamp())
SAID = {"digest": Kind(compose=compose), notice.KIND: Kind(compose=notice.compose)}
Settle = Callable[..., Awaitable[Workspace]]
Enqueue = Callable[..., Awaitable[int]]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
async def services(settings, workers, database, clock) -> AsyncIterator[Services]:
    bot = make_bot(settings.telegram)
    made = make_services(settings, bot, database, clock, workers)
    yield made
    await made.tasks.finish(timeout_s=5)
    await bot.session.close()


@pytest.fixture
def opening(services):
    """`async with opening() as sender:` the door is open; what is said is what the payload says."""

    @asynccontextmanager
    async def open_door(**how: Any) -> AsyncIterator[Sender]:
        pace = Pace(chat_every_s=0.01)
        async with sending(services, **{"kinds": SAID, "pace": pace, **how}) as sender:
            yield sender

    return open_door


@pytest.fixture
async def door(opening) -> AsyncIterator[Sender]:
    async with opening() as sender:
        yield sender


@pytest.fixture
async def ann(box: Sandbox) -> Person:
    person = await box.person("Ann", language="en")
    await person.start()
    return person


@pytest.fixture
def settle(database: Database) -> Settle:
    """The workspace of a chat, as if somebody had used the bot there."""

    async def ensure(chat_id: int, kind: str = "private", title: str | None = None) -> Workspace:
        async with database.begin() as conn:
            return await workspaces.ensure(
                conn, chat_id=chat_id, kind=kind, title=title, language="en", zone="UTC", now=NOW
            )

    return ensure


@pytest.fixture
def enqueue(database: Database) -> Enqueue:
    numbers = count()

    async def put(workspace: Workspace, text: str = "hello", **how: Any) -> int:
        row = {"kind": "digest", "subject": str(next(numbers)), "due_at": NOW, "not_before": NOW, "now": NOW}
        asked = {name: how.pop(name) for name in ("side", "document", "nothing", "fail") if name in how}
        async with database.begin() as conn:
            number = await deliveries.enqueue(
                conn, workspace.id, **{**row, "payload": {"text": text, **asked}, **how}
            )
        assert number is not None
        return number

    return put


@pytest.fixture
def row(database: Database):
    """A delivery as the outbox keeps it."""

    async def read(number: int) -> Any:
        async with database.read() as conn:
            return (await conn.execute(select(delivery_table).where(delivery_table.c.id == number))).one()

    return read


@pytest.fixture
def said():
    """What the bot said in a chat, in order."""

    async def read(place: Any) -> list[str]:
        return [message.text for message in await place.messages() if message.is_from_bot]

    return read


@pytest.fixture
async def lives(box: Sandbox, env: dict[str, str], database_url: str, tmp_path: Path) -> AsyncIterator[Lives]:
    """Real processes over the database of the test."""
    database = open_database(database_url)
    yield Lives(box, database, env, tmp_path)
    await database.close()
