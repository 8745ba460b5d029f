"""How far a history is, told in the chat it is read for: one message, which changes."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import InlineKeyboardMarkup

from bot.core.locales import Html, Translator, translator
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from metrics.periods import local_date
from storage.engine import Connection, Database
from storage.workspace import channels

EVERY_S = 3.0  # between changes of one message
log = structlog.stdlib.get_logger(__name__)


class Progress(Protocol):
    """How far a history is."""

    @property
    def channel_id(self) -> int: ...

    @property
    def done_at(self) -> int | None: ...

    @property
    def found(self) -> int: ...

    @property
    def oldest_at(self) -> int | None: ...

    @property
    def told_in(self) -> int | None: ...


class Row(Protocol):
    """A channel in the workspace it is read for. `place`: the workspace's chat; `posts_code`: of what it publishes."""

    @property
    def workspace_id(self) -> int: ...

    @property
    def title(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def zone(self) -> str: ...

    @property
    def place(self) -> int: ...

    @property
    def posts_code(self) -> str: ...

    @property
    def progress(self) -> Progress: ...


@dataclass
class Telling:
    """`note_told` keeps which message of a chat tells of the channel."""

    bot: Bot
    database: Database
    note_told: Callable[[Connection, int, int], Awaitable[None]]
    clock: Callable[[], float] = time.monotonic
    _told_at: dict[int, float] = field(default_factory=dict, init=False)

    def may_tell(self, channel_id: int) -> bool:
        """Tells whether the last change of its message is long enough ago."""
        told_at = self._told_at.get(channel_id)
        return told_at is None or self.clock() - told_at >= EVERY_S

    async def tell_progress(self, row: Row) -> None:
        """Tells how far it is, or that it is read."""
        channel_id, is_done = row.progress.channel_id, row.progress.done_at is not None
        self._told_at[channel_id] = self.clock()
        t = translator(row.language)
        await self._say(row, _progress(row, t), await self._button(row, t) if is_done else None)
        if is_done:
            self._told_at.pop(channel_id, None)

    async def tell_no_views(self, row: Row) -> None:
        await self._say(row, translator(row.language)("exact.no_views", title=row.title), None)

    async def _say(self, row: Row, text: Html, markup: InlineKeyboardMarkup | None) -> None:
        """Says it in the chat; one that can't be written to misses nothing: the figures are there."""
        told_in = row.progress.told_in
        try:
            if told_in is not None:
                await self.bot.edit_message_text(
                    text, chat_id=row.place, message_id=told_in, reply_markup=markup
                )
                return
            said = await self.bot.send_message(
                row.place, text, reply_markup=markup, disable_notification=True
            )
        except TelegramAPIError as error:
            log.info("nobody could be told of a history", channel=row.progress.channel_id, reason=str(error))
            return
        async with self.database.begin() as conn:
            await self.note_told(conn, row.progress.channel_id, said.message_id)

    async def _button(self, row: Row, t: Translator) -> InlineKeyboardMarkup | None:
        async with self.database.read() as conn:
            channel = await channels.get(conn, row.workspace_id, row.progress.channel_id)
        return keyboards.show_engagement(t, channel, PeriodChoice(days=30)) if channel else None


def _progress(row: Row, t: Translator) -> Html:
    progress = row.progress
    if progress.oldest_at is None:
        return t("exact.loaded_nothing" if progress.done_at is not None else "exact.begun", title=row.title)
    since = t.date(local_date(progress.oldest_at, ZoneInfo(row.zone)), year=True)
    key = "exact.loaded" if progress.done_at is not None else "exact.loading"
    return t(key, title=row.title, posts=t.plural(row.posts_code, progress.found), since=since)
