"""What `/top` is computed from. No pandas here."""

from dataclasses import dataclass

from bot.core.jobs import Job
from bot.reports.engagement.request import EngagementRequest
from bot.reports.report import Report


@dataclass(frozen=True, slots=True)
class TopRequest:
    engagement: EngagementRequest
    handle: str | None  # of a public channel: its posts have addresses


# Run by a worker.
build = Job[TopRequest, Report]("bot.reports.top.build:build_report")
