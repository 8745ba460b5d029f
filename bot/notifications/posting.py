"""The calls of the Bot API that a composed message is made of."""

from aiogram import Bot
from aiogram.types import BufferedInputFile, Message, ReplyParameters

from bot.notifications.kind import Composed


async def post_message(bot: Bot, chat_id: int, thread_id: int | None, composed: Composed) -> Message:
    if composed.picture is None:
        return await bot.send_message(
            chat_id, composed.text, message_thread_id=thread_id, reply_markup=composed.markup
        )
    picture = composed.picture
    photo = BufferedInputFile(picture, filename="chart.png") if isinstance(picture, bytes) else picture
    return await bot.send_photo(
        chat_id, photo, caption=composed.text, message_thread_id=thread_id, reply_markup=composed.markup
    )


async def post_document(
    bot: Bot, chat_id: int, thread_id: int | None, document: tuple[str, bytes], *, reply_to: int
) -> Message:
    """Under the message it belongs to, if that is still there."""
    name, content = document
    return await bot.send_document(
        chat_id,
        BufferedInputFile(content, filename=name),
        message_thread_id=thread_id,
        reply_parameters=ReplyParameters(message_id=reply_to, allow_sending_without_reply=True),
    )
