"""The process that holds the lease takes what may leave from the outbox, several chats side by side."""

import asyncio

import structlog

from bot.core import tracing
from bot.core.deadline import AFTER_SENDS_S
from bot.core.tasks import Tasks, unless_stopped
from bot.notifications.courier import Courier
from bot.notifications.lease import Lease
from bot.notifications.services import Services
from storage.engine import StorageError
from storage.system import outbox
from storage.workspace.deliveries import Delivery

AT_ONCE = 48  # a second's worth of messages, and what is being drawn
BATCH = 8  # fewer free places are not worth a look into the outbox
IDLE_S = 1.0
log = structlog.stdlib.get_logger(__name__)


class Sender:
    def __init__(self, services: Services, courier: Courier, lease: Lease) -> None:
        self._services = services
        self._courier = courier
        self._lease = lease
        self._tasks = Tasks()
        self._in_flight: set[int] = set()
        self._woken = asyncio.Event()
        self._asked = 0
        self._at_rest = asyncio.Event()
        self._taken_over = asyncio.Event()

    @property
    def holds_lease(self) -> bool:
        return self._lease.is_held

    def wake(self) -> None:
        """Wakes the sender: there may be something new in the outbox."""
        self._asked += 1
        self._at_rest.clear()
        self._woken.set()

    async def drained(self) -> None:
        """Waits until everything that may leave now has left, or was put off."""
        self.wake()
        await self._at_rest.wait()

    async def take_lease(self) -> None:
        """Takes the lease once, for those who must know whether they are the one before they begin."""
        try:
            await self._lease.keep()
        except StorageError as error:
            log.warning("the lease could not be kept", reason=str(error))
        except Exception:
            log.exception("the lease could not be kept")

    async def taken_over(self) -> None:
        """Waits until this process takes the lease of another, or its own anew: what was left due is its to do."""
        await self._taken_over.wait()
        self._taken_over.clear()

    async def run(self, stop: asyncio.Event) -> None:
        keeping = self._tasks.start(self._keep_lease(), name="lease")
        try:
            while not stop.is_set():
                self._woken.clear()
                if not await self._try_to_begin():
                    await unless_stopped(stop, self._rest())
        finally:
            keeping.cancel()
            self._courier.stop()
            await self._tasks.finish(timeout_s=self._services.stopping.left_s(keep_s=AFTER_SENDS_S))
            await self._hand_over()

    async def _try_to_begin(self) -> bool:
        """Tries to begin as `_begin` does; whatever fails, there is a next time."""
        try:
            return await self._begin()
        except StorageError as error:
            log.warning("the outbox can't be read", reason=str(error))
        except Exception:
            log.exception("the outbox can't be read")
        return False

    async def _begin(self) -> bool:
        """Tells whether something began to leave."""
        if not self._lease.is_held or AT_ONCE - len(self._in_flight) < BATCH:
            return False
        asked = self._asked
        async with self._services.database.begin() as conn:
            now = int(self._services.clock.now().timestamp())
            taken = await outbox.take(conn, now, AT_ONCE - len(self._in_flight))
        for delivery in taken:
            self._in_flight.add(delivery.id)
            self._tasks.start(self._deliver(delivery), name=f"delivery {delivery.id}")
        if not self._in_flight and asked == self._asked:
            self._at_rest.set()
        return bool(taken)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), IDLE_S)
        except TimeoutError:
            return

    async def _deliver(self, delivery: Delivery) -> None:
        tracing.begin("n", delivery.id, delivery.cause)
        try:
            await self._courier.deliver(delivery)
        finally:
            self._in_flight.discard(delivery.id)
            self._woken.set()

    async def _keep_lease(self) -> None:
        """Keeps the lease; one that lapsed is taken anew only when nothing of the former is in flight."""
        while True:
            was_held = self._lease.is_held
            if was_held or not self._in_flight:
                await self.take_lease()
                self._woken.set()
                if self._lease.is_held and not was_held:
                    self._taken_over.set()
            await asyncio.sleep(self._lease.renew_every_s)

    async def _hand_over(self) -> None:
        try:
            await self._lease.release()
        except StorageError as error:
            log.warning("the lease was not given back and lapses by itself", reason=str(error))
