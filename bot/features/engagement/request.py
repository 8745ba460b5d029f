"""What a worker does of `/er`."""

from dataclasses import dataclass

from bot.answers.report import Report
from bot.answers.request import EngagementRequest
from bot.core.jobs import Job


@dataclass(frozen=True, slots=True)
class BesideRequest:
    """Two periods of one channel."""

    first: EngagementRequest
    second: EngagementRequest


build = Job[EngagementRequest, Report]("bot.features.engagement.compute:build_report")
build_beside = Job[BesideRequest, Report]("bot.features.engagement.beside:build_report")
