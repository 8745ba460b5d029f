"""Turns to write: in the order they were asked for, except that some come before all others."""

import asyncio
from collections import deque


class Turns:
    """`await take()`, then `give_back()`; at most `at_once` are out at a time."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._waiting_first: deque[asyncio.Future[None]] = deque()

    async def take(self, *, at_once: bool = False) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        (self._waiting_first if at_once else self._waiting).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came in the same moment
                self.give_back()
            raise

    def give_back(self) -> None:
        """To whoever waits; who gave up waiting takes none."""
        for waiting in (self._waiting_first, self._waiting):
            while waiting:
                turn = waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1
