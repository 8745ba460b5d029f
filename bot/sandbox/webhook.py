"""Webhook delivery: order kept per chat, the next update of a chat only after 2xx to the one before.

After a failure: at once, then 2, 4, 8 ... 60 s; a Retry-After header of the answer goes before that.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.clock import SandboxClock
from bot.sandbox.membership import Json
from bot.sandbox.updates import UpdateQueue

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the name of a header
LONGEST_PAUSE_S = 60.0
LONGEST_RETRY_AFTER_S = 3600.0
ANSWER_WITHIN_S = 60.0

# Runs a Bot API method that came as the answer to an update.
Reply = Callable[[aiohttp.ClientResponse], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    url: str
    secret: str = ""
    max_connections: int = 40


class Webhook:
    """`first_pause_s` is the second retry's pause; the first retry is at once."""

    def __init__(self, queue: UpdateQueue, clock: SandboxClock, *, first_pause_s: float = 2.0) -> None:
        self._queue = queue
        self._clock = clock
        self._settings = WebhookSettings("")
        self._task: asyncio.Task[None] | None = None
        self._last_error: tuple[int, str] | None = None
        self.first_pause_s = first_pause_s
        self.reply: Reply | None = None

    async def start(self, settings: WebhookSettings) -> None:
        await self.stop()
        self._settings = settings
        self._queue.webhook_url = settings.url
        self._queue.changed.beat()
        self._task = asyncio.get_running_loop().create_task(self._run(settings))

    async def stop(self) -> None:
        self._queue.webhook_url = ""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    def info(self) -> Json:
        if not self._queue.webhook_url:
            return {}
        info: Json = {"max_connections": self._settings.max_connections, "ip_address": "127.0.0.1"}
        if self._last_error:
            info["last_error_date"], info["last_error_message"] = self._last_error
        return info

    async def _run(self, settings: WebhookSettings) -> None:
        busy: set[str] = set()
        gate = asyncio.Semaphore(settings.max_connections)
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)) as session,
            asyncio.TaskGroup() as chains,
        ):
            while True:
                for update in self._queue.waiting():
                    if (chain := chain_of(update)) not in busy:
                        busy.add(chain)
                        chains.create_task(self._deliver_chain(session, gate, chain, busy))
                await self._queue.wait_past(self._queue.newest_id)

    async def _deliver_chain(
        self, session: aiohttp.ClientSession, gate: asyncio.Semaphore, chain: str, busy: set[str]
    ) -> None:
        """Delivers one chat's updates in order until none is left."""
        failures = 0
        while update := next((one for one in self._queue.waiting() if chain_of(one) == chain), None):
            async with gate:
                pause_s = await self._deliver(session, update, failures)
            if pause_s is None:
                self._queue.confirm(update["update_id"])
                failures = 0
            else:
                failures += 1
                await asyncio.sleep(pause_s)
        busy.discard(chain)

    async def _deliver(self, session: aiohttp.ClientSession, update: Json, failures: int) -> float | None:
        """Delivers an update; returns None when it was taken, else the seconds until the next attempt."""
        headers = {SECRET_HEADER: self._settings.secret} if self._settings.secret else {}
        try:
            async with session.post(self._settings.url, json=update, headers=headers) as response:
                if response.status // 100 == 2:
                    if self.reply is not None:
                        await self.reply(response)
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "")
                if asked.isdigit():
                    return min(float(asked), LONGEST_RETRY_AFTER_S)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
        return 0.0 if failures == 0 else min(self.first_pause_s * 2 ** (failures - 1), LONGEST_PAUSE_S)

    def _failed(self, what: str) -> None:
        self._last_error = (self._clock.unix(), what)
        log.info("%s at %s", what, time.strftime("%H:%M:%S"))


def chain_of(update: Json) -> str:
    """Returns the chain that an update keeps its order in: a chat's, else a user's."""
    body: Json = next((value for name, value in update.items() if name != "update_id"), {})
    place = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or {}
    return str(place.get("id", ""))
