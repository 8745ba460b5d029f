"""The message that says «Читаю…» and becomes what was understood; the person may have deleted it meanwhile."""

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardMarkup, Message

from bot.telegram import said


async def say(status: Message, text: str, markup: InlineKeyboardMarkup | None = None) -> bool:
    """Says it in the status message, or anew where that was deleted; False if it says that already."""
    try:
        await status.edit_text(text, reply_markup=markup)
    except TelegramBadRequest as error:
        if said.says(error, said.NOT_MODIFIED):
            return False
        if not said.says(error, said.NOTHING_TO_EDIT):
            raise
        await status.answer(text, reply_markup=markup)
    return True


def own_message(beside: Message, message_id: int) -> Message:
    """Returns a handle on an earlier message there: enough to edit it and to answer beside it.

    It is of the same chat and topic.
    """
    return beside.model_copy(update={"message_id": message_id, "document": None})
