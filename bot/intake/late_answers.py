"""A press that can't be answered any more is no reason to leave what it asked for undone.

Telegram takes answers to a press for a few minutes only. After a restart, or behind a queue, the handler comes later.
"""

from typing import cast

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, Response, TelegramMethod
from aiogram.methods.base import TelegramType

log = structlog.stdlib.get_logger(__name__)


class LateAnswers(BaseRequestMiddleware):
    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            if not (isinstance(method, AnswerCallbackQuery) and "query is too old" in error.message):
                raise
            log.info("a press was answered too late")
            return cast("Response[TelegramType]", True)  # what the method gives
