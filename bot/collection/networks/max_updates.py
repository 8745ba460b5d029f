"""What happens in MAX's channels, by long polling: a channel with news is looked at now, a removed post is deleted at once.

Nothing is kept of an update: MAX holds each until the next request names the marker behind it, and what is missed is seen
by the channel's next look.
"""

import asyncio
import math
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.collection.networks.door import Door
from bot.collection.networks.max import Max
from bot.collection.networks.reading import OpenNetwork
from bot.collection.source import RefusedError, SourceError
from bot.core.clock import Clock
from storage.engine import Database
from storage.system import leases, networks
from storage.workspace import absences

KINDS = ("bot_added", "bot_removed", "message_created", "message_edited", "message_removed")
POLL_S, LATE_S = 30, 45.0
LEASE, LEASE_S = "updates of max", 90
REST_S = (5.0, 30.0, 120.0, 600.0)
log = structlog.stdlib.get_logger(__name__)


@dataclass
class MaxUpdates:
    """`run` goes on until it is cancelled, or the token is refused."""

    database: Database
    clock: Clock
    opened: OpenNetwork
    url: str
    holder: str = field(
        default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    )
    wall: Callable[[], float] = time.time
    rest_s: tuple[float, ...] = REST_S
    _marker: int | None = field(default=None, init=False)

    async def run(self) -> None:
        failures = 0
        await self.opened.account.try_again()  # what was refused is tried once by each life of the program
        while True:
            try:
                if await self._hold():
                    await self.poll()
                    failures = 0
                    continue
            except RefusedError:
                log.warning("MAX does not take the token: its updates are off until the next start")
                return
            except SourceError as error:
                log.info("no updates of MAX", reason=str(error))
            await asyncio.sleep(self.rest_s[min(failures, len(self.rest_s) - 1)])
            failures += 1

    async def poll(self, timeout_s: int = POLL_S) -> None:
        """Polls once, held until something happens. Raises what `SourceError` has below it."""
        door = Door(self.url, self.opened.account.spend, timeout_s=LATE_S)
        source = Max(door, self.opened.account.key, self.clock)
        marker = {} if self._marker is None else {"marker": self._marker}
        told = await source.updates(types=",".join(KINDS), timeout=timeout_s, **marker)
        for update in told.get("updates") or ():
            if isinstance(update, dict):
                await self._take(update)
        if isinstance(told.get("marker"), int):
            self._marker = told["marker"]

    async def _take(self, update: dict[str, Any]) -> None:
        place, removed = _place_of(update), update.get("update_type") == "message_removed"
        if place is None:
            return
        now = int(self.clock.now().timestamp())
        async with self.database.begin() as conn:
            await networks.look_now(conn, Max.network, place, now)
            number = str(update.get("message_id") or "")
            for row in await networks.rows_of_place(conn, Max.network, place) if removed and number else ():
                await absences.miss(conn, row.progress.channel_id, [number], now - absences.AGAIN_S)
                await absences.miss(conn, row.progress.channel_id, [number], now)

    async def _hold(self) -> bool:
        """Takes the lease or prolongs it; False while another process polls."""
        now = self.wall()
        async with self.database.begin() as conn:
            return await leases.take(conn, LEASE, self.holder, int(now), math.ceil(now) + LEASE_S)


def _place_of(update: dict[str, Any]) -> str | None:
    """Returns the id of the channel it happened in; None without one."""
    message = update.get("message")
    recipient = message.get("recipient") if isinstance(message, dict) else None
    for told in (update.get("chat_id"), recipient.get("chat_id") if isinstance(recipient, dict) else None):
        if isinstance(told, int) and not isinstance(told, bool):
            return str(told)
    return None
