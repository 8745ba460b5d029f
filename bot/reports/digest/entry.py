"""What a worker is called with: it alone loads what these import, pandas and all."""

from importlib import import_module

from bot.reports.digest.request import DigestRequest
from bot.reports.report import Report


def build(request: DigestRequest) -> Report:
    """Compute, write and draw; runs in a worker, where alone pandas is loaded."""
    report: Report = import_module("bot.reports.digest.build").build_digest(request)
    return report
