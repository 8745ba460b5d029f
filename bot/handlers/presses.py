"""The message under a pressed button."""

from aiogram.types import CallbackQuery, Message

from metrics.errors import DomainError


def pressed_message(query: CallbackQuery) -> Message:
    """Raises DomainError("press.too_old") where Telegram no longer gives the message."""
    if not isinstance(query.message, Message):
        raise DomainError("press.too_old")
    return query.message
