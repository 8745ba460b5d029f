"""Files of one message: Telegram sends an update for each, close together, and never says how many there are."""

import asyncio
import json

from bot.intake.chat_queues import ChatQueues
from storage.everywhere import KeptUpdate

MOST_FILES = 10  # Telegram's own limit


async def sent_with(queues: ChatQueues[KeptUpdate], kept: KeptUpdate, *, quiet_s: float) -> list[KeptUpdate]:
    """The other files of the message that `kept` is a part of, once no more has come for `quiet_s`."""
    group = files_group(kept.body)
    if group is None:
        return []

    def take() -> list[KeptUpdate]:
        return queues.take(kept.chat_id or 0, lambda other: files_group(other.body) == group)

    found = more = take()
    while len(found) < MOST_FILES - 1:
        await asyncio.sleep(quiet_s)
        more = take()
        if not more:
            break
        found = [*found, *more]
    return found


def files_group(body: str) -> str | None:
    """What the files of one message share; None for anything else."""
    if '"media_group_id"' not in body:
        return None
    message = json.loads(body).get("message", {})
    return message.get("media_group_id") if "document" in message else None
