"""Updates are kept before they are acknowledged, and handled afterwards: in order within a chat, each to its end.

What a crash or a stop interrupts is still unfinished in the inbox and runs again at the next start. Telegram alone
would forget an update once it is acknowledged.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.core.backoff import Backoff
from bot.core.clock import Clock
from bot.core.tasks import Tasks, unless_late
from bot.telegram import set_aside
from bot.telegram.answering import Answering
from bot.telegram.begun import Begun
from bot.telegram.chat_queues import ChatQueues, Together
from bot.telegram.hiding import Hiding, may_hold_key
from bot.telegram.sent_together import sent_with
from storage.engine import Database
from storage.system import collection as everywhere_collection
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate

RUNS = 4  # of one update; whatever ends the program at each of them would at every start
SUSPECT = 2  # runs that did not end: the next one waits for a life that lasts, and for the other suspects
ALONE_S = 10.0  # at most, for one suspect before the next one
AT_ONCE = 32  # chats whose updates are handled at the same time
TROUBLE, CONFLICT = Backoff((1, 2, 5, 10, 30)), Backoff((5, 10, 30, 60))
FULL = 1_000  # updates waiting in memory above which no more are taken
# Named always: Telegram leaves out changes of members and reactions unless they are.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
    "channel_post",
    "edited_channel_post",
    "message_reaction_count",
)
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
        collector: Collecting,
        fail_upload: set_aside.FailUpload,
        hiding: Hiding,
    ) -> None:
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
        self._left: frozenset[int] = frozenset()  # by earlier lives; whether they had begun nobody may know
        together = Together(self._is_collected, self._collect)
        self._queues = ChatQueues(self._handle, at_once=AT_ONCE, together=together)

    @property
    def is_full(self) -> bool:
        return self._queues.waiting >= FULL

    async def resume(self) -> None:
        """Takes up what an earlier life left unfinished."""
        async with self._database.read() as conn:
            kept = await everywhere.unfinished(conn)
        left = [shown for one in kept if (shown := self._shown(one)) is not None]
        if lost := {one.update_id for one in kept} - {one.update_id for one in left}:
            async with self._database.begin() as conn:
                await everywhere_collection.finish_updates(conn, sorted(lost))
            log.warning("updates were hidden with another key, and are lost", updates=len(lost))
        if left:
            log.info("taking up what was left unfinished", updates=len(left))
        self._left = frozenset(kept.update_id for kept in left)
        suspects = [kept for kept in sorted(left, key=_attempts) if kept.attempts >= SUSPECT]
        chats = list(dict.fromkeys(kept.chat_id or 0 for kept in suspects))
        for chat in chats:
            self._queues.hold(chat)
        self._put(left)
        if chats:
            self._tasks.start(self._try_suspects(chats), name="suspects")

    async def _try_suspects(self, chats: Sequence[int]) -> None:
        """Tries suspects one after another, the least suspected first; all others are served meanwhile."""
        await asyncio.sleep(self._patience.suspect_s)
        for chat in chats:
            self._queues.let_go(chat)
            await unless_late(self._queues.done(chat), ALONE_S)

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns when they may be acknowledged; an update that was known already is not handled again."""
        rows = [(int(raw["update_id"]), chat_of(raw), json.dumps(raw, ensure_ascii=False)) for raw in updates]
        secret = {int(raw["update_id"]) for raw in updates if may_hold_key(raw)}
        hidden = [(*row[:2], self._hiding.hide(row[2]) if row[0] in secret else row[2]) for row in rows]
        async with self._database.begin(at_once=True) as conn:
            new = set(await everywhere.keep_updates(conn, hidden, int(self._clock.now().timestamp())))
        self._put([KeptUpdate(*row) for row in rows if row[0] in new])

    async def room(self) -> None:
        """Waits until more may be taken."""
        await self._queues.below(FULL)

    async def close(self, *, timeout_s: float) -> None:
        """Lets running handlers finish for `timeout_s`; the rest stays in the inbox for the next start."""
        await self._tasks.finish(timeout_s=0)
        if not await self._queues.close(timeout_s=timeout_s):
            log.warning("handlers were cut off and will run again at the next start")
        await self._begun.close()

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

    def _shown(self, kept: KeptUpdate) -> KeptUpdate | None:
        """Returns an update as Telegram sent it; None for one that was hidden with another key."""
        body = self._hiding.show(kept.body)
        return None if body is None else replace(kept, body=body)

    def _put(self, updates: Sequence[KeptUpdate]) -> None:
        for kept in updates:
            self._queues.put(kept.chat_id or 0, kept)

    def _is_collected(self, kept: KeptUpdate) -> bool:
        """Tells whether an update is collected; one left unfinished isn't: it may be what ends the program.

        Such a one is handled by itself.
        """
        return not kept.attempts and self._collector.takes(kept)

    async def _collect(self, updates: list[KeptUpdate]) -> None:
        """Collects all in one transaction; where it fails, each in its own, so that one spoils no other."""
        await self._begin(updates)
        try:
            await self._collector.take(updates)
        except Exception:
            log.exception("updates could not be written together", updates=len(updates))
            for kept in updates:
                await self._handle(kept)
        self._begun.end(kept.update_id for kept in updates)

    async def _handle(self, kept: KeptUpdate) -> None:
        """Handles an update to its end; a failure, too, or it would come again at every start.

        The person has been told by then.
        """
        together = [kept, *await sent_with(self._queues, kept, quiet_s=self._patience.album_s)]
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

        What ends the program within a moment was never counted there.
        """
        ids = [each.update_id for each in updates]
        await self._begun.start(
            [one for one in ids if one not in self._left], [one for one in ids if one in self._left]
        )

    async def _feed(self, together: Sequence[KeptUpdate]) -> None:
        if self._collector.takes(together[0]):
            return
        first, *others = [
            Update.model_validate_json(each.body, context={"bot": self._bot}) for each in together
        ]
        album = {"album": [other.message for other in others]} if others else {}
        with self._answering.one():
            await self._dispatcher.feed_update(self._bot, first, **album)

    async def _finish(self, together: Sequence[KeptUpdate]) -> None:
        async with self._database.begin() as conn:
            await everywhere_collection.finish_updates(conn, [each.update_id for each in together])
        self._begun.end(each.update_id for each in together)

    async def _set_aside(self, together: Sequence[KeptUpdate]) -> None:
        """Sets updates aside before anybody is told: telling, too, may be what ends the program."""
        await self._finish(together)
        try:
            now = int(self._clock.now().timestamp())
            await set_aside.tell(self._bot, self._database, together[0], now, self._fail_upload)
        except Exception:
            log.exception("nobody could be told", update=together[0].update_id)


def _attempts(kept: KeptUpdate) -> int:
    return kept.attempts


def chat_of(raw: dict[str, Any]) -> int | None:
    """Returns the chat whose order an update belongs to, or the person; None for an unknown shape.

    It is the person for what happens in no chat.
    """
    event = next((value for value in raw.values() if isinstance(value, dict)), {})
    message = event.get("message")
    beside = message.get("chat") if isinstance(message, dict) else None
    for place in (event.get("chat"), beside, event.get("from")):
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return int(place["id"])
    return None
