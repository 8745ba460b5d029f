"""Processes that parse, compute and draw, so that the event loop only waits.

A worker is a pool of one process with its own pipe: whatever dies, hangs or writes half an answer is replaced without
touching its neighbours. Workers start warm, with one arithmetic thread each, and never import aiogram.
"""

import asyncio
import multiprocessing
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import IntEnum
from typing import Any, TypeVar, TypeVarTuple

import structlog
from pebble import ProcessExpired, ProcessPool

from bot.core.jobs import Job
from bot.core.warm import ready, warm_up

DEATHS = ("timeout", "died", "idle")
START_METHOD = "spawn"  # a worker holds none of the bot's memory and none of its locks
Args = TypeVarTuple("Args")
T = TypeVar("T")
log = structlog.stdlib.get_logger(__name__)


class WorkerTimeoutError(Exception):
    """The call took longer than it may; its worker was ended."""


class WorkerDiedError(Exception):
    """The worker ended in the middle of the call: killed from outside, or by a fault in a library."""


class WorkerMemoryError(Exception):
    """The call asked for more memory than a worker may have."""


class Lane(IntEnum):
    """Who is served first. BULK (files in and out) takes seconds a call and never the last free worker."""

    INTERACTIVE = 0
    BULK = 1
    BACKGROUND = 2


class Workers:
    """`count` processes; beside a single one stands another, begun with the first call in BULK and kept for those."""

    def __init__(
        self,
        *,
        count: int,
        timeout_s: float,
        memory_mb: int,
        on_death: Callable[[str], None] | None = None,
    ) -> None:
        """`on_death` is told why each time a worker ended: one of DEATHS."""
        self._on_death = on_death
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._count = count
        self._slots = [self._new_pool() for _ in range(max(count, 2))]
        self._idle = deque(range(count))
        self._idle_beside = deque(range(count, len(self._slots)))
        self._waiting: dict[Lane, deque[asyncio.Future[int]]] = {lane: deque() for lane in Lane}
        self._bulk_running = 0
        self._bulk_at_most = max(1, count - 1)

    def start(self) -> None:
        """Begins to start `count` processes.

        Returns at once, and a first call waits till its worker is warm.
        """
        for pool in self._slots[: self._count]:
            pool.schedule(ready)

    async def run(
        self,
        function: Callable[[*Args], T],
        *args: *Args,
        timeout_s: float | None = None,
        lane: Lane = Lane.INTERACTIVE,
    ) -> T:
        """Calls a module's function in a worker; a background call starts when no other one could.

        What the function raises is raised here. Raises WorkerTimeoutError, WorkerDiedError, WorkerMemoryError.
        """
        slot = await self._take(lane)
        try:
            return await self._call(slot, function, args, timeout_s or self._timeout_s)
        except TimeoutError as error:
            self._note_death("timeout")
            raise WorkerTimeoutError(_name(function)) from error
        except (ProcessExpired, BrokenProcessPool) as error:
            self._note_death("died")
            raise WorkerDiedError(_name(function)) from error
        except MemoryError as error:
            raise WorkerMemoryError(_name(function)) from error
        finally:
            self._give_back(slot, lane)

    def waiting(self, lane: Lane) -> int:
        """Calls that no worker has begun yet."""
        return sum(not turn.done() for turn in self._waiting[lane])

    async def close(self, *, timeout_s: float) -> None:
        """Lets running calls finish for `timeout_s`, then ends every process."""
        await asyncio.to_thread(self.end, timeout_s=timeout_s)

    def end(self, *, timeout_s: float) -> None:
        """Closes as `close` does, for callers without an event loop: it blocks."""
        with ThreadPoolExecutor(len(self._slots)) as enders:
            list(enders.map(_end, self._slots, [timeout_s] * len(self._slots)))

    async def _call(
        self, slot: int, function: Callable[..., T], args: tuple[Any, ...], timeout_s: float
    ) -> T:
        """Calls a worker; one that died idle is noticed only here, so the call begins again in a new one."""
        try:
            return await self._attempt(slot, function, args, timeout_s)
        except BrokenProcessPool:
            log.warning("a worker died idle and is replaced", slot=slot)
            self._note_death("idle")
            return await self._attempt(slot, function, args, timeout_s)

    def _note_death(self, why: str) -> None:
        if self._on_death is not None:
            self._on_death(why)

    async def _attempt(
        self, slot: int, function: Callable[..., T], args: tuple[Any, ...], timeout_s: float
    ) -> T:
        if not self._slots[slot].active:
            await asyncio.to_thread(_end, self._slots[slot], 0)
            self._slots[slot] = self._new_pool()
        result: T = await asyncio.wrap_future(
            self._slots[slot].schedule(function, args=args, timeout=timeout_s)
        )
        return result

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            initializer=warm_up,
            initargs=(self._memory_mb,),
            context=multiprocessing.get_context(START_METHOD),
        )

    async def _take(self, lane: Lane) -> int:
        turn: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting[lane].append(turn)
        self._hand_out()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result(), lane)
            raise

    def _give_back(self, slot: int, lane: Lane) -> None:
        self._bulk_running -= lane is Lane.BULK
        (self._idle if slot < self._count else self._idle_beside).append(slot)
        self._hand_out()

    def _hand_out(self) -> None:
        for lane, turns in self._waiting.items():
            idle = self._idle_beside if lane is Lane.BULK and self._count == 1 else self._idle
            while turns and idle and (lane is not Lane.BULK or self._has_room_for_bulk()):
                turn = turns.popleft()
                if not turn.done():
                    self._bulk_running += lane is Lane.BULK
                    turn.set_result(idle.popleft())

    def _has_room_for_bulk(self) -> bool:
        return self._bulk_running < self._bulk_at_most


def _end(pool: ProcessPool, timeout_s: float) -> None:
    pool.close()
    try:
        pool.join(timeout=timeout_s)
    except TimeoutError:
        pool.stop()
        pool.join()


def _name(function: Callable[..., object]) -> str:
    if isinstance(function, Job):
        return function.target
    return f"{function.__module__}.{function.__qualname__}"
