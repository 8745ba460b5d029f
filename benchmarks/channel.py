"""A made-up channel: as a statistics file shaped like the dumps people make themselves, and as rows. Always the same."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

from metrics.posts import COLUMNS, Post

NEWEST = datetime(2025, 11, 29, 21, 18, 56, tzinfo=UTC)
MINUTES_BETWEEN = 7  # a million of them are thirteen years
POST_EVERY_S = 3600
HEADER = (
    "timestamp",
    "channel",
    "message_id",
    "views",
    "forwards",
    "reactions",
    "sentiment_positive",
    "sentiment_negative",
    "sentiment_neutral",
    "message_length",
)

Row = tuple[str | int | float, ...]


def write_csv(path: Path, posts: int, columns: Sequence[str] = HEADER) -> Path:
    cells = itemgetter(*map(HEADER.index, columns))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(map(cells, rows_of(posts)))
    return path


def rows_of(posts: int) -> Iterator[Row]:
    """Yields rows under the titles of HEADER, newest first."""
    chance = random.Random(posts)
    for age in range(posts):
        yield _row(chance, NEWEST - timedelta(minutes=MINUTES_BETWEEN * age), posts - age)


def _row(chance: random.Random, at: datetime, number: int) -> Row:
    views = int(chance.lognormvariate(8, 0.5))
    forwards, reactions = (int(views * rate * chance.uniform(0.5, 1.5)) for rate in (0.01, 0.03))
    positive, negative = round(chance.uniform(0, 0.5), 3), round(chance.uniform(0, 0.5), 3)
    neutral = round(1 - positive - negative, 3)
    length = chance.randrange(80, 400)
    return (
        at.isoformat(" "),
        "@example",
        number,
        views,
        forwards,
        reactions,
        positive,
        negative,
        neutral,
        length,
    )


def make_posts(count: int, as_of: int) -> list[Post]:
    """Makes a post an hour, the newest an hour old, each seen at `as_of`; oldest first."""
    chance = random.Random(count)
    empty = Post._make([None] * len(COLUMNS))._replace(
        observed_at=as_of,
        observed_exact=True,
        time_known=True,
        format="photo",
        is_ad=False,
        is_forwarded=False,
    )
    return [_post(chance, empty, as_of - POST_EVERY_S * age, count - age) for age in range(count, 0, -1)]


def _post(chance: random.Random, empty: Post, published_at: int, number: int) -> Post:
    views = int(chance.lognormvariate(8, 0.5))
    return empty._replace(
        external_id=str(number),
        published_at=published_at,
        views=views,
        reactions=views * 3 // 100,
        comments=views // 250,
        forwards=views // 100,
    )
