"""What public pages say, in plain values; the reading itself is loaded where it runs, in workers."""

from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from metrics.posts import AudienceReading, Post

Kind = Literal["channel", "group", "bot", "person", "nobody"]


@dataclass(frozen=True, slots=True)
class Preview:
    """`older`: the id to ask for the page before this one with; None on the first page of a channel."""

    title: str | None
    handle: str | None
    external_id: str | None
    posts: tuple[Post, ...]  # oldest first
    subscribers: AudienceReading | None
    older: int | None


@dataclass(frozen=True, slots=True)
class Landing:
    kind: Kind
    title: str | None
    subscribers: int | None
    has_preview: bool


def preview_of(data: bytes, now: int) -> Preview | None:
    """Returns what a preview page says; None: it is no preview of a channel.

    Raises DomainError("page.unreadable").
    """
    preview: Preview | None = import_module("storage.files.public_pages").read_preview(data, now)
    return preview


def landing_of(data: bytes) -> Landing:
    """Returns what a landing page says.

    Raises DomainError("page.unreadable") for a page of something else.
    """
    landing: Landing = import_module("storage.files.public_pages").read_landing(data)
    return landing
