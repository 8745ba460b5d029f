"""One conversation: what a handler is given beside the event, and filters are, too."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.types import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    TelegramObject,
)

from bot.core.clock import Clock
from bot.core.locales import Html, Translator
from bot.telegram.access import ChatAdmin
from bot.telegram.asking import Asker
from bot.telegram.presses import close_press, pressed_message
from storage.engine import Connection, Database
from storage.workspace.workspaces import Workspace

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Who asks, in which workspace, in which language, now; and how they are answered.

    `event` is what they did: wrote a message, pressed a button, changed somebody's rights.
    """

    bot: Bot
    database: Database
    clock: Clock
    workspace: Workspace
    person: int
    t: Translator
    rights: ChatAdmin
    event: TelegramObject

    @property
    def now(self) -> int:
        """Gives the present moment in Unix seconds."""
        return int(self.clock.now().timestamp())

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo(self.workspace.zone)).date()

    @property
    def is_group(self) -> bool:
        return self.workspace.kind == "group"

    @property
    def message(self) -> Message:
        """Gives what they wrote, or the message whose button they pressed. Raises DomainError("press.too_old")."""
        if isinstance(self.event, CallbackQuery):
            return pressed_message(self.event)
        assert isinstance(self.event, Message)
        return self.event

    @property
    def thread_id(self) -> int | None:
        """Gives the topic they are in; None outside of topics."""
        return self.message.message_thread_id if self.message.is_topic_message else None

    @property
    def key(self) -> str:
        """Names what they did: the same when the update runs again after a crash."""
        if isinstance(self.event, CallbackQuery):
            return f"press {self.event.id}"
        return f"message {self.message.message_id}"

    @property
    def asker(self) -> Asker:
        """Gives who puts questions to them: in a group by a reply to their words, else by their name."""
        place = (self.message, self.database, self.clock, self.workspace, self.person, self.t)
        if isinstance(self.event, CallbackQuery):
            return Asker(*place, name=self.event.from_user.full_name)
        return Asker(*place, said_in=self.message.message_id)

    def read(self) -> AbstractAsyncContextManager[Connection]:
        return self.database.read()

    def begin(self) -> AbstractAsyncContextManager[Connection]:
        return self.database.begin()

    async def reply(self, text: Html | str, markup: Markup = None) -> Message:
        """Writes a message of its own beside theirs; a press is closed first, as an answer may take its time."""
        message = self.message
        await self.close_press()
        return await message.answer(text, reply_markup=markup)

    async def edit(self, text: Html | str, markup: InlineKeyboardMarkup | None = None) -> None:
        """Changes the message whose button they pressed."""
        await self.message.edit_text(text, reply_markup=markup)

    async def close_press(self) -> None:
        """Ends the waiting sign on the button, before long work; nothing where no button was pressed."""
        if isinstance(self.event, CallbackQuery):
            await close_press(self.event)

    def date_of(self, moment: int) -> date:
        """Gives the day on the workspace's calendar."""
        return datetime.fromtimestamp(moment, ZoneInfo(self.workspace.zone)).date()
