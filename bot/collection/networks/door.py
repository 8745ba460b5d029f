"""The only door to a network: one host, no redirects, bodies of JSON up to 5 MB, short waits, every request counted."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from bot.collection.source import AwayError
from bot.telegram.begun import waiting_elsewhere

MAX_BYTES = 5 * 1024 * 1024
TIMEOUT_S = 10.0
LONGEST_WAIT_S = 24 * 3600
HEADERS = {"User-Agent": "Otklik", "Accept": "application/json", "Accept-Encoding": "identity"}
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """`body`: what the JSON says; None where it is none, which only a refusal may be."""

    status: int
    body: Any
    retry_after_s: int | None


class Door:
    """`spend` is called before a request leaves, with the units it costs; it may raise what `SourceError` has below it."""

    def __init__(
        self, base_url: str, spend: Callable[[int], Awaitable[None]], *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._base = base_url.rstrip("/")
        self._spend = spend
        self._timeout = ClientTimeout(total=timeout_s)

    async def get(
        self, path: str, query: Mapping[str, str | int], headers: Mapping[str, str], *, units: int = 1
    ) -> Reply:
        """Gets an answer. A key goes into `headers`: addresses are written down on their way.

        Raises AwayError.
        """
        return await self._ask("GET", path, units, params=dict(query), headers=dict(headers))

    async def post(self, path: str, form: Mapping[str, str | int], *, units: int = 1) -> Reply:
        """Posts a form, into which a key goes. Raises AwayError."""
        return await self._ask("POST", path, units, data=dict(form))

    async def _ask(self, method: str, path: str, units: int, **said: Any) -> Reply:
        async with waiting_elsewhere():
            await self._spend(units)
            return await self._fetch(method, path, **said)

    async def _fetch(self, method: str, path: str, **said: Any) -> Reply:
        try:
            async with (
                self._session() as session,
                session.request(method, f"{self._base}/{path}", allow_redirects=False, **said) as response,
            ):
                return await _reply(response)
        except (ClientError, TimeoutError, OSError, ValueError, RecursionError) as error:
            log.info("a network is away", path=path, reason=type(error).__name__)
            raise AwayError(type(error).__name__) from None

    def _session(self) -> ClientSession:
        """Opens a session for one request: at a few a second there is nothing to save by keeping it."""
        return ClientSession(
            timeout=self._timeout, headers=HEADERS, auto_decompress=False, cookie_jar=DummyCookieJar()
        )


async def _reply(response: ClientResponse) -> Reply:
    data = await _body(response)
    named = response.headers.get("Retry-After", "")
    retry_after_s = min(int(named), LONGEST_WAIT_S) if named.isascii() and named.isdecimal() else None
    try:
        return Reply(response.status, json.loads(data), retry_after_s)
    except ValueError:
        if response.status == 200:
            raise
        return Reply(response.status, None, retry_after_s)


async def _body(response: ClientResponse) -> bytes:
    if (response.content_length or 0) > MAX_BYTES:
        raise AwayError("too large")
    body = bytearray()
    async for part in response.content.iter_chunked(64 * 1024):
        body += part
        if len(body) > MAX_BYTES:
            raise AwayError("too large")
    return bytes(body)
