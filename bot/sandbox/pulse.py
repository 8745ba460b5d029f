"""Waiting for a change without polling: long polls of every kind stand on this."""

import asyncio
import time
from collections.abc import Callable


class Pulse:
    """Wakes everybody who waits, whenever something changed."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, ready: Callable[[], bool], timeout_s: float) -> bool:
        """Tells whether `ready` became true within `timeout_s` of real time."""
        ends = time.monotonic() + timeout_s
        while not ready():
            left = ends - time.monotonic()
            if left <= 0:
                return False
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            try:
                await asyncio.wait([waiter], timeout=left)
            finally:
                self._waiters.discard(waiter)
        return True
