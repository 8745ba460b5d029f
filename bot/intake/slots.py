"""A place among those who are handled at the same time, given back before a wait that others need not share."""

import asyncio
from contextvars import ContextVar


class Slot:
    """Held by the run of a handler until it ends, or until it begins to wait for a network that is slow by intent."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots = slots
        self._freed = asyncio.Event()

    def free(self) -> None:
        """The chat's next update is begun, and the place is another chat's; what goes on is finished beside them."""
        if not self._freed.is_set():
            self._freed.set()
            self._slots.release()

    async def freed(self) -> None:
        await self._freed.wait()


HELD: ContextVar[Slot | None] = ContextVar("slot", default=None)


def free_slot() -> None:
    """Of the handler that runs here; nothing happens outside of handlers."""
    if slot := HELD.get():
        slot.free()
