"""What breaks: a lease that lapses while it is prolonged leaves what did not go out because of it on its way for ever."""

from contextlib import asynccontextmanager

from bot.notifications.lease import LEASE_S, Lease
from storage.engine import Database
from storage.system import outbox
from tests.bot.delivery.conftest import NOW


class Slow(Database):
    """A database that is waited for: so long passes before a transaction begins."""

    def __init__(self, inner, clock):
        self._inner, self._clock, self.wait_s = inner, clock, 0.0

    @asynccontextmanager
    async def begin(self):
        self._clock.now += self.wait_s
        async with self._inner.begin() as conn:
            yield conn


class Seconds:
    now = float(NOW)

    def __call__(self):
        return self.now


async def test_a_lease_that_lapses_while_it_is_prolonged_is_taken_anew_with_what_had_begun(
    database, settle, enqueue, row
):
    clock = Seconds()
    slow = Slow(database, clock)
    lease = Lease(slow, clock=clock)
    assert await lease.keep()
    number = await enqueue(await settle(7))
    async with database.begin() as conn:
        assert len(await outbox.take(conn, NOW, 10)) == 1
    slow.wait_s = LEASE_S
    assert not await lease.keep()
    slow.wait_s = 0.0
    assert await lease.keep()
    assert (await row(number)).state == "new"
