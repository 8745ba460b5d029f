"""Databases of tests."""

import shutil
from pathlib import Path


def copy_of_database(migrated: Path, folder: Path) -> str:
    """Returns the address of a migrated database without a row, in this folder."""
    shutil.copy(migrated, folder / "otklik.db")
    return f"sqlite+aiosqlite:///{folder / 'otklik.db'}"
