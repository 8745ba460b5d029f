"""Files sent at once: Telegram sends an update for each, close together, and never says how many there are.

Up to ten come as one message and share its group; of more, each ten are a group, and some programs send each file for
itself. So what counts is who sends them, and that they follow each other.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence

from aiogram.types import Message

from bot.telegram.chat_queues import ChatQueues
from storage.system.everywhere import KeptUpdate

MOST_FILES = 50  # of one account
SINGLE = 0.25  # of the quiet that is waited for: a file alone is hardly held up


async def sent_with(
    queues: ChatQueues[KeptUpdate], kept: KeptUpdate, *, quiet_s: float, come: Callable[[], Awaitable[None]]
) -> list[KeptUpdate]:
    """Returns the other files of whoever sent `kept`, once no more has come for `quiet_s`.

    A file whose run was cut runs again with those it ran with: what was sent since has no part in what ended the program.
    """
    sender = sender_of_file(kept.body)
    if sender is None:
        return []

    def is_with_it(other: KeptUpdate) -> bool:
        return sender_of_file(other.body) == sender and (other.attempts > 0 or not kept.attempts)

    async def take() -> list[KeptUpdate]:
        await come()
        return queues.take(kept.chat_id or 0, is_with_it)

    found = await take()
    if kept.attempts:
        return found
    while len(found) < 2 * MOST_FILES:
        is_alone = not found and '"media_group_id"' not in kept.body
        await asyncio.sleep(quiet_s * SINGLE if is_alone else quiet_s)
        more = await take()
        if not more:
            break
        found = [*found, *more]
    return found


def sender_of_file(body: str) -> tuple[int | None, ...] | None:
    """Returns who sent the file, and into which topic; None for anything else."""
    if '"document"' not in body:
        return None
    message = json.loads(body).get("message", {})
    if "document" not in message:
        return None
    who, as_whom = message.get("from") or {}, message.get("sender_chat") or {}
    return who.get("id"), as_whom.get("id"), message.get("message_thread_id")


def with_caption(first: Message, others: Sequence[Message]) -> Message:
    """Returns the first with the words that stand under any of them: programs put them under the last file of several."""
    worded = next((each for each in (first, *others) if each.caption), first)
    return first.model_copy(update={name: getattr(worded, name) for name in ("caption", "caption_entities")})
