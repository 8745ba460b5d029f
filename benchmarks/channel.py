"""A made-up channel as a statistics file: the same bytes at every run."""

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST = datetime(2020, 1, 1, 9, tzinfo=UTC)
HOURS_BETWEEN = 5
HEADER = ("id", "date", "views", "reactions", "comments", "forwards", "text")
COUNTERS = ("views", "reactions", "comments", "forwards")


def write_csv(path: Path, posts: int) -> Path:
    chance = random.Random(posts)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(1, posts + 1):
            at = FIRST + timedelta(hours=HOURS_BETWEEN * number, minutes=chance.randrange(60))
            views = int(chance.lognormvariate(8, 0.5))
            rates = (0.03, 0.004, 0.01)
            counts = (int(views * rate * chance.uniform(0.5, 1.5)) for rate in rates)
            writer.writerow(
                (number, at.strftime("%Y-%m-%d %H:%M:%S"), views, *counts, f"Post number {number} of many")
            )
    return path
