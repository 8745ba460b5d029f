"""Updates are kept before they are acknowledged, and handled afterwards: in order within a chat, each to its end.

What a crash or a stop interrupts is still unfinished in the inbox and runs again: at the next start, or in another process
that answers over the same database (`update_store`). Telegram alone would forget an update once it is acknowledged.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.core import tracing
from bot.core.backoff import Backoff
from bot.core.clock import Clock
from bot.core.tasks import Tasks
from bot.telegram import set_aside
from bot.telegram.answering import Answering
from bot.telegram.begun import Begun
from bot.telegram.chat_queues import ChatQueues, Together
from bot.telegram.hiding import Hiding, may_hold_key
from bot.telegram.raw_updates import chat_of
from bot.telegram.sent_together import sent_with, with_caption
from bot.telegram.surely import surely
from bot.telegram.suspects import Suspects
from bot.telegram.update_store import UpdateStore
from storage.engine import Database, StorageError
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate

RUNS = 4  # of one update; whatever ends the program at each of them would at every start
COME_S, LEFT_S = 0.5, 1.0  # between two looks at what other processes have kept, or left
AT_ONCE = 32  # chats whose updates are handled at the same time
TROUBLE, CONFLICT = Backoff((1, 2, 5, 10, 30)), Backoff((5, 10, 30, 60))
FULL = 1_000  # updates waiting in memory above which no more are taken
log = structlog.stdlib.get_logger(__name__)


class Collecting(Protocol):
    """Takes what channels do; it stands above, where it is known which of them are followed."""

    def takes(self, kept: KeptUpdate) -> bool: ...

    async def take(self, updates: Sequence[KeptUpdate]) -> None: ...

    async def take_one(self, kept: KeptUpdate) -> None: ...

    async def note_loss(self, kept: KeptUpdate) -> None: ...

    async def take_beside(self, kept: KeptUpdate) -> None: ...

    async def note_absence(self, heard_at: int, now: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what is tried again waits, and what is waited for."""

    trouble: Backoff = TROUBLE
    conflict: Backoff = CONFLICT
    # Of quiet after a file that was sent together with others, before they are taken for all.
    album_s: float = 1.0
    # Of a life before a suspect is tried in it: lives that somebody else ends sooner say nothing of it.
    suspect_s: float = 8.0


