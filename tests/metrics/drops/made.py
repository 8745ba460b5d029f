"""Made-up channels for the drop rule: levels by day, or whole tables of posts with one thing about them."""

import math
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import numpy as np

from metrics.drops.parameters import rule
from metrics.drops.replay import History, history, replay
from metrics.drops.series import Series, series
from metrics.frame import audience_table, table
from metrics.posts import COLUMNS, Post

MONDAY = date(2025, 1, 6).toordinal()
DAY_S = 86_400
NORMAL = rule("normal")


class Values:
    """One metric of one channel, given as log values by day."""

    basis = "exact"

    def __init__(self, metric: str, posts: Series) -> None:
        self.metric, self.posts, self.published = metric, posts, posts.day

    def compared(self, _window, _history) -> Series:
        return self.posts


def noisy(seed: int, days: int = 90, posts_a_day: float = 3, level: float = math.log(1000)) -> Series:
    """Log views with the spread measured at 24 hours; day 0 is a Monday."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(days), rng.poisson(posts_a_day, days))
    day_levels = rng.normal(0, 0.09, days)
    return series(MONDAY + day, level + day_levels[day] + rng.normal(0, 0.11, len(day)))


def shifted(posts: Series, first: int, factor: float) -> Series:
    """From the day `first` (counted from the start) on, `factor` times the value."""
    moved = np.where(posts.day >= MONDAY + first, posts.x + math.log(factor), posts.x)
    return Series(posts.day, moved)


def post(day: int, hour: float, views: float | None, reactions: float | None, **fields: object) -> Post:
    start = datetime.combine(date.fromordinal(MONDAY), datetime.min.time(), UTC)
    at = int((start + timedelta(days=day, hours=hour)).timestamp())
    facts = {
        "external_id": str(at),
        "published_at": at,
        "observed_at": at + 40 * DAY_S,
        "observed_exact": True,
        "time_known": True,
        "is_ad": False,
        "is_forwarded": False,
        "views": None if views is None else round(views),
        "reactions": None if reactions is None else round(reactions),
        "comments": 0,
        "forwards": 0,
    }
    return Post(**{**dict.fromkeys(COLUMNS), **facts, **fields})


def channel(
    days: int,
    views: Callable[[int], float],
    *,
    er: Callable[[int], float] = lambda _day: 0.03,
    posts_a_day: int = 3,
    seed: int = 1,
) -> list[Post]:
    """Posts whose views lie about `views(day)` by the spread measured, and whose ER lies about `er(day)` by .3."""
    rng = np.random.default_rng(seed)
    rows = []
    for day in range(days):
        day_shift = rng.normal(0, 0.06)
        for number in range(posts_a_day):
            seen = views(day) * math.exp(day_shift + rng.normal(0, 0.11))
            reactions = seen * er(day) * math.exp(rng.normal(0, 0.3))
            rows.append(post(day, 8 + number * 12 / posts_a_day, seen, reactions))
    return rows


def as_history(
    rows: Iterable[Post], *, name: str = "example", platform: str = "telegram", as_of: int | None = None
) -> History:
    posts = list(rows)
    end = max(row.published_at for row in posts) + 8 * DAY_S if as_of is None else as_of
    return history(name, table(posts), audience_table([]), platform=platform, zone=UTC, as_of=end)


def replayed(rows: Iterable[Post], how=NORMAL, **arguments: object):
    return replay([as_history(rows, **arguments)], how).channels[0]


def views_collapse() -> list[Post]:
    """~1 200 views a post, and from one post to the next 53, for seven weeks."""
    return channel(109, lambda day: 1200 if day < 60 else 53)


def two_years_growth() -> list[Post]:
    return channel(730, lambda day: 6000 * (26 / 6) ** (day / 730), posts_a_day=4)


def slow_decline() -> list[Post]:
    """1 275 views in January, 405 in November."""
    return channel(325, lambda day: 1275 * (405 / 1275) ** (day / 325), posts_a_day=6)


def steady() -> list[Post]:
    return channel(180, lambda _day: 1000)


def topped_up() -> list[Post]:
    """Every post bought up to one number, until the buying ends: half of it was real."""
    rng = np.random.default_rng(5)
    bought = [
        post(day, hour, 20_000 * math.exp(rng.normal(0, 0.01)), 40)
        for day in range(70)
        for hour in (9, 14, 19)
    ]
    real = [
        post(day, hour, 9_000 * math.exp(rng.normal(0, 0.15)), 40)
        for day in range(70, 100)
        for hour in (9, 14, 19)
    ]
    return bought + real
