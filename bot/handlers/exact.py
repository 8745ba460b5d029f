"""A post shown to begin with: forwarded, or named by its link, it tells from which number a history is read."""

import re

from aiogram import F, Router
from aiogram.types import Message, MessageOriginChannel

from bot.locales import Translator
from metrics.errors import DomainError
from storage import channels, exact_progress
from storage.channels import Channel
from storage.engine import Database
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.workspaces import Workspace

router = Router(name=__name__)
_PRIVATE_LINK = re.compile(r"\s*(?:https?://)?t\.me/c/(\d+)/(?:\d+/)?(\d+)\s*")


async def of_waiting_channel(
    message: Message, database: Database, workspace: Workspace
) -> bool | dict[str, object]:
    """The channel and the number, where its history waits to be shown a post; False lets others answer."""
    if (shown := _shown(message)) is None:
        return False
    chat_id, number = shown
    async with database.read() as conn:
        channel = await channels.find(conn, workspace.id, chat_id=chat_id, platform="telegram")
        progress = await exact_progress.get(conn, workspace.id, channel.id) if channel else None
    is_waiting = progress is not None and progress.is_waiting
    return {"channel": channel, "number": number} if is_waiting else False


@router.message(F.chat.type == "private", of_waiting_channel)
async def begin_history(
    message: Message, database: Database, workspace: Workspace, t: Translator, channel: Channel, number: int
) -> None:
    if channel.level != "own":
        raise DomainError("channel.gone")
    async with database.begin() as conn:
        await exact_progress.show(conn, workspace.id, channel.id, number)
    await message.answer(t("exact.shown", title=channel.title))


def _shown(message: Message) -> tuple[int, int] | None:
    """(chat id, number of the post); None: the message shows none."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return origin.chat.id, origin.message_id
    link = _PRIVATE_LINK.fullmatch(message.text or "")
    return (TELEGRAM_CHANNEL_BASE - int(link[1]), int(link[2])) if link else None
