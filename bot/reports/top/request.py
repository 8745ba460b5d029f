"""What `/top` is computed from. No pandas here."""

from dataclasses import dataclass
from importlib import import_module

from bot.reports.engagement.request import EngagementRequest
from bot.reports.report import Report


@dataclass(frozen=True, slots=True)
class TopRequest:
    engagement: EngagementRequest
    handle: str | None  # of a public channel: its posts have addresses


def build(request: TopRequest) -> Report:
    """Compute and write the answer; runs in a worker, where alone pandas is loaded."""
    report: Report = import_module("bot.reports.top.build").build_report(request)
    return report
