"""What a worker is called with: it alone loads what these import, pandas and all."""

from importlib import import_module

from bot.reports.export.request import ExportFile, ExportRequest


def build(request: ExportRequest) -> list[ExportFile]:
    """Runs in a worker, where alone pandas is loaded."""
    files: list[ExportFile] = import_module("bot.reports.export.build").build_export(request)
    return files
