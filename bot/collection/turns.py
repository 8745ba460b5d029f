"""Turns at public pages: one request at a time by the clock, people served round robin however much each one asks.

What a person was promised to have read is counted until it is, so that the next one is told how long it will take.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

NOBODY = 0  # what is read because it is due: one more in the round, so that it neither starves nor holds anybody up
Later = Callable[[float, Callable[[], None]], object]


@dataclass(slots=True, eq=False)
class Promise:
    """So many pages are still to be read for this person."""

    person: int
    pages_left: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What somebody who asks now finds: how many people come before them, and when all of theirs is read."""

    people: int
    wait_s: float


_PROMISE: ContextVar[Promise | None] = ContextVar("promise", default=None)


class Turns:
    def __init__(
        self, every_s: float, *, clock: Callable[[], float] = time.monotonic, later: Later | None = None
    ) -> None:
        self._every_s = every_s
        self._clock = clock
        self._later = later
        self._waiting: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()
        self._promises: list[Promise] = []
        self._next_s = 0.0
        self._is_set = False
        self._is_closed = False

    async def take(self) -> None:
        """Waits for the next turn of the person whose promise this is kept for."""
        if self._is_closed:
            raise asyncio.CancelledError
        promise = _PROMISE.get()
        ticket = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(promise.person if promise else NOBODY, deque()).append(ticket)
        self._set_timer()
        await ticket
        if promise and promise.pages_left:
            promise.pages_left -= 1

    def close(self) -> None:
        """Cancels whoever still waits: the program ends.

        What was accepted is taken up at the next start.
        """
        self._is_closed = True
        for tickets in self._waiting.values():
            for ticket in tickets:
                ticket.cancel()

    @contextmanager
    def promised(self, person: int, pages: int) -> Iterator[None]:
        """Holds a promise: what is read inside is read for this person."""
        promise = Promise(person, pages)
        self._promises.append(promise)
        token = _PROMISE.set(promise)
        try:
            yield
        finally:
            _PROMISE.reset(token)
            self._promises.remove(promise)

    def queue(self, person: int, pages: int) -> Queue:
        """Returns how many are ahead and the wait in seconds.

        Each of the others is served at most as often as this person before this person's last page.
        """
        left: dict[int, int] = {}
        for promise in self._promises:
            left[promise.person] = left.get(promise.person, 0) + promise.pages_left
        mine = left.pop(person, 0) + pages
        ahead = [min(others, mine) for others in left.values() if others]
        return Queue(len(ahead), (sum(ahead) + mine) * self._every_s if pages else 0.0)

    def _set_timer(self) -> None:
        if self._is_set:
            return
        self._is_set = True
        later = self._later or asyncio.get_running_loop().call_later
        later(max(0.0, self._next_s - self._clock()), self._grant)

    def _grant(self) -> None:
        self._is_set = False
        ticket = self._next_ticket()
        if ticket is None:
            return
        self._next_s = self._clock() + self._every_s
        ticket.set_result(None)
        if self._waiting:
            self._set_timer()

    def _next_ticket(self) -> asyncio.Future[None] | None:
        """Returns the ticket of the person served longest ago; who gave up waiting takes no turn.

        None: nobody.
        """
        while self._waiting:
            person, tickets = self._waiting.popitem(last=False)
            while tickets:
                ticket = tickets.popleft()
                if not ticket.done():
                    if tickets:
                        self._waiting[person] = tickets
                    return ticket
        return None
