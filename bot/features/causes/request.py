"""What an answer to «why did it fall?» is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.report import Report
from bot.answers.request import EngagementRequest
from bot.core.jobs import Job
from metrics.posts import AudienceReading, Post


@dataclass(frozen=True, slots=True)
class OtherChannel:
    """Another channel of the chat over the same days."""

    platform: str
    posts: Sequence[Post]
    audience: Sequence[AudienceReading]


@dataclass(frozen=True, slots=True)
class CausesRequest:
    """`metric`: views, reach or er where the fall was told; empty: whatever fell. `deleted`: posts of the period."""

    engagement: EngagementRequest
    metric: str
    deleted: Sequence[Post]
    others: Sequence[OtherChannel]
    country: str  # whose holidays are thought of
    notes: Sequence[tuple[date, str]] = ()  # of the period and the week before it


# Run by a worker.
build = Job[CausesRequest, Report]("bot.features.causes.compute:build_report")
