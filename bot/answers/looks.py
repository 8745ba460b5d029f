"""Answers about one channel over a period that lead to each other by buttons: how each is asked for, shown and changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, InputMediaPhoto, Message

from bot.answers.asked import asked
from bot.answers.report import Report
from bot.core.jobs import Job
from bot.core.parsing.periods import PeriodChoice, from_code
from bot.core.workers import Workers
from bot.telegram import keyboards
from bot.telegram.callbacks import LookButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from storage.engine import Connection
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

Request = TypeVar("Request")
Gather = Callable[[Connection, Workspace, Channel, PeriodChoice, int], Awaitable[Request]]


class Put(Protocol):
    """Shows a report: `show` or `replace`."""

    async def __call__(
        self, chat: Conversation, report: Report, markup: InlineKeyboardMarkup, *, name: str
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Look(Generic[Request]):
    """`what`: the command; `usual`: the period of who names none; `gather`, `build`: from storage to a request to a report."""

    what: str
    usual: PeriodChoice
    gather: Gather[Request]
    build: Job[Request, Report]

    def routes(self, workers: Workers) -> Router:
        """Makes the router of a feature that is this look: its command, and its buttons under every look."""
        router = Router(name=self.what)
        router.message.register(self.answer, Command(self.what))
        router.callback_query.register(self.press, LookButton.filter(F.what == self.what), visible_channel)
        return with_parts(router, workers=workers)

    async def answer(
        self, _message: Message, chat: Conversation, command: CommandObject, workers: Workers
    ) -> None:
        """Answers with the channel that is named, or asks which. Raises what `asked` and `gather` raise."""
        found = await asked(chat, command.args)
        period = found.period or self.usual
        if len(found.channels) > 1:
            picks = keyboards.pick_to_look(self.what, found.channels, period)
            await chat.reply(keyboards.which(chat.t, found.channels, self.what), picks)
            return
        await self._put(chat, workers, found.channels[0], period, show)

    async def press(
        self,
        _query: CallbackQuery,
        chat: Conversation,
        callback_data: LookButton,
        channel: Channel,
        workers: Workers,
    ) -> None:
        """Shows another period in place of the one that stood there, or the answer in a message of its own."""
        period = from_code(callback_data.period) if callback_data.period else self.usual
        put = show if callback_data.is_new else replace
        await self._put(chat, workers, channel, period, put)

    async def _put(
        self, chat: Conversation, workers: Workers, channel: Channel, period: PeriodChoice, put: Put
    ) -> None:
        async with chat.read() as conn:
            request = await self.gather(conn, chat.workspace, channel, period, chat.now)
        report = await workers.run(self.build, request)
        await put(chat, report, keyboards.looks(chat.t, self.what, channel, period), name=self.what)


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
