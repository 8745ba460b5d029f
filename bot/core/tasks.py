"""Work that nobody awaits: kept from being collected, its failures logged, finished before the program ends."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

import structlog

CANCELLED_WITHIN_S = 1.0  # what then still runs ends with the program
R = TypeVar("R")
log = structlog.stdlib.get_logger(__name__)


class Tasks:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[object, object, R], *, name: str | None = None) -> asyncio.Task[R]:
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - the one place that keeps and watches them
        self._running.add(task)
        task.add_done_callback(self._finished)
        return task

    async def finish(self, *, timeout_s: float) -> bool:
        """Waits for all, cancels what still runs after `timeout_s`; False if something was cut off."""
        waiting = set(self._running)
        if not waiting:
            return True
        _, late = await asyncio.wait(waiting, timeout=timeout_s)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=CANCELLED_WITHIN_S)
        return not late

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("background work failed", task=task.get_name(), exc_info=error)


async def unless_stopped(stop: asyncio.Event, work: Awaitable[R]) -> R | None:
    """Returns what `work` gives; when `stop` is set first, `work` is cancelled and the answer is None."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait({working})


async def unless_late(work: Awaitable[object], timeout_s: float) -> bool:
    """Tells whether `work` came to its end in time; it is cancelled otherwise."""
    try:
        await asyncio.wait_for(work, timeout_s)
    except TimeoutError:
        return False
    return True
