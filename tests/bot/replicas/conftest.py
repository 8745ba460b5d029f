"""Real processes that answer over one PostgreSQL, behind a balancer, with one Redis."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.demo.client import Sandbox
from storage.engine import Database, open_database
from storage.tables import chat_claim, import_, inbox, replica
from tests.bot.replicas.crowd import Crowd
from tests.kit.balancer import Balancer
from tests.kit.ports import free_port
from tests.kit.processes import Life, begin_life
from tests.kit.redis import running_redis

ENTERED_WITHIN_S = 60


@pytest.fixture
def engine_name() -> str:
    return "postgresql"


@pytest.fixture
def database_url(url) -> str:
    return url


@pytest.fixture(scope="package")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@dataclass
class Replicas:
    """`async with` leaves none of them alive."""

    box: Sandbox
    database: Database
    env: dict[str, str]
    log: Path
    balancer: Balancer
    living: dict[int, Life] = field(default_factory=dict)  # by the port

    async def add(self, role: str = "chat", **changed: str) -> int:
        """The port of one more, which answers by now."""
        port = free_port()
        env = self.env | {"WEBHOOK_PORT": str(port)} | changed
        self.living[port] = await _begin(role, env, self.log)
        async with asyncio.timeout(ENTERED_WITHIN_S):
            while role == "chat" and not await _listens(port):
                await asyncio.sleep(0.05)
        if role == "chat":
            self.balancer.behind.append(port)
        return port

    async def refused(self, **changed: str) -> str:
        """Why one more with these settings ends at once."""
        log = self.log.with_name(f"log of {'-'.join(changed)}")
        env = self.env | {"WEBHOOK_PORT": str(free_port())} | changed
        life = await _begin("chat", env, log)
        async with asyncio.timeout(ENTERED_WITHIN_S):
            while (reason := _reason(log)) is None:
                await asyncio.sleep(0.05)
        assert await life.stop() != 0
        return reason

    async def kill(self, port: int) -> list[tuple[int, str]]:
        """(chat, body) of what it had not finished."""
        life = self.living.pop(port)
        life.kill()
        await life.wait()
        self.balancer.behind.remove(port)
        query = (
            select(inbox.c.chat_id, inbox.c.body)
            .join(chat_claim, chat_claim.c.chat_id == inbox.c.chat_id)
            .where(inbox.c.state == "new", chat_claim.c.holder.contains(f":{life.pid}:"))
        )
        async with self.database.read() as conn:
            return [(row.chat_id, row.body) for row in await conn.execute(query)]

    async def stop(self, port: int) -> int:
        if port in self.balancer.behind:
            self.balancer.behind.remove(port)
        return await self.living.pop(port).stop()

    async def holders(self) -> list[str]:
        async with self.database.read() as conn:
            return list((await conn.execute(select(replica.c.holder))).scalars())

    async def states(self) -> list[str]:
        """Of every update."""
        async with self.database.read() as conn:
            return list((await conn.execute(select(inbox.c.state))).scalars())

    async def waiting(self) -> bool:
        async with self.database.read() as conn:
            left = select(inbox.c.update_id).where(inbox.c.state == "new").limit(1)
            return (await conn.execute(left)).first() is not None

    async def imports(self) -> list[int]:
        """How many files each was made of."""
        async with self.database.read() as conn:
            return [
                len(json.loads(names))
                for names in (await conn.execute(select(import_.c.file_names))).scalars()
            ]

    async def __aexit__(self, *_: object) -> None:
        for life in self.living.values():
            life.kill()
            await life.wait()


async def _begin(role: str, env: dict[str, str], log: Path) -> Life:
    return await begin_life("tests.bot.delivery.child:live", role, env=os.environ | env, out=log)


def _reason(log: Path) -> str | None:
    found = re.search(r"^refused: (\S+)$", log.read_text("utf-8") if log.exists() else "", re.MULTILINE)
    return found[1] if found else None


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


@pytest.fixture
async def replicas(box, env, database_url, redis_url, tmp_path) -> AsyncIterator[Replicas]:
    async with AsyncExitStack() as parts:
        balancer = await parts.enter_async_context(Balancer.started())
        database = open_database(database_url)
        parts.push_async_callback(database.close)
        env = env | {
            "WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}/updates",
            "REDIS_URL": redis_url,
            "SECRET_KEY": "one secret for all of the replicas!",
        }
        made = Replicas(box, database, env, tmp_path / "log", balancer)
        parts.push_async_exit(made.__aexit__)
        yield made


@pytest.fixture
def crowd(box) -> Crowd:
    return Crowd(box)
