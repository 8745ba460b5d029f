"""A report as a message: its picture with the words under it, or words alone."""

from typing import Protocol

from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputMediaPhoto

from bot.answers.report import Report
from bot.telegram.conversation import Conversation


class Put(Protocol):
    """Shows a report: `show` or `replace`."""

    async def __call__(
        self, chat: Conversation, report: Report, markup: InlineKeyboardMarkup, *, name: str
    ) -> None: ...


async def show(chat: Conversation, report: Report, markup: InlineKeyboardMarkup, *, name: str) -> None:
    """Writes a message of its own; `name` is that of the picture's file."""
    await chat.close_press()
    if report.picture is None:
        await chat.message.answer(report.text, reply_markup=markup)
    else:
        await chat.message.answer_photo(_file(report.picture, name), caption=report.text, reply_markup=markup)


async def replace(chat: Conversation, report: Report, markup: InlineKeyboardMarkup, *, name: str) -> None:
    """Changes the pressed message, picture and words together; writes a new one where only one of the two has a picture."""
    shown = chat.message
    if report.picture is not None and shown.photo:
        media = InputMediaPhoto(media=_file(report.picture, name), caption=report.text)
        await shown.edit_media(media, reply_markup=markup)
    elif report.picture is None and not shown.photo:
        await chat.edit(report.text, markup)
    else:
        await show(chat, report, markup, name=name)


def _file(picture: bytes, name: str) -> BufferedInputFile:
    return BufferedInputFile(picture, filename=f"{name}.png")
