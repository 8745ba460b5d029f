"""Lives of real processes that send, and what of it reached whom."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from bot.demo.client import Sandbox
from bot.sandbox.hooks import Call, DropConnection
from storage.engine import Database
from storage.tables import delivery, workspace
from storage.workspace import schedules, workspaces
from tests.kit.processes import Life, begin_life
from tests.storage.places import a_schedule


@dataclass
class Lives:
    """Everybody's summary is due; processes that send it are born and killed."""

    box: Sandbox
    database: Database
    env: dict[str, str]
    folder: Path
    people: list[int] = field(default_factory=list)
    expected: Counter[int] = field(default_factory=Counter)  # messages a chat gets in the end
    kills: int = 0
    _before: Counter[int] = field(default_factory=Counter)  # that had arrived at the last kill

    async def make_due(self, count: int, due_at: int) -> None:
        """Open the bot for so many people, whose daily summary was due at this moment."""
        for number in range(count):
            person = await self.box.person(f"P{number}")
            await person.start()
            self.people.append(person.id)
        self.expected = Counter(self.people)
        async with self.database.begin() as conn:
            for chat_id in self.people:
                made = await workspaces.ensure(
                    conn, chat_id=chat_id, kind="private", title=None, language="ru", zone="UTC", now=due_at
                )
                await schedules.save(conn, made.id, a_schedule(next_due_at=due_at, thread_id=None))

    @asynccontextmanager
    async def life(self, role: str = "jobs") -> AsyncIterator[Life]:
        life = await begin_life(
            "tests.bot.delivery.child:live", role, env=os.environ | self.env, out=self.folder / "log"
        )
        try:
            yield life
        finally:
            life.kill()
            await life.wait()

    def arrived(self) -> Counter[int]:
        """Messages of the bot by the chat they came to."""
        world = self.box.server.world
        return Counter(
            {
                chat_id: sum(
                    stored.author_id == world.bot.user.id for stored in world.chats[chat_id].messages.values()
                )
                for chat_id in self.people
            }
        )

    async def kill(self, life: Life, dead: asyncio.Event | None = None) -> None:
        """What arrived in this life and is not known to have been sent will come once more, and nothing else."""
        self.kills += 1
        life.kill()
        await life.wait()
        if dead is not None:
            dead.set()
        for _ in range(3):  # what had been sent before it died is read by then
            await self.box.now()
        arrived, sent = self.arrived(), await self.sent()
        self.expected += Counter(
            {chat: n - self._before[chat] for chat, n in arrived.items() if chat not in sent}
        )
        self._before = arrived

    async def sent(self) -> set[int]:
        """Chats whose summary is written down as sent."""
        query = select(workspace.c.chat_id).join_from(delivery, workspace).where(delivery.c.state == "sent")
        async with self.database.read() as conn:
            return {row.chat_id for row in await conn.execute(query)}

    async def complete(self, life: Life) -> None:
        """Until everybody has got what they are to get, and it is written down."""
        await self._until(lambda: self.arrived() >= self.expected)
        assert await life.stop() == 0
        assert self.arrived() == self.expected
        assert await self.sent() == set(self.people)

    async def arrive(self, count: int) -> None:
        await self._until(lambda: self.arrived().total() >= count)

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await asyncio.sleep(0.02)

    async def kill_at(self, life: Life, *, call: int, when: str, delay_s: float = 0) -> None:
        """Before or after the n-th call did its work, unanswered; or so long after that."""
        reached, dead = asyncio.Event(), asyncio.Event()

        async def hold(_call: Call) -> None:
            reached.set()
            if not delay_s:
                await dead.wait()
                raise DropConnection

        getattr(self.box.server.hooks, when)(call, hold, "sendMessage")
        await reached.wait()
        await asyncio.sleep(delay_s)
        await self.kill(life, dead)
