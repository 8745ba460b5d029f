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


OF_EXACT_COUNTERS = {"telethon", "rsa"}
OF_SEALING = {"nacl"}  # for whoever keeps something that has to be sealed
OF_HEALTH = {"prometheus_client", "aiohttp.web", "bot.health", "bot.core.instruments", "sentry_sdk"}
OPENED = """
import sys
import bot.__main__, bot.app, bot.wiring
imported = set(sys.modules)
import asyncio, os, tempfile
import bot.ticking
from bot.opening import make_bot
from bot.core.clock import SystemClock
from bot.core.settings import read_settings
from bot.notifications.services import make_services
from bot.wiring import make_routers
from storage.engine import open_database
from bot.sandbox.server import Server
from bot.terminal import counters, doctor

async def open_all(**asked_for):
    os.environ |= {"BOT_TOKEN": "1:a", **asked_for}
    settings, folder = read_settings(None), tempfile.mkdtemp(prefix="otklik-")
    database = open_database(f"sqlite+aiosqlite:///{folder}/otklik.db")
    services = make_services(settings, make_bot(settings.telegram), database, SystemClock(), None)
    make_routers(services)
    assert (services.exact is None) == (settings.exact.api_id is None)
    await database.close()
    os.rmdir(folder)

print(*imported)
asyncio.run(open_all())
print(*sys.modules)
asyncio.run(open_all(API_ID="1", API_HASH="a-hash"))
print(*sys.modules)
"""


def test_who_asks_for_nothing_loads_nothing_of_it_and_who_asks_loads_no_arithmetic(root):
    """Pandas and numpy alone are 45 MB that every bot would keep for nothing; readers of files bring them, too."""
    answer = subprocess.run(
        [sys.executable, "-c", OPENED], cwd=root, capture_output=True, text=True, check=True
    )
    imported, opened, with_exact_counters = (set(line.split()) for line in answer.stdout.splitlines()[-3:])
    assert imported & (HEAVY | OF_HEALTH) == set()
    assert opened & (HEAVY | OF_EXACT_COUNTERS | OF_SEALING) == set()
    assert with_exact_counters >= OF_EXACT_COUNTERS
    assert with_exact_counters & HEAVY == set()
