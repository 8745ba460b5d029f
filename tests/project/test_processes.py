"""What each process loads: the bot's own no arithmetic and no drawing, a worker no Telegram, `--help` nothing at all."""

import subprocess
import sys

import pytest

HEAVY = {"pandas", "numpy", "matplotlib", "python_calamine", "alembic"}


def _loaded(program: str, cwd) -> set[str]:
    """The top-level modules of a fresh interpreter after `program`."""
    shown = "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    answer = subprocess.run(
        [sys.executable, "-c", program + shown], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(answer.stdout.splitlines()[-1].split())


def test_the_bots_own_process_stays_light(root):
    """Pandas and numpy alone are 45 MB that every bot would keep for nothing."""
    program = "import bot.app\nimport bot.wiring"
    assert _loaded(program, root) & HEAVY == set()


@pytest.mark.parametrize(
    "module",
    ["bot.core.warm", "storage.files.upload.spool", "bot.features.engagement.compute", "bot.core.charts"],
)
def test_workers_load_no_telegram(module, root):
    """Aiogram is seconds of start and 160 MB a worker."""
    assert "aiogram" not in _loaded(f"import {module}", root)


def test_help_loads_nothing_heavy(root):
    program = """
import contextlib, sys
from bot.cli import main
sys.argv = ["otklik", "--help"]
with contextlib.suppress(SystemExit):
    main()
assert "typer" in sys.modules
"""
    assert _loaded(program, root) & {*HEAVY, "aiogram", "sqlalchemy"} == set()
