"""What befalls who asks a network: errors by code, a quota that ends, a server that is broken, slow, far too talkative."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

HUGE_BYTES = 6 * 1024 * 1024
SERVER = ("broken", "moved", "huge", "nonsense", "busy", "slow", "cut")


@dataclass(frozen=True, slots=True)
class NetworkRequest:
    """One request. `said`: its parameters without the key; `is_key_in_address`: the key was where it is written down."""

    method: str
    said: Mapping[str, str]
    is_key_in_address: bool


@dataclass(slots=True)
class NetworkSide:
    """`good_keys`: empty lets any key in. `day_s`, `quota`: how much each of its days allows; None: no end."""

    asked: list[NetworkRequest] = field(default_factory=list)
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    good_keys: frozenset[str] = frozenset()
    quota: int | None = None
    spent: int = 0
    spent_on: str = ""

    def take(self) -> tuple[str, str] | None:
        """Takes the trouble of this request: its kind, and a code or another detail; None without one."""
        return self.waiting.popleft() if self.waiting else None

    def is_spent(self, day: str, units: int = 1) -> bool:
        """Counts the request on that day; True where it is one too many."""
        if day != self.spent_on:
            self.spent, self.spent_on = 0, day
        self.spent += units
        return self.quota is not None and self.spent > self.quota


async def meet(request: web.Request, kind: str, detail: str) -> web.StreamResponse:
    """Answers as a server does that is not the network's own."""
    match kind:
        case "busy":
            return web.Response(status=429, headers={"Retry-After": detail} if detail else {})
        case "moved":
            return web.Response(status=302, headers={"Location": detail})
        case "huge":
            return web.Response(body=b'{"response": "' + b" " * HUGE_BYTES + b'"}')
        case "nonsense":
            return web.Response(text=detail or "<html>not JSON</html>")
        case "cut":
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        case "slow":
            await asyncio.Event().wait()
            raise AssertionError
        case _:
            return web.Response(status=502, text="Bad Gateway")
