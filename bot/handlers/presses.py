"""The message under a pressed button."""

import structlog
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from metrics.errors import DomainError

log = structlog.stdlib.get_logger(__name__)


async def close_press(query: CallbackQuery) -> None:
    """Stop the button's spinner before long work; a press that runs again after a crash was closed already."""
    try:
        await query.answer()
    except TelegramBadRequest as error:
        log.debug("press answered already", reason=error.message)


def pressed_message(query: CallbackQuery) -> Message:
    """Raises DomainError("press.too_old") where Telegram no longer gives the message."""
    if not isinstance(query.message, Message):
        raise DomainError("press.too_old")
    return query.message
