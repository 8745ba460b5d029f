"""What buttons carry. Ids are looked up again at every press: a button proves nothing about who presses it."""

from aiogram.filters.callback_data import CallbackData


class EngagementButton(CallbackData, prefix="er"):
    """Show `/er` of a channel for a period; `period` is a `PeriodChoice.code`."""

    channel: int
    period: str


class ChannelButton(CallbackData, prefix="ch"):
    """`action`: ask_remove, remove, keep, grant, subscribers, follow."""

    action: str
    channel: int


class ImportButton(CallbackData, prefix="im"):
    """`action`: undo, into (an existing channel), new (a channel named after the file), drop (the whole upload)."""

    action: str
    upload: int
    channel: int = 0


class SkipButton(CallbackData, prefix="skip"):
    """Leave a pending question unanswered."""

    channel: int
