"""What `/check` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
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


def build(request: CheckRequest) -> CheckCard:
    """Compute, write and draw the card; runs in a worker, where alone pandas is loaded."""
    card: CheckCard = import_module("bot.reports.check.build").build_card(request)
    return card


def build_comparison(requests: Sequence[CheckRequest]) -> str:
    """Several channels, the best value first; runs in a worker."""
    text: str = import_module("bot.reports.check.comparison").compare(requests)
    return text


def build_evidence(request: CheckRequest) -> tuple[str, bytes]:
    """Name and content of a workbook with every finding and every post; runs in a worker."""
    file: tuple[str, bytes] = import_module("bot.reports.check.evidence").workbook_of(request)
    return file
