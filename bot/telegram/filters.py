"""Rights and places as filters, so that a handler's decorator shows what it asks for.

A filter of rights raises where they are missing: whoever asked is told why.
"""

import re
from collections.abc import Callable
from typing import Any, Protocol

from aiogram import Bot
from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message, TelegramObject
from magic_filter import MagicFilter

from bot.core.parsing.how import asks_how
from bot.telegram.conversation import Conversation
from bot.telegram.questions import TAKES_FORWARDS, TAKES_PLACES, QuestionKind, may_answer
from metrics.errors import DomainError
from storage.workspace import channels, questions
from storage.workspace.channels import Channel


class _OfChannel(Protocol):
    @property
    def channel(self) -> int: ...


async def admin_only(_event: TelegramObject, chat: Conversation) -> bool:
    """Passes a group's admins, and anybody in private.

    Raises DomainError("access.admins_only"), ("access.admins_named"), ("access.writes_as_channel").
    """
    await chat.rights.require()
    return True


async def visible_channel(
    _event: TelegramObject, callback_data: _OfChannel, chat: Conversation
) -> dict[str, Channel]:
    """Hands on `channel`. Raises DomainError("channel.gone") for one this chat can't see, whoever's it is."""
    async with chat.read() as conn:
        channel = await channels.get(conn, chat.workspace.id, callback_data.channel)
    if channel is None:
        raise DomainError("channel.gone")
    return {"channel": channel}


async def own_channel(
    query: CallbackQuery, callback_data: _OfChannel, chat: Conversation
) -> dict[str, Channel]:
    """Hands on `channel`. Raises DomainError("channel.gone") for one that isn't the chat's own."""
    found = await visible_channel(query, callback_data, chat)
    if found["channel"].level != "own":
        raise DomainError("channel.gone")
    return found


async def is_for_bot(message: Message, chat: Conversation) -> bool:
    """Passes what is said in private, and in a group what names the bot or replies to it."""
    if not chat.is_group:
        return True
    me = await chat.bot.me()
    if is_reply_to(chat.bot, message):
        return True
    return f"@{me.username}".lower() in (message.text or message.caption or "").lower()


def without_name(text: str, name: str, instead: str = " ") -> str:
    """Returns a text without the bot's own @name, which is nobody that is asked about."""
    return re.sub(rf"@{name}\b", instead, text, flags=re.IGNORECASE).strip()


class AnswerTo(Filter):
    """Passes what may answer a question of this kind that the person was asked; hands on its `payload`."""

    def __init__(self, kind: QuestionKind) -> None:
        self._kind = kind

    async def __call__(self, message: Message, chat: Conversation) -> bool | dict[str, Any]:
        if not _may_answer(message, self._kind):
            return False
        if chat.is_group and not is_reply_to(chat.bot, message):  # people answer each other's numbers, too
            return False
        async with chat.read() as conn:
            question = await questions.pending(conn, chat.workspace.id, chat.person)
        if question is None or question.kind != self._kind:
            return False
        return {"payload": question.payload}


class AsksHow(Filter):
    """Passes «почему?», «как посчитано?» in reply to a message of the bot that has such a button, as if it were pressed;
    hands on `callback_data`.
    """

    def __init__(
        self,
        button: type[CallbackData],
        rule: MagicFilter | None = None,
        asks: Callable[[str], bool] = asks_how,
    ) -> None:
        self._button, self._rule, self._asks = button, rule, asks

    async def __call__(self, message: Message, chat: Conversation) -> bool | dict[str, Any]:
        replied = message.reply_to_message
        if replied is None or not is_reply_to(chat.bot, message) or not self._asks(message.text or ""):
            return False
        rows = replied.reply_markup.inline_keyboard if replied.reply_markup else []
        for button in (one for row in rows for one in row if one.callback_data):
            if found := self._carried(button.callback_data or ""):
                return {"callback_data": found}
        return False

    def _carried(self, data: str) -> CallbackData | None:
        try:
            found = self._button.unpack(data)
        except (TypeError, ValueError):
            return None
        return found if self._rule is None or self._rule.resolve(found) else None


def _may_answer(message: Message, kind: QuestionKind) -> bool:
    if message.location:
        return kind in TAKES_PLACES
    if message.forward_origin:
        return kind in TAKES_FORWARDS
    return may_answer(kind, message.text or "/")


def is_reply_to(bot: Bot, message: Message) -> bool:
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot.id)
