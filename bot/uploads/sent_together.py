"""Files sent at once: Telegram sends an update for each, close together, and never says how many there are.

Up to ten come as one message and share its group; of more, each ten are a group, and some programs send each file for
itself. So what counts is who sends them, and that they follow each other.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aiogram.types import Document

from bot.intake.chat_queues import ChatQueues
from metrics.errors import DomainError
from storage.everywhere import KeptUpdate

MOST_FILES = 50  # of one account
MOST_IN_LIMITS = 10  # all together: times what one file may have
SINGLE = 0.25  # of the quiet that is waited for: a file alone is hardly held up


@dataclass(frozen=True, slots=True)
class LeftOut:
    name: str
    why: Literal["empty", "too_big", "too_many"]


async def sent_with(queues: ChatQueues[KeptUpdate], kept: KeptUpdate, *, quiet_s: float) -> list[KeptUpdate]:
    """The other files of whoever sent `kept`, once no more has come for `quiet_s`."""
    sender = sender_of_file(kept.body)
    if sender is None:
        return []

    def take() -> list[KeptUpdate]:
        return queues.take(kept.chat_id or 0, lambda other: sender_of_file(other.body) == sender)

    found = take()
    while len(found) < 2 * MOST_FILES:
        is_alone = not found and '"media_group_id"' not in kept.body
        await asyncio.sleep(quiet_s * SINGLE if is_alone else quiet_s)
        more = take()
        if not more:
            break
        found = [*found, *more]
    return found


def sender_of_file(body: str) -> tuple[int | None, ...] | None:
    """Who sent the file, and into which topic; None for anything else."""
    if '"document"' not in body:
        return None
    message = json.loads(body).get("message", {})
    if "document" not in message:
        return None
    who, as_whom = message.get("from") or {}, message.get("sender_chat") or {}
    return who.get("id"), as_whom.get("id"), message.get("message_thread_id")


def divide(documents: Sequence[Document], limit_mb: int) -> tuple[list[Document], list[LeftOut]]:
    """What is read, and what is not and why; what is left out of several spoils nothing for the others.

    Raises DomainError("file.empty"), ("uploads.too_big", limit_mb) where nothing is left to read.
    """
    taken: list[Document] = []
    left: list[LeftOut] = []
    room = limit_mb * 2**20 * MOST_IN_LIMITS
    for document in documents:
        size, name = document.file_size or 0, document.file_name or "file"
        if document.file_size == 0:
            left.append(LeftOut(name, "empty"))
        elif size > limit_mb * 2**20:
            left.append(LeftOut(name, "too_big"))
        elif len(taken) == MOST_FILES or size > room:
            left.append(LeftOut(name, "too_many"))
        else:
            taken.append(document)
            room -= size
    if not taken and all(one.why == "empty" for one in left):
        raise DomainError("file.empty")
    if not taken:
        raise DomainError("uploads.too_big", limit_mb=limit_mb)
    return taken, left
