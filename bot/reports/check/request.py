"""What `/check` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from metrics.posts import AudienceReading, Post

Source = Literal["page", "own"]


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """`readings`: a row for every reading of every post. `topic`: a key of the table of usual prices."""

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
    price: float | None = None
    topic: str | None = None
    own_cpm: tuple[float, float, int] | None = None  # what this chat paid before: low, high, placements
    draw: bool = True


@dataclass(frozen=True, slots=True)
class CheckCard:
    """`caption` fits under the picture; `full` is every reason; `evidence` a workbook where it was asked for."""

    caption: str
    full: str
    picture: bytes | None
    needs_watch: bool  # readings of two days would say more
