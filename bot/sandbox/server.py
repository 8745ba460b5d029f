"""The sandbox as a server on loopback."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.api import BotApi
from bot.sandbox.defaults import DEFAULT_PORT, DEFAULT_TOKEN
from bot.sandbox.limits import UPLOAD_BYTES
from bot.sandbox.networks.servers import NetworkServer, network_servers
from bot.sandbox.public.serving import PublicPages
from bot.sandbox.side import side_routes
from bot.sandbox.tgstat.serving import Tgstat
from bot.sandbox.world import World

if TYPE_CHECKING:
    from bot.sandbox.mtproto.server import MtprotoServer

__all__ = ["Server", "serve"]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """`async with Server() as server:` listens on `server.url`. Port 0 takes a free one.

    Raises ValueError for an address that is not loopback.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        now: datetime | None = None,
        record: Path | None = None,
        enforce_limits: bool = False,
    ) -> None:
        check_loopback(host)
        self.token = token
        self._host = host
        self._port = port
        self.world = World(token, now=now, record=record)
        self.api = BotApi(self.world, enforce_limits=enforce_limits)
        self.public = PublicPages(self.world)
        self.tgstat = Tgstat(self.world)
        self.networks: dict[str, NetworkServer] = network_servers(self.world.clock)
        self.hooks = self.api.hooks
        self.faults = self.api.faults
        self._runner: web.AppRunner | None = None
        self._mtproto: MtprotoServer | None = None

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def start(self) -> None:
        """Starts to listen. Raises OSError when the port is taken."""
        app = web.Application(middlewares=[guard], client_max_size=UPLOAD_BYTES + (1 << 20))
        app.add_routes([*self.api.routes(), *self.public.routes(), *self.tgstat.routes(), *self._side()])
        for network in self.networks.values():
            app.add_routes(network.routes())
        # No access log: its lines would hold the token. A cut long poll ends at once.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    def _side(self) -> list[web.AbstractRouteDef]:
        return side_routes(self.api, self.public.side, self.networks, self.mtproto, self.tgstat.side)

    async def mtproto(self) -> "MtprotoServer":
        """Returns the server of messages by number, which listens from the first call on.

        Raises ImportError without Telethon.
        """
        if self._mtproto is None:
            from bot.sandbox.mtproto.server import MtprotoServer  # noqa: PLC0415 - most sandboxes need none

            self._mtproto = MtprotoServer(self.world)
            await self._mtproto.start()
        return self._mtproto

    async def stop(self) -> None:
        if self._mtproto is not None:
            await self._mtproto.stop()
        await self.world.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self.world.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


async def serve(
    *,
    token: str = DEFAULT_TOKEN,
    port: int = DEFAULT_PORT,
    now: datetime | None = None,
    record: Path | None = None,
    enforce_limits: bool = False,
    started: asyncio.Future[Server] | None = None,
) -> None:
    """Runs a sandbox until cancelled; `started` is given the server once it listens."""
    async with Server(
        token=token, port=port, now=now, record=record, enforce_limits=enforce_limits
    ) as server:
        if started is not None:
            started.set_result(server)
        await asyncio.Event().wait()


def check_loopback(host: str) -> None:
    """Raises ValueError: a sandbox has no passwords, so nobody else may reach it."""
    if host not in LOOPBACK:
        raise ValueError(f"the sandbox listens on loopback only, not on {host!r}")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses foreign Host names (DNS rebinding) and other sites' pages (Origin)."""
    host = request.headers.get("Host", "")
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return web.Response(status=403, text="the sandbox answers on loopback names only")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return web.Response(status=403, text="the sandbox answers its own page only")
    response = await handler(request)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
    return response
