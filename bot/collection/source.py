"""What a network's source of counters gives, whichever network it is, and in which ways it fails.

A counter that was not told is None, never 0. Who asks keeps the pace; a source only says how much one request takes.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Literal, Protocol, TypeVar

from metrics.posts import AudienceReading, Post

Id = TypeVar("Id", int, str)  # of channels and posts, as the network has them
Ability = Literal["find", "read", "audience"]
COUNTED = ("views", "forwards", "comments", "reactions")


class State(StrEnum):
    THERE = "there"
    GONE = "gone"  # never was, or is deleted: a number tells no more
    SERVICE = "service"  # of the network itself: no post


@dataclass(frozen=True, slots=True)
class Counters(Generic[Id]):
    """What was told of one post by its id. Parts of an album share `album`."""

    id: Id
    state: State
    published_at: int | None = None
    album: str | None = None
    views: int | None = None
    forwards: int | None = None
    comments: int | None = None
    reactions: int | None = None

    @property
    def told(self) -> frozenset[str]:
        """The names of the counters that came."""
        return frozenset(name for name in COUNTED if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True)
class Place(Generic[Id]):
    """A channel of a network: its id there, its public name, and what the network gave to name it by."""

    id: Id
    handle: str | None = None
    access: int = 0


@dataclass(frozen=True, slots=True)
class Answer(Generic[Id]):
    """One read: what was told of each post, and the same as posts, an album folded into one."""

    observed_at: int
    counters: tuple[Counters[Id], ...]
    posts: tuple[Post, ...]
    is_admin: bool = False  # the network showed the bot's rights along with it
    access: int = 0

    @property
    def by_id(self) -> Mapping[Id, Counters[Id]]:
        return {one.id: one for one in self.counters}


@dataclass(frozen=True, slots=True)
class FoundPosts:
    """Posts since a moment, and where the next request goes on; None: these were all.

    `whole_since`: every post published after it and up to the page's first one is here.
    """

    posts: tuple[Post, ...]
    cursor: str | None
    whole_since: int = 0


class CounterSource(Protocol[Id]):
    """One connection to a network. `abilities`: which of the three it has; the others raise NotGivenError."""

    @property
    def abilities(self) -> frozenset[Ability]: ...

    @property
    def most_ids(self) -> int: ...

    async def find(self, place: Place[Id], since: int, cursor: str | None) -> FoundPosts: ...

    async def read(self, place: Place[Id], ids: Sequence[Id]) -> Answer[Id]: ...

    async def audience(self, place: Place[Id]) -> AudienceReading: ...


class Connector(Protocol):
    """Opens a source; what it holds at the network is kept by whoever asks."""

    def connected(self, held: "HeldSession") -> AbstractAsyncContextManager[CounterSource[int]]: ...


class HeldSession(Protocol):
    """The session that is kept between connections."""

    session: str | None
    logged_in: bool

    async def keep(self, session: str, *, logged_in: bool) -> None: ...


class SourceError(Exception):
    """Nothing came. The text names a code, never what was sent."""


class NotGivenError(SourceError):
    """The network has no such thing."""


class AwayError(SourceError):
    """No answer, or none that can be understood: it may come later."""


class ClosedError(SourceError):
    """The channel is not there for the bot."""


class SessionEndedError(SourceError):
    """The session is not good any more: a new one has to be begun."""


class RefusedError(SourceError):
    """The network does not know the key: only the operator can help."""


@dataclass
class WaitError(SourceError):
    """Nothing may be asked for so long."""

    seconds: int = field(default=0)

    def __post_init__(self) -> None:
        super().__init__(f"told to wait {self.seconds} s")


@dataclass
class SpentError(WaitError):
    """The key has nothing left for so long: its day's allowance is used up."""
