"""Private folders in DATA_DIR for files under way, each held by the process that works in it.

The hold is a lock of the system on the folder itself, so it ends with the process, whatever ended that; a folder that nobody
holds was left behind and is swept.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

EXPORTS = "export-"  # how their names begin


@asynccontextmanager
async def private_folder(data_dir: Path, prefix: str) -> AsyncIterator[Path]:
    """Opens an empty folder readable by this user alone, removed afterwards. `prefix`: EXPORTS."""
    folder, hold = _make(data_dir, prefix)
    try:
        yield folder
    finally:
        await asyncio.shield(asyncio.to_thread(_remove, folder, hold))


def sweep(data_dir: Path) -> None:
    """Removes what killed processes left behind."""
    for folder in data_dir.glob(f"{EXPORTS}*"):
        hold = _hold(folder)
        if hold is not None:
            _remove(folder, hold)


def _make(data_dir: Path, prefix: str) -> tuple[Path, int]:
    """Makes a folder and holds it.

    Somebody who sweeps may take it for one left behind before it is held: then another is made.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=data_dir))
        hold = _hold(folder)
        if hold is not None:
            return folder, hold


def _hold(folder: Path) -> int | None:
    """Returns a descriptor that holds the folder till closed; None: another holds it, or it is gone."""
    try:
        hold = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(hold)
        return None
    if folder.exists():
        return hold
    os.close(hold)
    return None


def _remove(folder: Path, hold: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(hold)
