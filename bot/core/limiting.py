"""How often something may happen: counted in this process, or in a Redis together with all others.

While that Redis can't be reached each process counts for itself, so that nobody waits for it.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from pydantic import SecretStr
from throttled.asyncio import MemoryStore, RateLimiterType, RedisStore, Throttled
from throttled.exceptions import BaseThrottledError

KNOWN = 10_000  # keys counted in memory at the same time; the longest silent one is forgotten first
AWAY_S = 5.0  # without a look at a Redis that did not answer
PATIENCE_S = 0.5  # for its answer
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """`owner`: whose limits they are, for a Redis may serve several bots."""

    redis_url: SecretStr | None = None
    owner: str = ""

    @property
    def are_shared(self) -> bool:
        return self.redis_url is not None

    def make(self, name: str, quota: str) -> "Limit":
        """Makes a limit; `quota` as in «60/m burst 30»."""
        shared = None
        if self.redis_url is not None:
            options = {"SOCKET_TIMEOUT": PATIENCE_S, "SOCKET_CONNECT_TIMEOUT": PATIENCE_S}
            store = RedisStore(server=self.redis_url.get_secret_value(), options=options)
            shared = _throttled(quota, store)
        return Limit(f"otklik:{self.owner}:{name}", _throttled(quota, _memory()), shared)


class Limit:
    def __init__(
        self,
        name: str,
        own: Throttled,
        shared: Throttled | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._own = own
        self._shared = shared
        self._clock = clock
        self._away_until = 0.0

    async def wait(self, key: str = "") -> None:
        """Waits until it may happen; it counts."""
        wait_s = await self.wait_s(key)
        while wait_s:
            await asyncio.sleep(wait_s)
            wait_s = await self.wait_s(key)

    async def wait_s(self, key: str = "") -> float:
        """Returns 0 where it may happen now, and counts it; else counts nothing, and returns the seconds until it may."""
        if self._shared is not None and self._clock() >= self._away_until:
            try:
                return await _ask(self._shared, f"{self._name}:{key}")
            except (BaseThrottledError, OSError) as error:
                self._away_until = self._clock() + AWAY_S
                log.warning("limits are not shared for now", reason=type(error).__name__)
        return await _ask(self._own, key)


async def _ask(throttled: Throttled, key: str) -> float:
    result = await throttled.limit(key or "all")
    return max(0.001, float(result.state.retry_after)) if result.limited else 0.0


def _memory() -> MemoryStore:
    return MemoryStore(options={"MAX_SIZE": KNOWN})


def _throttled(quota: str, store: MemoryStore | RedisStore) -> Throttled:
    return Throttled(using=RateLimiterType.GCRA.value, quota=quota, store=store, timeout=-1)
