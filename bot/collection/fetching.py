"""The only door to public pages: one host, no redirects, small bodies, short waits, one request a second, a cache."""

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from bot.collection.turns import Turns
from bot.core.clock import Clock
from bot.core.limiting import Limit
from bot.core.limits import PAGE_EVERY_S
from bot.telegram.begun import waiting_elsewhere
from metrics.errors import DomainError

MAX_BYTES = 2 * 1024 * 1024
TIMEOUT_S = 10.0
FRESH_S = 15 * 60
KEPT = 200  # pages; a page of today is 10 to 140 KB, kept compressed
BUSY_S = 60.0  # after a 429 that names no time
BUSY_LIMIT_S = 3600.0
GZIP = 31  # zlib's name for the format
# Telegram serves the preview's present markup to browsers; who asks is said behind that.
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Otklik)",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en",
}
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _KeptPage:
    packed: bytes
    etag: str | None
    fetched_at: float


class Fetcher:
    """`await Fetcher("https://t.me", clock).page("s/durov")`. `share`: of the one request a second, with other processes."""

    def __init__(
        self,
        base_url: str,
        clock: Clock,
        *,
        every_s: float = PAGE_EVERY_S,
        timeout_s: float = TIMEOUT_S,
        share: Limit | None = None,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._clock = clock
        self._share = share
        self.turns = Turns(every_s)
        self._timeout = ClientTimeout(total=timeout_s)
        self._quiet_until_s = 0.0
        self._kept: OrderedDict[str, _KeptPage] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def page(self, path: str) -> bytes | None:
        """Returns the page, at most 15 minutes old; None: there is none (404, or a redirect, never followed).

        The slot of a handler that has to wait for it is free for others meanwhile, whichever handler it is.
        Raises DomainError("page.away"), ("page.busy").
        """
        if self.is_fresh(path):
            return await self._of_one_asker(path)
        async with waiting_elsewhere():
            return await self._of_one_asker(path)

    async def _of_one_asker(self, path: str) -> bytes | None:
        """Returns a page that of many who ask for it at once one fetches."""
        lock = self._asking.setdefault(path, asyncio.Lock())
        try:
            async with lock:
                return await self._page(path)
        finally:
            if not lock.locked():
                self._asking.pop(path, None)

    def is_fresh(self, path: str) -> bool:
        """Tells whether the page would be given without asking anybody."""
        known = self._kept.get(path)
        return known is not None and self._now() - known.fetched_at < FRESH_S

    async def _page(self, path: str) -> bytes | None:
        known = self._kept.get(path)
        if known is not None and self.is_fresh(path):
            return _unpacked(known)
        try:
            fetched = await self._fetch(path, known)
        except (ClientError, TimeoutError, zlib.error, OSError) as error:
            log.info("a public page is away", path=path, reason=type(error).__name__)
            raise DomainError("page.away") from None
        if fetched is None:
            self._kept.pop(path, None)
            return None
        self._kept[path] = fetched
        self._kept.move_to_end(path)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return _unpacked(fetched)

    async def _fetch(self, path: str, known: _KeptPage | None) -> _KeptPage | None:
        await self._wait_for_turn()
        asked = {"If-None-Match": known.etag} if known and known.etag else {}
        url = f"{self._base}/{path}"
        async with (
            self._session() as session,
            session.get(url, headers=asked, allow_redirects=False) as response,
        ):
            if response.status == 304 and known is not None:
                return replace(known, fetched_at=self._now())
            if response.status == 429:
                raise self._grow_quiet(response)
            if response.status == 404 or 300 <= response.status < 400:
                return None
            if response.status != 200:
                raise DomainError("page.away")
            body = await _body(response)
            return _KeptPage(zlib.compress(body, 1), response.headers.get("ETag"), self._now())

    async def _wait_for_turn(self) -> None:
        self._refuse_while_quiet()
        await self.turns.take()
        if self._share is not None:
            await self._share.wait()
        self._refuse_while_quiet()

    def _refuse_while_quiet(self) -> None:
        left_s = self._quiet_until_s - time.monotonic()
        if left_s > 0:
            raise _busy(left_s)

    def _grow_quiet(self, response: ClientResponse) -> DomainError:
        named = response.headers.get("Retry-After", "")
        pause_s = min(float(named), BUSY_LIMIT_S) if named.isdecimal() and named.isascii() else BUSY_S
        self._quiet_until_s = time.monotonic() + pause_s
        log.warning("public pages ask for a pause", seconds=pause_s)
        return _busy(pause_s)

    def _session(self) -> ClientSession:
        """Opens a session for one request: at one a second there is nothing to save by keeping it."""
        return ClientSession(
            timeout=self._timeout, headers=HEADERS, auto_decompress=False, cookie_jar=DummyCookieJar()
        )

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _busy(left_s: float) -> DomainError:
    return DomainError("page.busy", minutes=max(1, round(left_s / 60)))


def _unpacked(kept: _KeptPage) -> bytes:
    return zlib.decompress(kept.packed)


async def _body(response: ClientResponse) -> bytes:
    """Returns at most MAX_BYTES, unpacked under the same cap: a small body may unpack to a very large one."""
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "gzip") or (response.content_length or 0) > MAX_BYTES:
        raise DomainError("page.unreadable")
    unpacker = zlib.decompressobj(GZIP) if encoding == "gzip" else None
    body = bytearray()
    async for part in _parts(response):
        body += unpacker.decompress(part, MAX_BYTES + 1 - len(body)) if unpacker else part
        if len(body) > MAX_BYTES:
            raise DomainError("page.unreadable")
    return bytes(body)


def _parts(response: ClientResponse) -> AsyncIterator[bytes]:
    return response.content.iter_chunked(64 * 1024)
