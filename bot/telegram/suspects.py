"""Updates whose runs did not end again and again: each may be what ends the program, so they are tried one at a time."""

import asyncio
import time
from collections.abc import Sequence

from bot.core.tasks import Tasks, unless_late
from bot.telegram.chat_queues import ChatQueues
from storage.system.everywhere import KeptUpdate

SUSPECT = 2  # runs that did not end: the next one waits for a life that lasts, and for the other suspects
ALONE_S = 10.0  # at most, for one suspect before the next one


class Suspects:
    """`life_s`: of this process before the first of them is tried."""

    def __init__(self, queues: ChatQueues[KeptUpdate], tasks: Tasks, life_s: float) -> None:
        self._queues = queues
        self._tasks = tasks
        self._from_s = time.monotonic() + life_s
        self._one_at_a_time = asyncio.Lock()

    def hold(self, left: Sequence[KeptUpdate]) -> list[int]:
        """Holds the chats of those that are suspected, and returns them, the least suspected first: nothing of them begins."""
        suspects = [kept for kept in sorted(left, key=_attempts) if kept.attempts >= SUSPECT]
        chats = list(dict.fromkeys(kept.chat_id or 0 for kept in suspects))
        for chat in chats:
            self._queues.hold(chat)
        return chats

    def try_each(self, chats: Sequence[int]) -> None:
        """Tries them in their turn; all others are served meanwhile."""
        if chats:
            self._tasks.start(self._try_each(chats), name="suspects")

    async def _try_each(self, chats: Sequence[int]) -> None:
        async with self._one_at_a_time:
            await asyncio.sleep(self._from_s - time.monotonic())
            for chat in chats:
                self._queues.let_go(chat)
                await unless_late(self._queues.done(chat), ALONE_S)


def _attempts(kept: KeptUpdate) -> int:
    return kept.attempts
