"""The message under a pressed button, and its spinner.

Nobody else answers presses: `middlewares.Presses` closes what a handler left open, and `errors.tell` says what failed,
beside the press or, where that is closed already, in a message.
"""

import structlog
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message

from metrics.errors import DomainError

log = structlog.stdlib.get_logger(__name__)


async def close_press(query: CallbackQuery) -> None:
    """Stops the button's spinner, before long work; what was asked for is done even if that fails."""
    try:
        await query.answer()
    except TelegramAPIError as error:
        log.info("a press is not closed", reason=error.message)


def pressed_message(query: CallbackQuery) -> Message:
    """Returns the pressed message.

    Raises DomainError("press.too_old") where Telegram no longer gives the message.
    """
    if not isinstance(query.message, Message):
        raise DomainError("press.too_old")
    return query.message
