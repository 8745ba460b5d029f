"""What `/check` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answers.noted import Notes
from bot.core.jobs import Job
from metrics.posts import AudienceReading, Post
from metrics.verdict import OpenEpisode

Source = Literal["page", "own", "network"]
DAYS = 30  # of the rate that a check tells
OWN_LEAST = 3  # placements that make a norm of one's own


OTHER = "other"  # a topic that has no usual price


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """`readings`: a row for every reading of every post. `topic`: a key of the table of usual prices.

    `posts`, `growth_readings`: what `/er` computes the channel's rate from; without them it is read off `readings`.
    """

    title: str
    handle: str | None
    platform: str
    language: str
    zone: str
    as_of: int
    readings: Sequence[Post]
    audience: Sequence[AudienceReading]
    source: Source
    may_watch: bool  # a channel of the chat's own is read anyway
    posts: Sequence[Post] = ()
    growth_readings: Sequence[Post] = ()
    episode: OpenEpisode | None = None  # a drop that is open
    price: float | None = None
    currency: str | None = None  # of the price, as it was typed
    topic: str | None = None
    own_cpm: tuple[float, float, int] | None = None  # what this chat paid before: low, high, placements
    draw: bool = True
    notes: Notes = ()  # of the days that are shown, of a channel of this chat
    private_id: int | None = None  # its row, of a channel of this chat that has no public name

    @property
    def own_norm(self) -> tuple[float, float] | None:
        """What this chat usually pays for a thousand views, where it has paid often enough."""
        if self.own_cpm is None or self.own_cpm[2] < OWN_LEAST:
            return None
        return self.own_cpm[:2]


@dataclass(frozen=True, slots=True)
class CheckCard:
    """`caption` fits under the picture; `full` is every reason. `verdict`: a code; `unchecked`: signs that lack data."""

    caption: str
    full: str
    picture: bytes | None
    needs_watch: bool  # readings of two days would say more
    verdict: str
    unchecked: int


# Run by a worker.
build = Job[CheckRequest, CheckCard]("bot.features.check.compute:build_card")
build_comparison = Job[Sequence[CheckRequest], str](
    "bot.features.check.comparison:compare"
)  # several channels, the best value first
build_evidence = Job[CheckRequest, tuple[str, bytes]](
    "bot.features.check.evidence:workbook_of"
)  # name and content of a workbook with every finding and every post
