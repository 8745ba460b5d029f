"""What `/compare` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.report import Report
from bot.core.jobs import Job
from bot.core.parsing.periods import PeriodChoice
from metrics.posts import AudienceReading, Post


@dataclass(frozen=True, slots=True)
class ComparedChannel:
    title: str
    platform: str
    posts: Sequence[Post]
    audience: Sequence[AudienceReading]
    readings: Sequence[Post] = ()


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """`silent`: titles of channels without a single post; `total`: channels that the chat has."""

    language: str
    zone: str
    as_of: int
    period: PeriodChoice
    channels: Sequence[ComparedChannel]
    silent: Sequence[str]
    by: str  # a code of metrics.ranking.channels.BY
    total: int


# Run by a worker.
build = Job[CompareRequest, Report]("bot.features.compare.compute:build_report")
