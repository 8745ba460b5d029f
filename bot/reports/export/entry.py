"""What a worker is called with: it alone loads what these import, pandas and all."""

from importlib import import_module

from bot.reports.export.request import Export, ExportRequest


def build(request: ExportRequest) -> Export:
    """Runs in a worker, where alone pandas is loaded."""
    export: Export = import_module("bot.reports.export.build").build_export(request)
    return export
