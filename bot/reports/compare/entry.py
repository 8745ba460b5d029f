"""What a worker is called with: it alone loads what these import, pandas and all."""

from importlib import import_module

from bot.reports.compare.request import CompareRequest
from bot.reports.report import Report


def build(request: CompareRequest) -> Report:
    """Compute and write the answer; runs in a worker, where alone pandas is loaded."""
    report: Report = import_module("bot.reports.compare.build").build_report(request)
    return report
