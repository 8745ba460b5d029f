"""What `/top` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.report import Report
from bot.answers.request import EngagementRequest
from bot.core.jobs import Job
from bot.core.parsing.rankings import SHOWN
from metrics.reposts import Repost

# What posts are ranked by; None: the rate that the channel's answers begin with.
BY = (None, "view_rate", "forward_rate", "comment_rate", "views")


@dataclass(frozen=True, slots=True)
class TopRequest:
    engagement: EngagementRequest
    handle: str | None  # of a public channel: its posts have addresses
    by: str | None = None  # one of BY
    count: int = SHOWN  # posts on a side that are wanted
    deleted: Sequence[str | None] = ()  # titles of the period's posts that the channel deleted
    reposts: Sequence[Repost] = ()  # of the period's posts


# Run by a worker.
build = Job[TopRequest, Report]("bot.features.top.compute:build_report")
