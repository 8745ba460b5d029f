"""What a worker is called with: it alone loads what these import, pandas and all."""

from collections.abc import Sequence
from importlib import import_module

from bot.reports.check.request import CheckCard, CheckRequest


def build(request: CheckRequest) -> CheckCard:
    """Compute, write and draw the card; runs in a worker, where alone pandas is loaded."""
    card: CheckCard = import_module("bot.reports.check.build").build_card(request)
    return card


def build_comparison(requests: Sequence[CheckRequest]) -> str:
    """Several channels, the best value first; runs in a worker."""
    text: str = import_module("bot.reports.check.comparison").compare(requests)
    return text


def build_evidence(request: CheckRequest) -> tuple[str, bytes]:
    """Name and content of a workbook with every finding and every post; runs in a worker."""
    file: tuple[str, bytes] = import_module("bot.reports.check.evidence").workbook_of(request)
    return file
