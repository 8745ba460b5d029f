"""What the check of a channel of VK or YouTube finds beside the channel's own posts, and how often it errs on clean ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.measure import Measurement, in_turns_ms, median
from benchmarks.watched_channels import frame
from metrics.audit import Audit, check_channel
from metrics.frame import Bools, Floats, Ints, audience_table

CLEAN, BOUGHT = 300, 40
FLAGGED_AT_MOST, FOUND_AT_LEAST = 1.0, 80.0  # percent
NOW = 1_735_689_600
UTC = ZoneInfo("UTC")
REPEATS = 9
# Of the log, from quiet channels to lively ones. Tails are heavier than normal ones (Student's t of 5), or lean to one side (Gumbel's).
RATE_SD, VIEWS_SD = (0.2, 0.5), (0.35, 0.9)
RATE_DRIFT = 0.15  # of the log of the rate over the history
KIND_SHARE, KIND_RATE_SD, KIND_VIEWS_SD = 0.6, 0.35, 0.7  # shorts and long videos, pictures and links
GIVEAWAY_SHARE, GIVEAWAY = 0.04, (3, 10)  # likes, comments and reposts together
VIRAL_SHARE, VIRAL_VIEWS, VIRAL_RATE = 0.05, (3, 20), (0.4, 1.0)
HIDDEN_AD_SHARE, HIDDEN_AD_RATE = 0.1, (0.3, 0.6)  # ads that nothing marks


@dataclass(slots=True)
class Wall:
    """Posts of one look at a channel; whoever buys changes them in place."""

    views: Floats
    likes: Floats
    comments: Floats


Buyer = Callable[[np.random.Generator, Wall], None]


def likes_for_some(times: float, share: float = 1 / 3) -> Buyer:
    """So many times the likes on a part of the posts, give or take a fifth."""

    def buy(rng: np.random.Generator, wall: Wall) -> None:
        chosen = _chosen(rng, len(wall.likes), share)
        wall.likes[chosen] *= times * np.exp(rng.normal(0, 0.2, int(chosen.sum())))

    return buy


def views_for_some(times: float, share: float = 0.25) -> Buyer:
    """So many times the views on a part of the posts, and nothing else."""

    def buy(rng: np.random.Generator, wall: Wall) -> None:
        chosen = _chosen(rng, len(wall.views), share)
        wall.views[chosen] *= times * np.exp(rng.normal(0, 0.2, int(chosen.sum())))

    return buy


# What is bought, how much, how it is told, whether the check promises to find it.
CASES: tuple[tuple[str, Buyer, str, bool], ...] = (
    ("likes", likes_for_some(2.0), "x2", False),
    ("likes", likes_for_some(4.0), "x4", False),
    ("likes", likes_for_some(7.0), "x7", False),
    ("likes", likes_for_some(10.0), "x10", True),
    ("views", views_for_some(2.0), "x2", False),
    ("views", views_for_some(4.0), "x4", False),
    ("views", views_for_some(7.0), "x7", False),
    ("views", views_for_some(10.0), "x10", True),
)


def measure() -> Iterator[Measurement]:
    rng = np.random.default_rng(14)
    for platform in ("vk", "youtube"):
        clean = _flagged(rng, platform, None, CLEAN)
        yield Measurement(
            f"check: {CLEAN} clean channels of {platform} flagged",
            100 * clean,
            "%",
            at_most=FLAGGED_AT_MOST,
            facts={"pattern": None, "platform": platform, "channels": CLEAN, "amount": None},
        )
        for pattern, buy, amount, promised in CASES:
            found = _flagged(rng, platform, buy, BOUGHT)
            yield Measurement(
                f"check: bought on {platform}, found: {pattern} {amount}",
                100 * found,
                "%",
                at_least=FOUND_AT_LEAST if promised else None,
                facts={"pattern": pattern, "platform": platform, "channels": BOUGHT, "amount": amount},
            )
    yield _speed(rng)


def look(
    rng: np.random.Generator, platform: str, buy: Buyer | None = None
) -> tuple[Ints, Ints, dict[str, Floats]]:
    """Publication and counters of the posts of one look, and the moment of it; clean unless somebody buys."""
    days = rng.uniform(120, 400)
    published = np.sort(NOW - (rng.random(int(rng.integers(60, 260))) * days * 86_400).astype(np.int64))
    wall = _wall(rng, (NOW - published) / 86_400, platform)
    if buy is not None:
        buy(rng, wall)
    counted = {
        "views": np.floor(wall.views) + 1,
        "reactions": rng.poisson(wall.likes).astype(np.float64),
        "comments": rng.poisson(wall.comments).astype(np.float64),
    }
    return published, np.full(len(published), NOW), counted


def _wall(rng: np.random.Generator, age_days: Floats, platform: str) -> Wall:
    n = len(age_days)
    level = np.log(10 ** rng.uniform(2.7, 5)) + np.cumsum(rng.normal(0, 0.03, n))
    growth = (rng.uniform(0.02, 0.25) if platform == "youtube" else rng.uniform(0, 0.05)) * np.log(
        age_days + 1
    )
    moved = rng.uniform(*VIEWS_SD) * _tails(rng, n)
    viral = _chosen(rng, n, rng.uniform(0, VIRAL_SHARE))
    rate = (
        np.log(10 ** rng.uniform(-2.2, -1.2))
        - rng.uniform(0, 0.15) * moved
        + rng.uniform(*RATE_SD) * _tails(rng, n)
    )
    rate += RATE_DRIFT * rng.normal() * np.linspace(-1, 1, n)
    talk = np.log(10 ** rng.uniform(-3.5, -2.3)) + 0.5 * (rate - rate.mean()) + 0.6 * _tails(rng, n)
    kind = _chosen(rng, n, rng.uniform(0, KIND_SHARE))
    rate += np.where(kind, rng.normal(0, KIND_RATE_SD), 0)
    moved += np.where(kind, rng.normal(0, KIND_VIEWS_SD), 0)
    moved += np.where(viral, np.log(rng.uniform(*VIRAL_VIEWS, n)), 0)
    rate += np.where(viral, np.log(rng.uniform(*VIRAL_RATE, n)), 0)
    given = _chosen(rng, n, rng.uniform(0, GIVEAWAY_SHARE))
    hidden = _chosen(rng, n, rng.uniform(0, HIDDEN_AD_SHARE))
    for_all = np.where(given, np.log(rng.uniform(*GIVEAWAY, n)), 0)
    for_all += np.where(hidden, np.log(rng.uniform(*HIDDEN_AD_RATE, n)), 0)
    views = np.exp(level + growth + moved)
    return Wall(views, views * np.exp(rate + for_all), views * np.exp(talk + for_all))


def _tails(rng: np.random.Generator, n: int) -> Floats:
    """Of an sd of 1; of every third channel they lean to one side."""
    if rng.random() < 1 / 3:
        return np.asarray(
            rng.choice([-1.0, 1.0]) * (rng.gumbel(size=n) - np.euler_gamma) * np.sqrt(6) / np.pi
        )
    return np.asarray(rng.standard_t(5, n) / np.sqrt(5 / 3))


def _chosen(rng: np.random.Generator, n: int, share: float) -> Bools:
    return np.asarray(rng.random(n) < share)


def _flagged(rng: np.random.Generator, platform: str, buy: Buyer | None, channels: int) -> float:
    """Share of the channels of which anything at all is said."""
    found = (_check(look(rng, platform, buy), platform) for _ in range(channels))
    return float(np.mean([bool(one.findings) for one in found]))


def _check(seen: tuple[Ints, Ints, dict[str, Floats]], platform: str) -> Audit:
    published, observed, counters = seen
    readings = frame(np.arange(len(published)), published, observed, counters)
    return check_channel(readings, audience_table([]), zone=UTC, as_of=NOW, platform=platform)


def _speed(rng: np.random.Generator) -> Measurement:
    seen = look(rng, "vk")
    published, observed, counters = seen
    sort = partial(
        frame(np.arange(len(published)), published, observed, counters).sort_values, "published_at"
    )
    taken, floors = in_turns_ms(lambda: _check(seen, "vk"), sort, repeats=REPEATS)
    return Measurement(
        f"check of one channel of VK, {len(published)} posts",
        median(taken),
        "ms",
        floor=median(floors),
        at_most=100,
    )
