"""One process sends. It keeps a lease in the database; when it dies, another takes over as soon as the lease lapses."""

import math
import os
import secrets
import socket
import time
from collections.abc import Callable

import structlog

from storage.engine import Database
from storage.system import leases, outbox

NAME = "sender"
LEASE_S = 15
MARGIN_S = 3  # a holder stops so long before others may begin: clocks of two machines differ a little
log = structlog.stdlib.get_logger(__name__)


class Lease:
    """Keeps one process sending; another takes over when its lease lapses.

    Real time counts, whatever the bot's clock says; between machines it is wall time, kept by NTP.
    """

    def __init__(
        self, database: Database, *, lease_s: int | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._lease_s = LEASE_S if lease_s is None else lease_s
        self._clock = clock
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._until = 0.0

    @property
    def is_held(self) -> bool:
        return self._clock() < self._until - self.margin_s

    @property
    def margin_s(self) -> float:
        return min(MARGIN_S, self._lease_s / 4)

    @property
    def renew_every_s(self) -> float:
        return self._lease_s / 3

    async def keep(self) -> bool:
        """Takes the lease or prolongs it. Whoever takes it anew takes up what the last holder had begun."""
        was_held = self.is_held
        now = self._clock()
        until = math.ceil(now) + self._lease_s
        async with self._database.begin() as conn:
            taken = await leases.take(conn, NAME, self._holder, int(now), until)
            if taken and not was_held and (begun := await outbox.reclaim(conn)):
                log.warning("sending again what may have left already", deliveries=begun)
        if was_held and not self.is_held:
            # It lapsed while the database was waited for, and what did not leave because of that must be taken up.
            taken = False
        if taken != was_held:
            log.info("sending from here" if taken else "another process sends")
        self._until = until if taken else 0.0
        return taken

    async def release(self) -> None:
        """Releases the lease, so that another process need not wait."""
        self._until = 0.0
        async with self._database.begin() as conn:
            await leases.release(conn, NAME, self._holder)
