"""One request a second, whoever it is for."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

EVERY_S = 1.0  # no rate is published; others ask as often for years


@dataclass
class Pace:
    every_s: float = EVERY_S
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _free_at: float = field(default=0.0, init=False)

    async def wait(self) -> None:
        """Waits until the next request may leave."""
        left = self._free_at - self.clock()
        if left > 0:
            await self.sleep(left)
        self._free_at = self.clock() + self.every_s
