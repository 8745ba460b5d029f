"""What every network's source is made of: a class that knows one network's answers, and what a key of it is allowed."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.collection.networks.door import Door
from bot.collection.source import Ability, Answer, Counters, FoundPosts, Place, State
from bot.core.clock import Clock
from metrics.ages import AGES_H
from metrics.posts import AudienceReading, Post


@dataclass(frozen=True, slots=True)
class Allowance:
    """Units a day that a key has; the day ends at midnight in `zone`. `every_s`: between two requests."""

    units: int
    zone: str
    every_s: float

    @property
    def kept_for_sweeps(self) -> int:
        """Histories take what is above this: a post at its age comes by once, a history can wait a day."""
        return self.units * 2 // 5

    @property
    def kept_for_people(self) -> int:
        """Nothing that goes by itself takes this: who adds a channel is not told to come back tomorrow."""
        return self.units // 20

    def resets_after(self, now: int) -> int:
        """Returns the next midnight, in unix seconds.

        It is an hour earlier or later where clocks are changed in between.
        """
        zone = ZoneInfo(self.zone)
        tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
        return int(datetime.combine(tomorrow, time(), zone).timestamp())


@dataclass(frozen=True, slots=True)
class ChannelProfile:
    """A channel as its network shows it. `handle`: its public name, where it has one."""

    place: Place[str]
    title: str
    handle: str | None
    subscribers: AudienceReading | None


class NetworkSource(ABC):
    """One network with one key, a `CounterSource` by ids that are words. What fails is a `SourceError`; a key never
    gets into its text.
    """

    network: ClassVar[str]  # as `metrics.posts.PLATFORMS` calls it
    title: ClassVar[str]  # as people call it, in any language
    setting: ClassVar[str]  # of its key
    allowance: ClassVar[Allowance]
    ages_h: ClassVar[Sequence[int]] = AGES_H  # at which its posts are read
    page_units: ClassVar[int]  # what one page of a history costs
    most_ids: ClassVar[int]  # of one `read`
    shows_strangers: ClassVar[bool] = True  # channels that nobody here manages, so that they can be checked
    abilities: ClassVar[frozenset[Ability]] = frozenset({"find", "read", "audience"})

    def __init__(self, door: Door, key: SecretStr, clock: Clock) -> None:
        self._door = door
        self._key = key
        self._clock = clock

    @abstractmethod
    async def look_up(self, name: str) -> ChannelProfile:
        """Returns the channel of a name as `read_owner_link` of `files.tables.links` gives it.

        Raises ClosedError.
        """

    @abstractmethod
    async def find(self, place: Place[str], since: int, cursor: str | None) -> FoundPosts:
        """Returns a page of posts published at `since` or later, the newest first where `cursor` is None."""

    @abstractmethod
    async def read(self, place: Place[str], ids: Sequence[str]) -> Answer[str]:
        """Reads at most `most_ids` posts as they stand now."""

    @abstractmethod
    async def audience(self, place: Place[str]) -> AudienceReading:
        """Returns the subscribers of now. Raises NotGivenError where the channel hides them."""

    async def bot_name(self) -> str:
        """Returns whom to make an admin, on networks that show a bot what it administers."""
        return ""

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def answer_of(posts: Iterable[Post], ids: Sequence[str], observed_at: int) -> Answer[str]:
    """Returns an answer in which what was asked for and did not come is gone."""
    found = tuple(posts)
    there = {post.external_id for post in found}
    told = [
        Counters(
            post.external_id, State.THERE, post.published_at, None,
            post.views, post.forwards, post.comments, post.reactions,
        )
        for post in found
    ]  # fmt: skip
    gone = [Counters(one, State.GONE) for one in ids if one not in there]
    return Answer(observed_at, (*told, *gone), found)
