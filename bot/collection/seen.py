"""What a view source shows of a channel. No network here: reports are made of it, in workers too."""

from dataclasses import dataclass
from typing import Protocol

from metrics.posts import AudienceReading, Post


@dataclass(frozen=True, slots=True)
class PublicChannel:
    """What the pages of a channel say at one moment. Counters over a thousand are rounded: see `Post.steps`."""

    handle: str
    title: str
    posts: tuple[Post, ...]  # oldest first; an album is one
    subscribers: AudienceReading | None
    chat_id: int | None
    read_at: int


class ViewSource(Protocol):
    """Where views of a channel come from when neither a file nor the Bot API gives them."""

    async def read(self, handle: str, *, depth: int = 1) -> PublicChannel: ...

    async def before(self, handle: str, post_id: int) -> tuple[Post, ...]: ...
