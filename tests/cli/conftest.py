"""The program as a terminal sees it: exit code, standard output, standard error."""

import csv
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.core.settings import GROUPS
from bot.demo import ExampleChannel, as_telethon_json, generate_team

AS_OF = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
FIRST_DAY = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
collect_ignore = [] if "OTKLIK_SAMPLES" in os.environ else ["test_samples.py"]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON; NaN and Infinity are none."""
        return json.loads(self.out, parse_constant=_refuse)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


@pytest.fixture
def otklik(monkeypatch, tmp_path):
    """`otklik("read", path, "--json")`, in this process, far from any settings of this machine."""
    for group in GROUPS:
        for name in group.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def kitchen() -> ExampleChannel:
    return generate_team(int(AS_OF.timestamp()))[0]


@pytest.fixture(scope="session")
def dump(kitchen, tmp_path_factory) -> Path:
    """A year of a channel as a Telethon dump."""
    path = tmp_path_factory.mktemp("dump") / "кухня.json"
    path.write_bytes(as_telethon_json(kitchen))
    return path


def write_table(path: Path, *, days: range, channel: str = "Кофе и код", **counters: int) -> Path:
    """A post a day at 9:00 UTC from FIRST_DAY on, each with these counters."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "channel", *counters])
        for day in days:
            at = FIRST_DAY + timedelta(days=day)
            writer.writerow([day + 1, at.isoformat(), channel, *counters.values()])
    return path


@pytest.fixture
def table(tmp_path) -> Path:
    """October 2026: 31 posts, ER by views of 5 % each."""
    return write_table(
        tmp_path / "october.csv", days=range(31), views=1000, reactions=30, comments=5, forwards=15
    )


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[2]
