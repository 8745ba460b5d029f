"""What `otklik doctor` tries where it would run: in a worker, and in this process."""

import os
import tempfile
from importlib import import_module
from pathlib import Path

PROBE_BYTES = 1 << 16


def load_what_draws() -> int:
    """Returns how many names the drawing room gives.

    Run in a worker, it fails where an import of reading or drawing does.
    """
    import_module("pandas")
    return len(import_module("bot.core.charts.engagement").__all__)


def find_font() -> str:
    """Returns the file of the charts' font. Raises ValueError where there is none."""
    path: str = import_module("matplotlib.font_manager").findfont("DejaVu Sans", fallback_to_default=False)
    return path


def write_and_remove(folder: Path) -> None:
    """Raises OSError where no file of some size can be written and made to last."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * PROBE_BYTES)
        file.flush()
        os.fsync(file.fileno())
