"""A press is answered once: who knows whether it was, and what a refusal means.

Telegram takes one answer to a press, and takes it for a few minutes only. After a restart, or behind a queue, the handler
comes later: that is no reason to leave what was asked for undone.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import cast

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.telegram import said

log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True)
class Press:
    """The press that is being handled. Closed: whatever is left to say of it needs a message of its own."""

    query_id: str
    is_closed: bool = False
    is_late: bool = False  # nothing that was answered has reached the person


_pressed: ContextVar[Press | None] = ContextVar("pressed", default=None)


def begin_press(query_id: str) -> Press:
    """Begins a press for the task that handles it, and the tasks that this one starts."""
    press = Press(query_id)
    _pressed.set(press)
    return press


class LateAnswers(BaseRequestMiddleware):
    """Every answer to a press goes through here, whoever sends it."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        query_id = method.callback_query_id if isinstance(method, AnswerCallbackQuery) else None
        if query_id is None:
            return await make_request(bot, method)
        press = _pressed.get()
        if press is None or press.query_id != query_id:
            press = Press(query_id)
        try:
            response = await make_request(bot, method)
        except TelegramBadRequest as error:
            if not said.says(error, said.LATE_PRESS):
                raise
            log.info("a press was answered too late")
            press.is_closed = press.is_late = True
            return cast("Response[TelegramType]", True)  # what the method gives
        press.is_closed = True
        return response
