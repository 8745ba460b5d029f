"""How this process is: looked at when somebody asks, and not more often than every few seconds."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.collection.networks.account import name_of
from bot.collection.networks.registry import SOURCES
from bot.core.instruments import Instruments
from bot.core.locales import Translator
from bot.core.roles import Role
from bot.core.workers import Lane
from storage.engine import StorageError
from storage.system import network_keys
from storage.system.condition import Condition, read_condition

if TYPE_CHECKING:
    from bot.notifications.sender import Sender
    from bot.notifications.services import Services
    from bot.telegram.polling import Polling

CACHE_S = 5.0
LOOK_S = 3.0  # a database that has not answered by then is away
STUCK_S = 600  # what has waited so long does not move any more
SILENT_S = 120.0  # four times what one fetch of updates takes
GAP_REASONS = ("away", "rights")
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """Holds what the database said; `condition` is None where it is away, and `trouble` is the kind of error."""

    condition: Condition | None
    trouble: str
    units_left: dict[str, int]


class Watch:
    def __init__(
        self, services: "Services", role: Role, sender: "Sender | None", stop: asyncio.Event
    ) -> None:
        self._services = services
        self._role = role
        self._sender = sender
        self._stop = stop
        self._polling: Polling | None = None
        self._takes_updates = False
        self._seen: Seen | None = None
        self._seen_at = 0.0
        self._looking = asyncio.Lock()

    def begin(self, polling: "Polling | None") -> None:
        """Updates are taken from now on: fetched, or brought by Telegram."""
        self._takes_updates, self._polling = True, polling

    async def reasons(self, t: Translator) -> list[str]:
        """Returns why this process is not ready; empty: it is."""
        return [*self._of_process(t), *self._of_database(await self._look(), t)]

    async def measure(self, instruments: Instruments) -> None:
        """Sets every gauge to what is so now."""
        seen = await self._look()
        instruments.lease_holder.set(bool(self._sender and self._sender.holds_lease))
        for lane in Lane:
            instruments.worker_queue.labels(lane.name.lower()).set(self._services.workers.waiting(lane))
        instruments.database_up.set(seen.condition is not None)
        if seen.condition is not None:
            _measure(seen.condition, instruments, self._now())
        for network, left in seen.units_left.items():
            instruments.units.labels(network).set(SOURCES[network].allowance.units)
            instruments.units_left.labels(network).set(left)

    def _of_process(self, t: Translator) -> Iterator[str]:
        if self._stop.is_set():
            yield t.plain("health.stopping")
        elif self._role.answers and not self._takes_updates:
            yield t.plain("health.starting")
        elif self._polling is not None and self._polling.silent_s > SILENT_S:
            yield t.plain("health.silent", seconds=int(self._polling.silent_s))

    def _of_database(self, seen: Seen, t: Translator) -> Iterator[str]:
        now, found = self._now(), seen.condition
        if found is None:
            yield t.plain("health.no_database", reason=seen.trouble)
            return
        if self._role.answers and (late_s := _since(found.oldest_update_at, now)) > STUCK_S:
            yield t.plain("health.updates_stuck", waiting=found.updates_waiting, minutes=late_s // 60)
        if not self._role.sends:
            return
        if (found.sender_until or 0) < time.time():
            yield t.plain("health.nobody_sends")
        elif (late_s := _since(found.outbox.oldest, now)) > STUCK_S:
            yield t.plain("health.outbox_stuck", waiting=found.outbox.waiting, minutes=late_s // 60)

    async def _look(self) -> Seen:
        async with self._looking:
            if self._seen is None or time.monotonic() - self._seen_at > CACHE_S:
                self._seen = await self._look_anew()
                self._seen_at = time.monotonic()
            return self._seen

    async def _look_anew(self) -> Seen:
        try:
            async with asyncio.timeout(LOOK_S), self._services.database.read() as conn:
                found = await read_condition(conn, self._now())
                left = {}
                for network, key in self._services.settings.networks.keys.items():
                    state = await network_keys.get(conn, name_of(network, key))
                    left[network] = state.left(SOURCES[network].allowance.units, self._now())
        except (TimeoutError, StorageError) as error:
            log.warning("the database can't be looked at", reason=str(error) or f"{LOOK_S:g} s have passed")
            return Seen(None, type(error).__name__, {})
        return Seen(found, "", left)

    def _now(self) -> int:
        return int(self._services.clock.now().timestamp())


def _measure(found: Condition, instruments: Instruments, now: int) -> None:
    instruments.updates_waiting.set(found.updates_waiting)
    instruments.updates_oldest.set(_since(found.oldest_update_at, now))
    instruments.outbox_waiting.set(found.outbox.waiting)
    instruments.outbox_oldest.set(_since(found.outbox.oldest, now))
    instruments.pages_late.set(_since(found.page_due_at, now))
    for reason in GAP_REASONS:
        instruments.gaps.labels(reason).set(found.gaps.get(reason, 0))


def _since(moment: int | None, now: int) -> int:
    return 0 if moment is None else max(0, now - moment)
