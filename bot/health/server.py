"""`/healthz`, `/readyz` and `/metrics` on a port of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.core.instruments import Instruments
from bot.core.languages import environment_language
from bot.core.locales import translator
from bot.core.operating_settings import HealthSettings
from bot.core.roles import Role
from bot.health.watch import Watch
from metrics.errors import DomainError

if TYPE_CHECKING:
    from bot.notifications.sender import Sender
    from bot.notifications.services import Services

STOP_S = 1.0
SHOWN_AS = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
log = structlog.stdlib.get_logger(__name__)


class HealthPages:
    def __init__(self, watch: Watch, instruments: Instruments) -> None:
        self._watch = watch
        self._instruments = instruments
        self._t = translator(environment_language())

    def app(self) -> web.Application:
        made = web.Application()
        made.router.add_get("/healthz", self._lives)
        made.router.add_get("/readyz", self._is_ready)
        made.router.add_get("/metrics", self._metrics)
        return made

    async def _lives(self, _request: web.Request) -> web.Response:
        """That it answers is the answer: the event loop goes round."""
        return web.Response(text=self._t.plain("health.lives") + "\n")

    async def _is_ready(self, _request: web.Request) -> web.Response:
        if reasons := await self._watch.reasons(self._t):
            return web.Response(status=503, text="".join(f"{reason}\n" for reason in reasons))
        return web.Response(text=self._t.plain("health.ready") + "\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        await self._watch.measure(self._instruments)
        return web.Response(body=self._instruments.shown(), headers=SHOWN_AS)


@asynccontextmanager
async def watched(
    services: "Services", role: Role, sender: "Sender | None", stop: asyncio.Event
) -> AsyncIterator[Watch]:
    """Answers within the block. Raises DomainError("health.port_taken")."""
    settings, instruments = services.settings.health, services.instruments
    assert instruments is not None
    watch = Watch(services, role, sender, stop)
    runner = web.AppRunner(HealthPages(watch, instruments).app(), access_log=None, shutdown_timeout=STOP_S)
    await runner.setup()
    try:
        await _listen(runner, settings)
        yield watch
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: HealthSettings) -> None:
    host, port = settings.health_host, settings.health_port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise DomainError("health.port_taken", address=f"{host}:{port}", reason=str(error)) from None
    log.info("showing how it is", host=host, port=port)
