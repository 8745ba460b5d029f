"""The project as its own tests see it: the files it is made of."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "metrics", "storage")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def own_files() -> list[Path]:
    """Every file of the project, and nothing that merely lies in the folder."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # unpacked from an archive: no repository, or no git
        files = [path for path in ROOT.rglob("*") if path.is_file() and not _is_litter(path)]
    return sorted(path for path in files if path.exists())


@pytest.fixture(scope="session")
def room_files(own_files: list[Path]) -> list[Path]:
    """The Python files of the packages."""
    return [path for path in own_files if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS]


def _is_litter(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return any(name == "__pycache__" or (name.startswith(".") and name != ".ci") for name in folders)
