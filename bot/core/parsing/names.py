"""Which of a workspace's channels a person means by a few words."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from metrics.errors import DomainError
from storage.files.tables.links import handle_of, is_private_link


class Named(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def handle(self) -> str | None: ...


C = TypeVar("C", bound=Named)


def named_handle(text: str) -> str:
    """Like `handle_of`, for a person who is asked for a channel; raises DomainError("channel.bad_name"), ("channel.private_link")."""
    if is_private_link(text):
        raise DomainError("channel.private_link")
    handle = handle_of(text)
    if handle is None:
        raise DomainError("channel.bad_name", name=text[:60])
    return handle


def choose(channels: Sequence[C], words: str) -> list[C]:
    """Channels that `words` may mean, the surest reading first; all of them for no words.

    Raises DomainError("channel.none") where the workspace has no channel, ("channel.unknown") where none fits.
    """
    if not channels:
        raise DomainError("channel.none")
    if not words:
        return list(channels)
    handle, wanted = handle_of(words), words.casefold().strip("«»\"' ")
    for fits in (
        [channel for channel in channels if handle and channel.handle == handle],
        [channel for channel in channels if channel.title.casefold() == wanted],
        [channel for channel in channels if wanted in channel.title.casefold()],
    ):
        if fits:
            return fits
    raise DomainError("channel.unknown", name=words[:60])
