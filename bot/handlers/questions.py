"""A filter for messages that answer a question the bot asked and kept."""

from typing import Any

from aiogram import Bot
from aiogram.filters import Filter
from aiogram.types import Message

from bot.typed.questions import TAKES_FORWARDS, TAKES_PLACES, QuestionKind, may_answer
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace


class Asked(Filter):
    """Passes what may answer a question of this kind that the person was asked, or anything where they were asked
    anything; hands on the question's `payload`.
    """

    def __init__(self, kind: QuestionKind | None = None) -> None:
        self._kind = kind

    async def __call__(
        self, message: Message, bot: Bot, database: Database, workspace: Workspace, caller_id: int
    ) -> bool | dict[str, Any]:
        if self._kind is not None and not _may_answer(message, self._kind):
            return False
        if workspace.kind == "group" and not _is_reply_to(bot, message):
            return False
        async with database.read() as conn:
            question = await questions.pending(conn, workspace.id, caller_id)
        if question is None or self._kind not in (None, question.kind):
            return False
        return {"payload": question.payload}


def _may_answer(message: Message, kind: QuestionKind) -> bool:
    if message.location:
        return kind in TAKES_PLACES
    if message.forward_origin:
        return kind in TAKES_FORWARDS
    return may_answer(kind, message.text or "/")


def _is_reply_to(bot: Bot, message: Message) -> bool:
    """People answer each other's numbers in a group, too."""
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot.id)
