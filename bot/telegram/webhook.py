"""Updates sent by Telegram to an address of ours: kept, then acknowledged.

TLS ends at a proxy before this; without the secret nothing is read. Refusing with 503 is safe: Telegram keeps an update
for a day, sends it again, and sends nothing else of its chat before.
"""

import asyncio
import hashlib
import hmac
import json
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNotFound, TelegramUnauthorizedError
from aiohttp import web

from bot.core.answering_settings import WebhookSettings
from bot.core.backoff import Backoff
from bot.core.tasks import unless_stopped
from bot.telegram.inbox import Inbox
from bot.telegram.raw_updates import ALLOWED_UPDATES
from metrics.errors import DomainError
from storage.engine import StorageError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
BODY_BYTES = 1 << 20
CONNECTIONS = 40
BUSY_S = 5  # after which Telegram is to come again
STOP_S = 5.0
BACKOFF = Backoff((1.0, 2.0, 5.0, 10.0, 30.0))
log = structlog.stdlib.get_logger(__name__)


class Webhook:
    def __init__(self, bot: Bot, inbox: Inbox, settings: WebhookSettings) -> None:
        self._bot = bot
        self._inbox = inbox
        self._settings = settings
        self._secret = secret_of(settings, bot.token)

    async def run(self, stop: asyncio.Event) -> None:
        """Serves until `stop`.

        Raises DomainError("webhook.refused"), ("webhook.port_taken"), ("telegram.bad_token").
        """
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_post(self._settings.path, self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_S)
        await runner.setup()
        try:
            await self._listen(runner)
            await unless_stopped(stop, self._announce())
            await stop.wait()
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        host, port = self._settings.webhook_host, self._settings.webhook_port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise DomainError("webhook.port_taken", address=f"{host}:{port}", reason=str(error)) from None
        log.info("listening", host=host, port=port)

    async def _announce(self) -> None:
        """Tells Telegram where to send; while it is away, again and again."""
        failures = 0
        while True:
            try:
                await self._bot.set_webhook(
                    str(self._settings.webhook_url),
                    secret_token=self._secret,
                    allowed_updates=list(ALLOWED_UPDATES),
                    max_connections=CONNECTIONS,
                )
            except (TelegramUnauthorizedError, TelegramNotFound):
                raise DomainError("telegram.bad_token") from None
            except TelegramBadRequest as error:
                raise DomainError("webhook.refused", reason=error.message) from None
            except AiogramError as error:
                log.warning("the webhook is not set for now", reason=str(error))
                await asyncio.sleep(BACKOFF.after(failures))
                failures += 1
            else:
                return

    async def _take(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return web.Response(status=401)
        if self._inbox.is_full:
            return _later()
        update = _parsed(await request.read())
        if update is None:
            return web.Response(status=400)
        try:
            await self._inbox.keep([update])
        except StorageError as error:
            log.warning("an update could not be kept", reason=str(error))
            return _later()
        return web.Response()


def secret_of(settings: WebhookSettings, token: str) -> str:
    """Returns the secret as set; else one that follows from the token, and from which the token does not."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    known = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if known else None


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(BUSY_S)})
