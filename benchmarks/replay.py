"""`otklik replay` over files of many channels: 90 days of warnings, from the files to the JSON."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.drop_channels import channel
from benchmarks.measure import Measurement, cpu_ms
from bot.terminal.replay import replay

CHANNELS, DAYS, POSTS_A_DAY = 300, 90, 3
CHANNELS_A_FILE = 50
YOUNG_DAYS = 7  # the file's last days, of which nothing is decided
AT_MOST_S = 20.0
HOURS = (9, 12, 15, 18, 20, 22)


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        paths = _write(Path(folder))
        floor = cpu_ms(lambda: [_read(path) for path in paths]) / 1000
        replayed: list[int] = []
        taken = cpu_ms(lambda: replayed.append(_replay(paths))) / 1000
    assert replayed == [CHANNELS]
    name = f"replay of {DAYS} days of {CHANNELS} channels, {POSTS_A_DAY} posts a day, from CSV files"
    yield Measurement(name, taken, "s", floor=floor, at_most=AT_MOST_S)


def _read(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def _replay(paths: Sequence[Path]) -> int:
    """Returns how many channels were replayed."""
    with redirect_stdout(io.StringIO()) as printed, redirect_stderr(io.StringIO()):
        replay(
            list(paths),
            rule="normal",
            gate_percent=20,
            country=None,
            as_of=None,
            zone="Europe/Moscow",
            language="en",
            as_json=True,
        )
    return len(json.loads(printed.getvalue())["channels"])


def _write(folder: Path) -> Sequence[Path]:
    rng = np.random.default_rng(0)
    paths = [folder / f"channels{first}.csv" for first in range(0, CHANNELS, CHANNELS_A_FILE)]
    for number, path in enumerate(paths):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("timestamp", "channel", "message_id", "views", "forwards", "reactions"))
            for channel_number in range(number * CHANNELS_A_FILE, (number + 1) * CHANNELS_A_FILE):
                writer.writerows(_rows(rng, f"@example{channel_number}"))
    return paths


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
