"""What a view source shows of a channel. No network here: reports are made of it, in workers too."""

from dataclasses import dataclass
from typing import Protocol

from metrics.posts import AudienceReading, Post


@dataclass(frozen=True, slots=True)
class PublicChannel:
    """What a channel shows of itself at one moment. Counters of pages are rounded over a thousand: see `Post.steps`.

    `external_id`: its id on a network other than Telegram.
    """

    handle: str
    title: str
    posts: tuple[Post, ...]  # oldest first; an album is one
    subscribers: AudienceReading | None
    chat_id: int | None
    read_at: int
    platform: str = "telegram"
    external_id: str | None = None


class ViewSource(Protocol):
    """Where views of a channel come from when neither a file nor the Bot API gives them."""

    async def read(self, handle: str, *, depth: int = 1) -> PublicChannel: ...

    async def before(self, handle: str, post_id: int) -> tuple[Post, ...]: ...
