"""What a web server may do to who reads pages: busy, broken, moved, far too large, far too slow."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

HUGE_BYTES = 10 * 1024 * 1024
Trouble = Literal["busy", "broken", "moved", "huge", "packed", "slow", "nested"]


@dataclass(slots=True)
class PublicSide:
    """Requests as they came, and the troubles that wait for the next ones."""

    requests: list[str] = field(default_factory=list)
    waiting: deque[tuple[Trouble, str]] = field(default_factory=deque)

    async def meet(self, request: web.Request) -> web.StreamResponse | None:
        self.requests.append(request.path_qs)
        if not self.waiting:
            return None
        kind, detail = self.waiting.popleft()
        if kind == "slow":
            return await _drip(request)
        return _TROUBLES[kind](detail)


def _busy(detail: str) -> web.Response:
    return web.Response(status=429, headers={"Retry-After": detail} if detail else {})


def _broken(_detail: str) -> web.Response:
    return web.Response(status=502, text="Bad Gateway")


def _moved(detail: str) -> web.Response:
    return web.Response(status=302, headers={"Location": detail})


def _huge(_detail: str) -> web.Response:
    return web.Response(body=b"<!DOCTYPE html><div class='tgme_channel_info'>" + b" " * HUGE_BYTES)


def _packed(_detail: str) -> web.Response:
    """Returns a few kilobytes that unpack to ten megabytes."""
    response = _huge("")
    response.enable_compression(web.ContentCoding.gzip)
    return response


def _nested(_detail: str) -> web.Response:
    return web.Response(body=b"<!DOCTYPE html><div class='tgme_channel_info'>" + b"<div>" * 300_000)


_TROUBLES: dict[str, Callable[[str], web.Response]] = {
    "busy": _busy,
    "broken": _broken,
    "moved": _moved,
    "huge": _huge,
    "packed": _packed,
    "nested": _nested,
}


async def _drip(request: web.Request) -> web.StreamResponse:
    """Sends a byte now and then, for ever."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"<")
        await asyncio.sleep(0.05)
