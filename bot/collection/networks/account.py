"""A key of a network: what it has left, when it may be shown again, and what became of the last request."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from pydantic import SecretStr

from bot.collection.networks.source import Allowance
from bot.collection.pace import Pace
from bot.collection.source import AwayError, RefusedError, SourceError, SpentError, WaitError
from bot.core.backoff import Backoff
from bot.core.clock import Clock
from storage.engine import Database
from storage.system import network_keys
from storage.system.network_keys import KeyState

BACKOFF = Backoff((30, 60, 300, 900, 3600))
NAME_CHARS = 16
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """What it counts is kept in the database under a digest of the key, over restarts and for each key apart."""

    network: str
    key: SecretStr
    allowance: Allowance
    database: Database
    clock: Clock
    pace: Pace

    @property
    def name(self) -> str:
        return name_of(self.network, self.key)

    async def state(self) -> KeyState:
        async with self.database.read() as conn:
            return await network_keys.get(conn, self.name)

    async def left(self) -> int:
        """Returns how many of today's units are left."""
        return (await self.state()).left(self.allowance.units, self._now())

    async def try_again(self) -> None:
        """Tries what was refused once in each life of the program."""
        async with self.database.begin() as conn:
            await network_keys.refuse(conn, self.name, None)

    async def spend(self, units: int) -> None:
        """Waits for the turn and counts the request, before it leaves.

        Raises RefusedError, WaitError, SpentError.
        """
        await self.pace.wait()
        now = self._now()
        async with self.database.begin() as conn:
            state = await network_keys.get(conn, self.name)
            if state.refusal is not None:
                raise RefusedError(state.refusal)
            if state.not_before > now:
                raise WaitError(state.not_before - now)
            resets_at = self.allowance.resets_after(now)
            if not await network_keys.spend(
                conn, self.name, units, self.allowance.units, now=now, resets_at=resets_at
            ):
                raise SpentError(state.resets_at - now)

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[None]:
        """Keeps what the block says of the key: refused, to rest, used up; or that all is well again."""
        before = await self.state()
        try:
            yield
        except SourceError as error:
            await self._note(error, before)
            raise
        if before.failures:
            async with self.database.begin() as conn:
                await network_keys.wait_until(conn, self.name, before.not_before, 0)

    async def _note(self, error: SourceError, before: KeyState) -> None:
        now = self._now()
        async with self.database.begin() as conn:
            match error:
                case SpentError():
                    units, resets_at = self.allowance.units, now + error.seconds
                    await network_keys.exhaust(conn, self.name, units, resets_at)
                case WaitError():
                    until = max(before.not_before, now + error.seconds)
                    await network_keys.wait_until(conn, self.name, until, before.failures)
                case RefusedError():
                    await network_keys.refuse(conn, self.name, str(error))
                case AwayError():
                    wait_s = int(BACKOFF.after(before.failures))
                    await network_keys.wait_until(conn, self.name, now + wait_s, before.failures + 1)
                case _:  # of a channel, not of the key
                    return
        log.warning(
            "a network was not read", network=self.network, reason=str(error), kind=type(error).__name__
        )

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def name_of(network: str, key: SecretStr) -> str:
    """Returns what a key goes by in the database, where it can't be read."""
    digest = hashlib.sha256(b"otklik key\0" + key.get_secret_value().encode()).hexdigest()
    return f"{network}:{digest[:NAME_CHARS]}"
