"""What updates tell of a channel, as plain values: the words `live` and `members` are spoken to in.

Two tellings of one thing are merged, whatever order they come in: the later one of content and of totals counts.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Message(NamedTuple):
    """A message of the channel; a post, or one picture of an album."""

    message_id: int
    published_at: int
    album: str | None
    version_at: int  # published, or last edited
    version_update: int  # the update that told it: of two versions of one second the later told stands
    format: str
    text_length: int
    hashtags: str | None
    is_ad: bool
    is_forwarded: bool
    title: str | None
    link: str | None


class ReactionTotals(NamedTuple):
    """Totals at a moment; paid stars apart. None: it was told and could not be read."""

    message_id: int
    reacted_at: int
    reacted_update: int
    reactions: int | None
    stars: int | None


class Thread(NamedTuple):
    """The automatic copy of a post in the discussion group."""

    chat_id: int
    thread_id: int
    message_id: int


class Comment(NamedTuple):
    chat_id: int
    comment_id: int
    thread_id: int
    said_at: int


class MemberEvent(NamedTuple):
    person: str  # a keyed hash
    happened_at: int
    is_join: bool
    link: str | None
    link_name: str | None


@dataclass(slots=True)
class News:
    """Gathers what updates tell of one channel."""

    messages: list[Message] = field(default_factory=list)
    reacted: list[ReactionTotals] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    members: list[MemberEvent] = field(default_factory=list)
