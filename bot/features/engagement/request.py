"""What a worker does of `/er`."""

from bot.answers.report import Report
from bot.answers.request import EngagementRequest
from bot.core.jobs import Job

build = Job[EngagementRequest, Report]("bot.features.engagement.compute:build_report")
