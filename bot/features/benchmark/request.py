"""What `/benchmark` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.report import Report
from bot.core.jobs import Job
from bot.core.parsing.periods import PeriodChoice
from metrics.posts import AudienceReading, Post


@dataclass(frozen=True, slots=True)
class Peer:
    """`newest`: its newest count of subscribers, where it has any."""

    title: str
    newest: AudienceReading | None
    posts: Sequence[Post]
    audience: Sequence[AudienceReading]
    readings: Sequence[Post]

    @property
    def subscribers(self) -> int | None:
        return None if self.newest is None else self.newest.subscribers


@dataclass(frozen=True, slots=True)
class BenchmarkRequest:
    """`peers`: channels of the chat, and followed by it, of about the size of `own` and on its network."""

    language: str
    zone: str
    as_of: int
    period: PeriodChoice
    platform: str
    own: Peer
    peers: Sequence[Peer]


# Run by a worker.
build = Job[BenchmarkRequest, Report]("bot.features.benchmark.compute:build_report")
