"""`otklik replay` over a file of many channels: 90 days of warnings, from the file to the JSON."""

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.drop_channels import channel
from benchmarks.measure import Measurement, time_ms
from bot.terminal.replay import replay

CHANNELS, DAYS, POSTS_A_DAY = 300, 90, 3
YOUNG_DAYS = 7  # the file's last days, of which nothing is decided
AT_MOST_S = 20.0
HOURS = (9, 12, 15, 18, 20, 22)


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        path = _write(Path(folder) / "channels.csv")
        floor = time_ms(lambda: _read(path)) / 1000
        taken = time_ms(lambda: _replay(path)) / 1000
    name = f"replay of {DAYS} days of {CHANNELS} channels, {POSTS_A_DAY} posts a day, from a CSV file"
    yield Measurement(name, taken, "s", floor=floor, at_most=AT_MOST_S)


def _read(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def _replay(path: Path) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        replay(
            [path],
            rule="normal",
            gate_percent=20,
            country=None,
            as_of=None,
            zone="Europe/Moscow",
            language="en",
            as_json=True,
        )


def _write(path: Path) -> Path:
    rng = np.random.default_rng(0)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("timestamp", "channel", "message_id", "views", "forwards", "reactions"))
        for number in range(CHANNELS):
            writer.writerows(_rows(rng, f"@example{number}"))
    return path


def _rows(rng: np.random.Generator, name: str) -> Iterator[tuple[str | int, ...]]:
    posts = channel(rng, POSTS_A_DAY)
    last = int(posts.day[-1])
    for number in np.flatnonzero(posts.day > last - DAYS - YOUNG_DAYS):
        at = datetime.fromordinal(int(posts.day[number])).replace(tzinfo=UTC)
        at += timedelta(hours=HOURS[number % len(HOURS)], minutes=int(number) % 60)
        views = int(np.exp(posts.log_views[number]))
        interactions = int(views * np.exp(posts.log_er[number]))
        forwards = interactions // 4
        yield at.isoformat(" "), name, int(number), views, forwards, interactions - forwards
