"""What a worker does of `/content`."""

from bot.answers.report import Report
from bot.answers.request import EngagementRequest
from bot.core.jobs import Job

build = Job[EngagementRequest, Report]("bot.features.content.compute:build_report")
