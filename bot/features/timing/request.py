"""What a worker does of `/when`."""

from bot.answers.report import Report
from bot.answers.request import EngagementRequest
from bot.core.jobs import Job

build = Job[EngagementRequest, Report]("bot.features.timing.compute:build_report")
