"""What a worker does of `/er`."""

from bot.core.jobs import Job
from bot.reports.engagement.request import EngagementRequest
from bot.reports.report import Report

build = Job[EngagementRequest, Report]("bot.reports.engagement.build:build_report")
