"""Calls of the Bot API that failed for a passing reason are made again, within bounds.

A chat that Telegram told to wait is waited for alone: others go on. A message is never sent twice: only calls that may
be repeated are, and any call whose connection was not even made.
"""

import asyncio
import re

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError

from bot.core.backoff import Backoff

ATTEMPTS = 4
LONGEST_WAIT_S = 60.0
BACKOFF = Backoff((0.5, 1.0, 2.0))
_REPEATABLE = re.compile("get|set|edit|delete|answerCallbackQuery|sendChatAction")
log = structlog.stdlib.get_logger(__name__)


class Retries(BaseRequestMiddleware):
    def __init__(
        self,
        *,
        attempts: int = ATTEMPTS,
        backoff: Backoff = BACKOFF,
        longest_wait_s: float = LONGEST_WAIT_S,
    ) -> None:
        self._attempts = attempts
        self._backoff = backoff
        self._longest_wait_s = longest_wait_s
        self._free_at: dict[str, float] = {}  # by the event loop's clock

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Returns the answer of a call, tried again within bounds. Raises what the last attempt raised."""
        if method.__api_method__ == "getUpdates":  # the intake has its own patience
            return await make_request(bot, method)
        for attempt in range(self._attempts - 1):
            await self._wait_for_turn(method)
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._hold(method, error.retry_after)
            except (TelegramServerError, TelegramNetworkError) as error:
                if not _may_repeat(method, error):
                    raise
                log.info("called again", method=method.__api_method__, reason=str(error))
                await asyncio.sleep(self._backoff.after(attempt))
        await self._wait_for_turn(method)
        return await make_request(bot, method)

    def _hold(self, method: TelegramMethod[TelegramType], retry_after_s: float) -> None:
        log.warning("told to wait", method=method.__api_method__, seconds=retry_after_s)
        now = asyncio.get_running_loop().time()
        self._free_at = {place: at for place, at in self._free_at.items() if at > now}
        self._free_at[_place(method)] = now + retry_after_s

    async def _wait_for_turn(self, method: TelegramMethod[TelegramType]) -> None:
        """Raises TelegramRetryAfter, without a call, when somebody would wait too long."""
        now = asyncio.get_running_loop().time()
        wait_s = self._free_at.get(_place(method), now) - now
        if wait_s > self._longest_wait_s:
            raise TelegramRetryAfter(method, "this chat has been told to wait", retry_after=int(wait_s) + 1)
        if wait_s > 0:
            await asyncio.sleep(wait_s)


def _place(method: TelegramMethod[TelegramType]) -> str:
    """Returns what Telegram counts: a chat, or a method that belongs to none."""
    return str(getattr(method, "chat_id", None) or method.__api_method__)


def _may_repeat(method: TelegramMethod[TelegramType], error: Exception) -> bool:
    return bool(_REPEATABLE.match(method.__api_method__)) or isinstance(error.__cause__, ClientConnectorError)
