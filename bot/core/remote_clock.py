"""The sandbox's clock: the bot that is tried out lives in the time somebody sets there, and ticks when it is set."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

TIMEOUT_S = 60
RETRY_S = 1.0
CLIENT = "bot"
log = structlog.stdlib.get_logger(__name__)


class RemoteClock:
    def __init__(self, url: str) -> None:
        self._url = url
        self._version = -1
        self._stands_at: datetime | None = None
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._stands_at or datetime.now(UTC) + self._ahead

    @property
    def flows(self) -> bool:
        """Nobody has put it anywhere."""
        return self._stands_at is None

    async def set_first(self) -> None:
        """Takes the time there is. Raises aiohttp.ClientError when the clock is not there."""
        async with ClientSession(timeout=ClientTimeout(total=TIMEOUT_S)) as session:
            await self._follow(session)

    async def follow(self, tick: Callable[[], Awaitable[None]]) -> None:
        """Waits for ever: for the time to be set, then ticks and says that it was done."""
        async with ClientSession(timeout=ClientTimeout(total=TIMEOUT_S)) as session:
            while True:
                try:
                    if await self._follow(session):
                        await tick()
                        await self._acknowledge(session)
                except (ClientError, TimeoutError) as error:
                    log.info("the clock is away", reason=str(error))
                    await asyncio.sleep(RETRY_S)

    async def _follow(self, session: ClientSession) -> bool:
        """Tells whether the time was set since the last version."""
        async with session.get(self._url, params={"client": CLIENT, "after": self._version}) as response:
            response.raise_for_status()
            state: dict[str, Any] = await response.json()
        moment = datetime.fromisoformat(state["now"]).astimezone(UTC)
        self._stands_at = None if state.get("flows") else moment
        self._ahead = moment - datetime.now(UTC)
        changed = int(state["version"]) != self._version
        self._version = int(state["version"])
        return changed

    async def _acknowledge(self, session: ClientSession) -> None:
        async with session.post(
            f"{self._url}/ack", json={"client": CLIENT, "version": self._version}
        ) as response:
            response.raise_for_status()