class Inbox:
    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        database: Database,
        clock: Clock,
        answering: Answering,
        patience: Patience | None = None,
        *,
        store: UpdateStore,
        collector: Collecting,
        fail_upload: set_aside.FailUpload,
        hiding: Hiding,
    ) -> None:
        self._store = store
        self._hiding = hiding
        self._answering = answering
        self._patience = patience or Patience()
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._clock = clock
        self._collector = collector
        self._fail_upload = fail_upload
        self._begun = Begun(database)
        self._tasks = Tasks()
        self._left: set[int] = set()  # by ended lives; whether they had begun nobody may know
        together = Together(self._is_collected, self._collect)
        self._queues = ChatQueues(self._handle, at_once=AT_ONCE, together=together)
        self._suspects = Suspects(self._queues, self._tasks, self._patience.suspect_s)

    @property
    def is_full(self) -> bool:
        return self._queues.waiting >= FULL

    async def resume(self) -> None:
        """Takes up what an earlier life left unfinished."""
        await self._take_up(await self._store.left())
        if self._store.is_shared:
            self._tasks.start(self._look_around(), name="look around")

    async def _look_around(self) -> None:
        looked_s = time.monotonic()
        while True:
            await asyncio.sleep(COME_S)
            is_time = time.monotonic() > looked_s + LEFT_S
            if is_time or self._queues.waiting:
                await self._come()
            if is_time and not self.is_full and not await self._take_up_left():
                looked_s = time.monotonic()

    async def _come(self) -> None:
        self._put(await self._shown(await self._seen(self._store.come())))

    async def _take_up_left(self) -> bool:
        """Takes up what others left; tells whether there was something."""
        left = await self._seen(self._store.left())
        await self._take_up(left)
        return bool(left)

    async def _seen(self, looking: Awaitable[list[KeptUpdate]]) -> list[KeptUpdate]:
        try:
            return await looking
        except StorageError as error:
            log.warning("other processes' updates can't be seen for now", reason=str(error))
            return []

    async def _take_up(self, left: Sequence[KeptUpdate]) -> None:
        left = await self._shown(left)
        if not left:
            return
        log.info("taking up what was left unfinished", updates=len(left))
        self._left.update(kept.update_id for kept in left)
        chats = self._suspects.hold(left)
        self._put(left)
        self._suspects.try_each(chats)

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns when they may be acknowledged; an update that was known already is not handled again."""
        rows = [self._row(raw) for raw in updates]
        self._put(await self._shown(await self._store.keep(rows, int(self._clock.now().timestamp()))))

    def _row(self, raw: dict[str, Any]) -> tuple[int, int, str]:
        body = json.dumps(raw, ensure_ascii=False)
        hidden = self._hiding.hide(body) if may_hold_key(raw) else body
        return int(raw["update_id"]), chat_of(raw) or 0, hidden

    async def room(self) -> None:
        """Waits until more may be taken."""
        await self._queues.below(FULL)

    async def close(self, *, timeout_s: float) -> None:
        """Lets running handlers finish for `timeout_s`; the rest stays in the inbox for the next start."""
        await self._tasks.finish(timeout_s=0)
        if not await self._queues.close(timeout_s=timeout_s):
            log.warning("handlers were cut off and will run again at the next start")
        await self._begun.close()
        await self._store.close()

    async def note_absence(self, away_s: float) -> None:
        """Notes that Telegram is there again after so long."""
        now = int(self._clock.now().timestamp())
        await self._collector.note_absence(now - int(away_s), now)

    async def note_conflict(self) -> None:
        """Notes that another program fetches with this token.

        It is in real time, for whoever asks how the bot is.
        """
        async with self._database.begin() as conn:
            await everywhere.record_tick(conn, int(time.time()), everywhere.CONFLICT)

    async def _shown(self, kept: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        """Returns updates as Telegram sent them, without those that were hidden with another key: they are lost."""
        shown = []
        for one in kept:
            if (body := self._hiding.show(one.body)) is not None:
                shown.append(replace(one, body=body))
            else:
                log.warning("an update was hidden with another key, and is lost", update=one.update_id)
                shown += await self._shown(await self._store.finish([one]))
        return shown

    def _put(self, updates: Iterable[KeptUpdate]) -> None:
        for kept in updates:
            self._queues.put(kept.chat_id or 0, kept)

    def _is_collected(self, kept: KeptUpdate) -> bool:
        """Tells whether an update is collected; one left unfinished isn't: it may be what ends the program.

        Such a one is handled by itself.
        """
        return not kept.attempts and self._collector.takes(kept)

    async def _collect(self, updates: list[KeptUpdate]) -> None:
        """Collects all in one transaction; where it fails, each in its own, so that one spoils no other."""
        tracing.begin("u", updates[0].update_id)
        updates = await self._store.begin(updates)
        if not updates:
            return
        await self._begin(updates)
        try:
            await self._collector.take(updates)
        except Exception:
            log.exception("updates could not be written together", updates=len(updates))
            for kept in updates:
                await self._handle(kept)
        else:
            self._put(await self._shown(await self._store.end(updates)))
        self._begun.end(kept.update_id for kept in updates)

    async def _handle(self, kept: KeptUpdate) -> None:
        """Handles an update to its end; a failure, too, or it would come again at every start.

        The person has been told by then.
        """
        tracing.begin("u", kept.update_id)
        quiet_s = self._patience.album_s
        together = [kept, *await sent_with(self._queues, kept, quiet_s=quiet_s, come=self._come)]
        together = await self._store.begin(together)
        if not together:
            return
        if max(each.attempts for each in together) >= RUNS:
            await self._set_aside(together)
            return
        await self._begin(together)
        for step in (
            partial(self._collector.take_one, kept),
            partial(self._collector.note_loss, kept),
            partial(self._feed, together),
            *(partial(self._collector.take_beside, each) for each in together),
        ):
            try:
                await step()
            except Exception:
                log.exception("an update failed", update=kept.update_id)
        await self._finish(together)

    async def _begin(self, updates: Sequence[KeptUpdate]) -> None:
        """Counts that runs begin, first those of what an earlier life left.

        What ends the program within a moment was never counted there. However long the database is away, it
        goes on: one that is let drop would hold up its chat.
        """
        ids = [each.update_id for each in updates]
        again = [one for one in ids if one in self._left]
        await surely(lambda: self._begun.start([one for one in ids if one not in self._left], again))

    async def _feed(self, together: Sequence[KeptUpdate]) -> None:
        if self._collector.takes(together[0]):
            return
        first, *others = [
            Update.model_validate_json(each.body, context={"bot": self._bot}) for each in together
        ]
        album = [other.message for other in others if other.message]
        if first.message and album:
            message = with_caption(first.message, album)
            first = first.model_copy(update={"message": message})
        with self._answering.one():
            await self._dispatcher.feed_update(self._bot, first, album=album)

    async def _finish(self, together: Sequence[KeptUpdate]) -> None:
        self._put(await self._shown(await self._store.finish(together)))
        ids = [each.update_id for each in together]
        self._begun.end(ids)
        self._left.difference_update(ids)

    async def _set_aside(self, together: Sequence[KeptUpdate]) -> None:
        """Sets updates aside before anybody is told: telling, too, may be what ends the program."""
        await self._finish(together)
        try:
            now = int(self._clock.now().timestamp())
            await set_aside.tell(self._bot, self._database, together[0], now, self._fail_upload)
        except Exception:
            log.exception("nobody could be told", update=together[0].update_id)
