"""What `otklik doctor` tries where it would run: in a worker, and in this process."""

from importlib import import_module


def load_what_draws() -> int:
    """How many names the drawing room gives; run in a worker, it fails where an import of reading or drawing does."""
    import_module("pandas")
    return len(import_module("bot.charts.engagement").__all__)


def find_font() -> str:
    """The file of the charts' font. Raises ValueError where there is none."""
    path: str = import_module("matplotlib.font_manager").findfont("DejaVu Sans", fallback_to_default=False)
    return path
