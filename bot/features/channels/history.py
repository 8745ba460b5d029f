"""A post shown to begin with: forwarded, or named by its link, it tells from which number a history is read."""

import re
from dataclasses import dataclass

from aiogram import F, Router
from aiogram.types import Message, MessageOriginChannel

from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from storage.files.tables.links import read_post_link
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.workspace import channels, exact_progress
from storage.workspace.channels import Channel

router = Router(name=__name__)
_SHOWN = re.compile(
    r"\s*(?:/post\s+)?(\S+)\s*"
)  # a forwarded post comes as the command that asks for its card


async def of_waiting_channel(message: Message, chat: Conversation) -> bool | dict[str, object]:
    """Returns the channel and the number, where its history waits for a post; False lets others answer."""
    if (shown := _shown(message)) is None:
        return False
    async with chat.read() as conn:
        channel = await channels.find(
            conn, chat.workspace.id, chat_id=shown.chat_id, handle=shown.handle, platform="telegram"
        )
        progress = await exact_progress.get(conn, chat.workspace.id, channel.id) if channel else None
    is_waiting = progress is not None and progress.is_waiting
    return {"channel": channel, "number": shown.number} if is_waiting else False


@router.message(F.chat.type == "private", of_waiting_channel)
async def begin_history(_message: Message, chat: Conversation, channel: Channel, number: int) -> None:
    if channel.level != "own":
        raise DomainError("channel.gone")
    async with chat.begin() as conn:
        await exact_progress.show(conn, chat.workspace.id, channel.id, number)
    await chat.reply(chat.t("exact.shown", title=channel.title))


@dataclass(frozen=True, slots=True)
class _ForwardedPost:
    chat_id: int | None
    handle: str | None
    number: int


def _shown(message: Message) -> _ForwardedPost | None:
    """Returns the post of a channel that the message shows, or None."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return _ForwardedPost(origin.chat.id, None, origin.message_id)
    word = _SHOWN.fullmatch(message.text or "")
    link = read_post_link(word[1]) if word else None
    if link is None or link.platform != "telegram":
        return None
    chat_id = TELEGRAM_CHANNEL_BASE - int(link.owner_id) if link.owner_id else None
    return _ForwardedPost(chat_id, link.owner.lower() if link.owner else None, int(link.id))
