"""Updates fetched from Telegram: a batch, one commit, the next offset."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.core.tasks import unless_stopped
from bot.telegram import said
from bot.telegram.inbox import Inbox, Patience
from bot.telegram.raw_updates import ALLOWED_UPDATES
from metrics.errors import DomainError
from storage.engine import StorageError

POLL_S = 30
log = structlog.stdlib.get_logger(__name__)


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` as it came: one update of a shape that the library does not know can't spoil its whole batch."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None
    timeout: int = POLL_S
    allowed_updates: Sequence[str] = ALLOWED_UPDATES


class Polling:
    def __init__(self, bot: Bot, inbox: Inbox, patience: Patience | None = None) -> None:
        self._bot = bot
        self._inbox = inbox
        self._patience = patience or Patience()
        self._offset: int | None = None
        self._reached_s = time.time()

    @property
    def silent_s(self) -> float:
        """Since when Telegram has not answered."""
        return time.time() - self._reached_s

    async def run(self, stop: asyncio.Event) -> None:
        """Fetches until `stop`. Raises DomainError("telegram.bad_token") when Telegram refuses the token."""
        failures = 0
        while not stop.is_set():
            try:
                await unless_stopped(stop, self._inbox.room())
                if updates := await unless_stopped(stop, self._fetch()):
                    await self._inbox.keep(updates)
                    self._offset = int(updates[-1]["update_id"]) + 1
                failures = 0
                # Real time: Telegram drops what nobody fetched for a day, whatever time the bot is told to live in.
                away_s, self._reached_s = time.time() - self._reached_s, time.time()
                await self._inbox.note_absence(away_s)
            except (TelegramUnauthorizedError, TelegramNotFound):
                raise DomainError("telegram.bad_token") from None
            except (AiogramError, StorageError) as error:
                delay_s = await self._after(error, failures)
                failures += 1
                await unless_stopped(stop, asyncio.sleep(delay_s))

    async def _fetch(self) -> list[dict[str, Any]]:
        return await self._bot(GetRawUpdates(offset=self._offset), request_timeout=POLL_S + 10)

    async def _after(self, error: Exception, failures: int) -> float:
        """Returns the seconds to wait after an error."""
        if isinstance(error, TelegramRetryAfter):
            return error.retry_after
        backoff = self._patience.trouble
        if not isinstance(error, TelegramConflictError):
            log.warning("no updates for now", reason=str(error), failures=failures + 1)
        elif said.says(error, said.WEBHOOK_IS_SET):
            await self._take_webhook_back()
        else:
            log.error(
                "another program reads this bot's updates: stop it, or give this one a token of its own",
                reason=str(error),
            )
            backoff = self._patience.conflict
            await self._note_conflict()
        return backoff.spread_after(failures)

    async def _note_conflict(self) -> None:
        try:
            await self._inbox.note_conflict()
        except StorageError as failure:
            log.warning("the conflict is not written down", reason=str(failure))

    async def _take_webhook_back(self) -> None:
        """Takes back a webhook of a time when WEBHOOK_URL was set. Updates that wait stay."""
        log.warning("taking back the webhook of an earlier setting: WEBHOOK_URL is empty")
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except AiogramError as error:
            log.warning("the webhook is still there", reason=str(error))
