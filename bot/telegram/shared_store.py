"""Updates of a PostgreSQL that several processes answer over. The database says who works on which chat.

A process works on a chat from the first update that nobody else has taken until none of it is left; meanwhile the others
only keep what comes for it. What this process knows of a chat changes under the chat's lock, so it never misses an update
and never takes one twice.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import asynccontextmanager

import structlog

from bot.core.backoff import Backoff
from bot.core.tasks import Tasks
from bot.telegram.replica import Replica
from bot.telegram.update_store import Row
from storage.engine import Connection, Database, StorageError
from storage.system import chat_claims, everywhere, replicas
from storage.system import collection as everywhere_collection
from storage.system.everywhere import KeptUpdate

ORPHANS_AT_ONCE = 32  # chats; the rest is for the others, or for the next look
AGAIN = Backoff((0.2, 0.5, 1, 2, 5))
log = structlog.stdlib.get_logger(__name__)


class SharedStore:
    is_shared = True

    def __init__(self, database: Database, replica: Replica) -> None:
        self._database = database
        self._replica = replica
        self._known: dict[int, set[int]] = defaultdict(set)  # by chat: what waits or runs here
        self._running: dict[int, int] = {}  # its chat by the update
        self._tasks = Tasks()

    async def open(self) -> None:
        """Raises DomainError where this process may not answer beside the others."""
        await self._replica.enter()
        self._tasks.start(self._replica.keep_alive(self._forget_all), name="pulse")

    async def close(self) -> None:
        await self._tasks.finish(timeout_s=0)
        await self._replica.leave()

    async def keep(self, rows: Sequence[Row], now: int) -> list[KeptUpdate]:
        async with self._taking({chat for _, chat, _ in rows}, at_once=True) as (conn, taken):
            new = set(await everywhere.keep_updates(conn, rows, now))
            chats = {chat for update_id, chat, _ in rows if update_id in new}
            if chats:
                await chat_claims.claim(conn, self._replica.holder, chats)
                taken.extend(await self._unknown(conn, chats))
        return taken

    async def left(self) -> list[KeptUpdate]:
        async with self._database.read() as conn:
            any_dead = await replicas.any_dead(conn)
            orphans = await chat_claims.orphans(conn, ORPHANS_AT_ONCE)
        if any_dead:
            async with self._database.begin() as conn:
                buried = await replicas.bury(conn)
                orphans = await chat_claims.orphans(conn, ORPHANS_AT_ONCE)
            log.warning("processes that answered are gone, others take up their chats", count=buried)
        if not orphans:
            return []
        async with self._taking(orphans) as (conn, taken):
            await chat_claims.claim(conn, self._replica.holder, orphans)
            taken.extend(await self._unknown(conn, orphans))
        return taken

    async def come(self) -> list[KeptUpdate]:
        async with self._database.read() as conn:
            here = await chat_claims.waiting_ids(conn, self._replica.holder)
        chats = {chat for update_id, chat in here if update_id not in self._known.get(chat, ())}
        if not chats:
            return []
        async with self._taking(chats) as (conn, taken):
            taken.extend(await self._unknown(conn, chats))
        return taken

    async def begin(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        await self._replica.sure()
        mine = [one for one in updates if one.update_id in self._known.get(_chat(one), ())]
        self._running.update({one.update_id: _chat(one) for one in mine})
        return mine

    async def finish(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        return await self._surely_end(updates, write=True)

    async def end(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        return await self._surely_end(updates, write=False)

    async def _surely_end(self, updates: Sequence[KeptUpdate], *, write: bool) -> list[KeptUpdate]:
        """However long the database is away: what was handled must not be handled again, nor its chat be kept."""
        failures = 0
        while True:
            try:
                return await self._end(_chat(updates[0]), [one.update_id for one in updates], write=write)
            except StorageError as error:
                log.warning("an update is not finished for now", reason=str(error))
                await asyncio.sleep(AGAIN.spread_after(failures))
                failures += 1

    async def _end(self, chat: int, ended: Sequence[int], *, write: bool) -> list[KeptUpdate]:
        known = self._known
        try:
            async with self._taking([chat]) as (conn, taken):
                if write:
                    await everywhere_collection.finish_updates(conn, ended)
                known[chat] -= set(ended)
                if not known[chat]:
                    taken.extend(await self._unknown(conn, [chat]))
                if not known[chat]:
                    await chat_claims.let_go(conn, self._replica.holder, chat)
        except BaseException:
            known[chat] |= set(ended)
            raise
        for update_id in ended:
            self._running.pop(update_id, None)
        self._tidy([chat])
        return taken

    @asynccontextmanager
    async def _taking(
        self, chats: Collection[int], *, at_once: bool = False
    ) -> AsyncIterator[tuple[Connection, list[KeptUpdate]]]:
        """A transaction with the chats' locks, and a list for what it takes: unknown again where it fails."""
        taken: list[KeptUpdate] = []
        known = self._known
        try:
            async with self._database.begin(at_once=at_once) as conn:
                await chat_claims.lock(conn, chats)
                yield conn, taken
        except BaseException:
            for one in taken:
                known[_chat(one)].discard(one.update_id)
            self._tidy(chats)
            raise

    async def _unknown(self, conn: Connection, chats: Collection[int]) -> list[KeptUpdate]:
        """What waits in these chats, as far as they are this process's, and is not here yet; known from now on."""
        here = {one for chat in chats for one in self._known.get(chat, ())}
        here |= {one for one, chat in self._running.items() if chat in chats}
        found = await chat_claims.waiting(conn, self._replica.holder, chats, here)
        for one in found:
            self._known[_chat(one)].add(one.update_id)
        return found

    def _forget_all(self) -> None:
        """But what runs: if its chat comes back before it ends, it must not be begun once more."""
        self._known.clear()
        for update_id, chat in self._running.items():
            self._known[chat].add(update_id)

    def _tidy(self, chats: Iterable[int]) -> None:
        for chat in chats:
            if not self._known.get(chat, True):
                del self._known[chat]


def _chat(kept: KeptUpdate) -> int:
    return kept.chat_id or 0
