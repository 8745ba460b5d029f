"""What `/export` is made from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.posts import AudienceReading, Post

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """`readings`: the newest ones, oldest first; `all_readings` counts those there are."""

    title: str
    platform: str
    language: str
    zone: str
    as_of: int
    format: str  # one of FORMATS
    posts: Sequence[Post]
    readings: Sequence[Post]
    all_readings: int
    audience: Sequence[AudienceReading]


@dataclass(frozen=True, slots=True)
class Export:
    """`files`: name and content."""

    text: str
    files: tuple[tuple[str, bytes], ...]
