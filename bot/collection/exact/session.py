"""The bot's session at Telegram between two connections: sealed, in the database, and one process's at a time."""

import math
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.collection.source import (
    AwayError,
    RefusedError,
    SessionEndedError,
    SourceError,
    WaitError,
)
from bot.core.backoff import Backoff
from bot.core.clock import Clock
from bot.core.sealing import Sealing
from storage.engine import Connection, Database
from storage.system import exact_account, leases
from storage.system.exact_account import Account

LEASE = "exact counters"
LEASE_S = 25  # longer than a request may take: who holds it is connected
BACKOFF = Backoff((60, 120, 300, 900, 3600))
LOGIN_EVERY_S = 6 * 3600  # a session that ends so soon after its login is no accident
REFUSED_S = 3600
log = structlog.stdlib.get_logger(__name__)


@dataclass
class StoredSession:
    """What a connection begins with, and where it writes down what it ends with."""

    database: Database
    sealing: Sealing
    clock: Clock
    session: str | None = None
    logged_in: bool = False

    async def keep(self, session: str, *, logged_in: bool) -> None:
        now = int(self.clock.now().timestamp())
        async with self.database.begin() as conn:
            sealed = self.sealing.seal(session)
            await exact_account.keep_session(conn, sealed, now if logged_in else None)
        self.session, self.logged_in = session, logged_in


@dataclass(frozen=True, slots=True)
class Sessions:
    """Opens the stored session, and says when one may be opened at all."""

    database: Database
    sealing: Sealing
    clock: Clock
    wall: Callable[[], float] = time.time  # of leases, whatever the bot's clock says
    holder: str = field(
        default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    )

    async def load(self, account: Account) -> StoredSession:
        """Loads the session; one of another token is forgotten: it was that token's."""
        opened = self.sealing.open(account.session) if account.session else None
        if account.session and opened is None:
            log.info("the session was of another token")
            async with self.database.begin() as conn:
                await exact_account.keep_session(conn, None, None)
        is_in = opened is not None and account.logged_in_at is not None
        return StoredSession(self.database, self.sealing, self.clock, opened, is_in)

    async def hold(self, conn: Connection) -> bool:
        """Takes the lease or prolongs it; False while another process is connected."""
        now = self.wall()
        return await leases.take(conn, LEASE, self.holder, int(now), math.ceil(now) + LEASE_S)

    async def release(self) -> None:
        async with self.database.begin() as conn:
            await leases.release(conn, LEASE, self.holder)

    async def note_success(self) -> None:
        async with self.database.begin() as conn:
            account = await exact_account.get(conn)
            if account.failures:
                await exact_account.wait_until(conn, account.not_before)

    async def note_failure(self, error: SourceError) -> None:
        """Notes from when on Telegram may be asked again."""
        now = int(self.clock.now().timestamp())
        async with self.database.begin() as conn:
            account = await exact_account.get(conn)
            match error:
                case WaitError():
                    await exact_account.wait_until(conn, now + error.seconds, account.failures)
                case SessionEndedError():
                    again = max(now, (account.logged_in_at or now - LOGIN_EVERY_S) + LOGIN_EVERY_S)
                    await exact_account.keep_session(conn, None, None)
                    await exact_account.wait_until(conn, again, account.failures)
                case RefusedError():
                    await exact_account.refuse(conn, str(error))
                    await exact_account.wait_until(conn, now + REFUSED_S, account.failures)
                case AwayError():
                    wait_s = int(BACKOFF.after(account.failures))
                    await exact_account.wait_until(conn, now + wait_s, account.failures + 1)
        log.warning("exact counters were not read", reason=str(error), kind=type(error).__name__)
