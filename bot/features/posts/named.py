"""Which post of which channel a link means, among the channels of a chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.files.tables.links import PostLink, read_post_link
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.workspace.channels import Channel


@dataclass(frozen=True, slots=True)
class NamedPost:
    channel: Channel
    external_id: str


def named_post(text: str, visible: Sequence[Channel]) -> NamedPost | None:
    """None for what is no link to a post of one of these channels."""
    for word in text.split():
        link = read_post_link(word)
        owner = next((one for one in visible if link and _is_of(link, one)), None)
        if link is not None and owner is not None:
            return NamedPost(owner, link.id)
    return None


def _is_of(link: PostLink, channel: Channel) -> bool:
    if link.platform != channel.platform:
        return False
    if link.platform == "telegram" and link.owner_id:
        return channel.chat_id == TELEGRAM_CHANNEL_BASE - int(link.owner_id)
    by_name = bool(link.owner) and (link.owner or "").lower() == channel.handle
    return by_name or bool(link.owner_id and link.owner_id == channel.external_id)
