"""How often something may happen: counted in this process, or in a Redis together with all others.

While that Redis can't be reached each process counts for itself, so that nobody waits for it.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import structlog
from pydantic import SecretStr


@contextmanager
def _unloaded(name: str) -> Iterator[None]:
    """Within the block the library counts as not installed, unless it is loaded already."""
    modules = cast("dict[str, Any]", sys.modules)
    is_loaded = name in modules
    modules.setdefault(name, None)
    try:
        yield
    finally:
        if not is_loaded:
            del modules[name]


with _unloaded("redis"):  # seven megabytes that it would load for everybody
    from throttled.asyncio import MemoryStore, RateLimiterType, RedisStore, Throttled
    from throttled.exceptions import BaseThrottledError

KNOWN = 10_000  # keys counted in memory at the same time; the longest silent one is forgotten first
AWAY_S = 5.0  # without a look at a Redis that did not answer
PATIENCE_S = 0.5  # for its answer
log = structlog.stdlib.get_logger(__name__)


class Limits:
    """`owner`: whose limits they are, for a Redis may serve several bots."""

    def __init__(self, redis_url: SecretStr | None = None, owner: str = "") -> None:
        self._owner = owner
        self._redis: RedisStore | None = None
        if redis_url is not None:
            options = {"SOCKET_TIMEOUT": PATIENCE_S, "SOCKET_CONNECT_TIMEOUT": PATIENCE_S}
            self._redis = RedisStore(server=redis_url.get_secret_value(), options=options)

    @property
    def are_shared(self) -> bool:
        return self._redis is not None

    def make(self, name: str, quota: str) -> "Limit":
        """Makes a limit; `quota` as in «60/m burst 30»."""
        shared = None if self._redis is None else _throttled(quota, self._redis)
        return Limit(f"otklik:{self._owner}:{name}", _throttled(quota, _memory()), shared)

    async def close(self) -> None:
        if self._redis is not None:
            client: Any = self._redis._backend.get_client()  # noqa: SLF001 - the library closes nothing
            await client.aclose(close_connection_pool=True)


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
        self._failures = _failures() if shared is not None else ()

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
            except self._failures as error:
                self._away_until = self._clock() + AWAY_S
                log.warning("limits are not shared for now", reason=type(error).__name__)
        return await _ask(self._own, key)


def _failures() -> tuple[type[Exception], ...]:
    """What a Redis that is away makes of a question."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - for who has one

    return BaseThrottledError, RedisError, OSError


async def _ask(throttled: Throttled, key: str) -> float:
    result = await throttled.limit(key or "all")
    return max(0.001, float(result.state.retry_after)) if result.limited else 0.0


def _memory() -> MemoryStore:
    return MemoryStore(options={"MAX_SIZE": KNOWN})


def _throttled(quota: str, store: MemoryStore | RedisStore) -> Throttled:
    return Throttled(using=RateLimiterType.GCRA.value, quota=quota, store=store, timeout=-1)
