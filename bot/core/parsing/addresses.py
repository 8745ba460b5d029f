"""Addresses of channels and of their posts as people paste them, and whose they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.parsing.names import Named
from storage.files.tables.links import (
    handle_of,
    is_private_link,
    platform_of,
    read_owner_link,
    read_post_link,
)

_QUERY = re.compile(r"[?#].*$")
_SAID = re.compile(r"@|://|^(?:www\.)?[\w-]+\.[a-z]{2,4}/", re.IGNORECASE)
_SITE = re.compile(r"^(?:https?://)?[^/@\s]+(?=/)", re.IGNORECASE)
_LAST_PART = re.compile(r"/@?([\w.-]+)/?$")


class Known(Named, Protocol):
    """A channel of the workspace."""

    @property
    def chat_id(self) -> int | None: ...

    @property
    def is_watched(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Address:
    """`name`: what commands take for it; `is_own`: of a channel that the workspace reports on; `post`: the link, where it
    leads to a post.
    """

    name: str
    is_own: bool
    post: str | None = None


def find_address(word: str, known: Sequence[Known]) -> Address | None:
    """Returns the address of «@name», of a link to a channel or to a post of it.

    None for other words, and for foreign channels of networks that nobody can look at.
    """
    if not _SAID.search(word):
        return None
    word = _SITE.sub(lambda site: site[0].lower(), word)  # «T.me/name»: a phone begins a message so
    if is_private_link(word):
        return _private(word, known)
    bare = _QUERY.sub("", word)
    if handle := handle_of(bare):
        own = any(one.handle == handle and one.platform == "telegram" and not one.is_watched for one in known)
        return Address(f"@{handle}", own, word if read_post_link(bare) else None)
    platform, last = platform_of(bare), _LAST_PART.search(bare)
    post = read_post_link(word)
    names = {name.lower() for name in (last and last[1], post and post.owner) if name}
    for one in known:
        if one.platform == platform and one.handle and one.handle.lower() in names:
            of_it = post is not None and post.owner is not None
            return Address(one.title, is_own=not one.is_watched, post=word if of_it else None)
    return Address(bare_link.address, is_own=False) if (bare_link := read_owner_link(word)) else None


def _private(word: str, known: Sequence[Known]) -> Address:
    """Returns whose a private link is: a post's carries its channel's id, an invitation nothing."""
    post = read_post_link(_QUERY.sub("", word))
    for one in known:
        if post and post.owner_id and one.chat_id == int(f"-100{post.owner_id}"):
            return Address(one.title, is_own=not one.is_watched, post=word)
    return Address(word, is_own=False)
