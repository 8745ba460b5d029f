"""An answer for which pages must be read: admitted, told its place in the queue, and taken up again after a crash."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from bot.collection.pages import Pages
from bot.collection.turns import Queue
from bot.core.clock import Clock
from bot.core.limits import AN_HOUR, LONGEST_WAIT_S
from bot.core.locales import Html, Translator
from bot.telegram.conversation import Conversation
from bot.telegram.slots import lent_slot
from metrics.errors import DomainError
from storage.engine import Database
from storage.workspace import looking, quotas

PATIENCE_S = 3.0  # a wait that needs no words
# Each is a dozen steps between the event loop and the database. Of many who ask at one moment all but these wait aside,
# or whoever asks for something quick would wait for a step of everybody's before each of their own.
ADMITTED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Lookups:
    database: Database
    clock: Clock
    pages: Pages
    _admitting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(ADMITTED_AT_ONCE))

    @asynccontextmanager
    async def waiting(
        self, chat: Conversation, kind: str, to_read: Sequence[int], *, always_says: bool = False
    ) -> AsyncIterator[Message | None]:
        """Says «Смотрю…» where `always_says` or the wait is long.

        Without `always_says` it is gone at the end.
        `to_read`: of each thing that is asked for, the pages that must be waited for.

        What the block reads is read in this person's turn. Raises DomainError("page.crowded"), ("limit.…").
        """
        pages, turns = sum(to_read), self.pages.turns
        async with self._admission():
            known = await self._known(chat)
            if known is None and turns and turns.queue(chat.person, pages).wait_s > LONGEST_WAIT_S:
                raise DomainError("page.crowded")
            if known is None:
                await self._spend(chat, kind, len(to_read))
        queue = turns.queue(chat.person, pages) if turns else Queue(0, 0.0)
        with turns.promised(chat.person, pages) if turns else nullcontext():
            status = known
            if status is None and (always_says or queue.wait_s > PATIENCE_S):
                status = await self._say(chat, queue)
            try:
                yield status
            except asyncio.CancelledError:  # it goes on after the restart, in the same message
                raise
            except BaseException:
                await self._end(chat, None if always_says else status)
                raise
            await self._end(chat, None if always_says else status)

    def of_post(self, handle: str | None, number: int | None) -> int:
        """Returns how many pages a look at a bought post has to wait for."""
        return 0 if number is None else self.pages.to_read_before(handle, number + 1)

    @asynccontextmanager
    async def _admission(self) -> AsyncIterator[None]:
        async with (
            AsyncExitStack() as admitted
        ):  # given back even where the wait for one's own slot is cut off
            async with lent_slot():
                await admitted.enter_async_context(self._admitting)
            yield

    async def _known(self, chat: Conversation) -> Message | None:
        async with self.database.read() as conn:
            message_id = await looking.message_of(conn, chat.workspace.id, chat.key)
        return chat.message.model_copy(update={"message_id": message_id}) if message_id else None

    async def _say(self, chat: Conversation, queue: Queue) -> Message:
        status = await chat.message.answer(_words(chat.t, queue))
        async with self.database.begin(at_once=True) as conn:  # a kill before it leaves the message behind
            await looking.begin(conn, chat.workspace.id, chat.key, status.message_id)
        return status

    async def _end(self, chat: Conversation, spare: Message | None) -> None:
        if spare is not None:
            with suppress(TelegramBadRequest):  # somebody deleted it
                await spare.delete()
        async with self.database.begin() as conn:
            await looking.end(conn, chat.workspace.id, chat.key)

    async def _spend(self, chat: Conversation, kind: str, cost: int) -> None:
        now, an_hour = int(self.clock.now().timestamp()), AN_HOUR[kind]
        async with self.database.begin() as conn:
            fits = await quotas.spend(
                conn, chat.workspace.id, chat.person, kind, cost, an_hour=an_hour, now=now
            )
        if not fits:
            raise DomainError(kind, an_hour=an_hour)


def _words(t: Translator, queue: Queue) -> Html:
    if not queue.people or queue.wait_s <= PATIENCE_S:
        return t("check.looking")
    return t("check.queued", place=queue.people + 1, seconds=round(queue.wait_s))
