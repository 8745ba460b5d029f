"""What a worker is called with: it alone loads what these import, pandas and all."""

from importlib import import_module

from bot.reports.report import Report
from bot.reports.top.request import TopRequest


def build(request: TopRequest) -> Report:
    """Compute and write the answer; runs in a worker, where alone pandas is loaded."""
    report: Report = import_module("bot.reports.top.build").build_report(request)
    return report
