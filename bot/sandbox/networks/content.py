"""Channels of other networks and what came out in them, as whoever tries the bot out put it there."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

STATES = ("open", "private", "deleted", "blocked", "person", "foreign")


@dataclass(frozen=True, slots=True)
class NetworkPost:
    """A counter that is None is not shown. `kind`: photo, video, poll, link, album; on YouTube also live, upcoming."""

    id: str
    published_at: int
    text: str = ""
    views: int | None = 0
    likes: int | None = 0
    comments: int | None = 0
    reposts: int | None = 0
    kind: str | None = None
    is_ad: bool = False
    is_repost: bool = False
    is_pinned: bool = False
    started_at: int | None = None  # of a broadcast


@dataclass(slots=True)
class NetworkChannel:
    """`id`: a number on VK, «UC…» on YouTube. `subscribers` None: hidden."""

    id: str
    name: str
    title: str
    subscribers: int | None = None
    state: str = "open"
    posts: dict[str, NetworkPost] = field(default_factory=dict)

    def put(self, post: NetworkPost) -> None:
        self.posts[post.id] = post

    def change(self, post_id: str, **values: Any) -> None:
        """Changes counters of a post. Raises KeyError for one that is not there."""
        self.posts[post_id] = replace(self.posts[post_id], **values)

    def newest_first(self, now: int) -> list[NetworkPost]:
        """Returns what has come out by now, the newest first."""
        out = (post for post in self.posts.values() if post.published_at <= now)
        return sorted(out, key=lambda post: (post.published_at, post.id), reverse=True)


@dataclass(slots=True)
class Channels:
    """Holds the channels of one network."""

    known: dict[str, NetworkChannel] = field(default_factory=dict)

    def __iter__(self) -> Iterator[NetworkChannel]:
        return iter(self.known.values())

    def named(self, name: str) -> NetworkChannel | None:
        """Returns the channel by id or public name, whatever the letter case of that; None without one."""
        wanted = name.lstrip("@").lower()
        return self.known.get(name) or next((one for one in self if one.name.lower() == wanted), None)
