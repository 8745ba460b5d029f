"""What a worker is called with: it alone loads what these import, pandas and all."""

from importlib import import_module

from bot.reports.engagement.request import EngagementRequest
from bot.reports.report import Report


def build(request: EngagementRequest) -> Report:
    """Compute, write and draw the answer; runs in a worker, where alone pandas is loaded."""
    report: Report = import_module("bot.reports.engagement.build").build_report(request)
    return report
