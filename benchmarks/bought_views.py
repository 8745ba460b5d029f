"""What is bought for a generated channel: views by the patterns of docs/evidence.md, section 4.3, and longer schemes."""

from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.watched_channels import ASLEEP, START, Buyer, Posts, local_hour
from metrics.frame import Bools, Floats

JITTER = 0.015  # of the log of a figure that posts are topped up to
STEP_H = 8
STOPPED_DAYS, BEGUN_DAYS, JOINED_DAYS = 20, 30, 60
SAME_REACTIONS = 120


def views_by(shape: Callable[[np.random.Generator, Posts], Floats], volume: float) -> Buyer:
    """Buys `volume` of the usual views at 7 days for every post; `shape`: shares by hour of age."""

    def buy(rng: np.random.Generator, posts: Posts) -> None:
        posts.views += volume * float(np.median(posts.views[:, 168])) * shape(rng, posts)

    return buy


def _ages(posts: Posts) -> Floats:
    return np.arange(posts.views.shape[1], dtype=np.float64)


def _step(rng: np.random.Generator, posts: Posts) -> Floats:
    start = rng.uniform(20, 50 - STEP_H, len(posts.views))[:, None]
    return np.asarray(np.clip((_ages(posts) - start) / STEP_H, 0, 1))


def _night(_rng: np.random.Generator, posts: Posts) -> Floats:
    ages = _ages(posts)
    at_night = (local_hour(posts.published, ages, posts.zone_h) < len(ASLEEP)) & (ages < 168)
    return np.asarray(np.cumsum(at_night, axis=1) / at_night.sum(axis=1, keepdims=True))


def _evenly(hours: float, _rng: np.random.Generator, posts: Posts) -> Floats:
    return np.asarray(np.clip(_ages(posts) / hours, 0, 1))[None, :]


SHAPES: dict[str, Callable[[np.random.Generator, Posts], Floats]] = {
    "step": _step,
    "linear_7d": partial(_evenly, 168.0),
    "night": _night,
    "linear_24h": partial(_evenly, 24.0),
    "first_6h": partial(_evenly, 6.0),
}


def top_up(volume: float) -> Buyer:
    """Buys every post up to one figure."""

    def buy(rng: np.random.Generator, posts: Posts) -> None:
        final = posts.views[:, 168]
        target = (1 + volume) * np.quantile(final, 0.9) * (1 + rng.normal(0, JITTER, len(final)))
        posts.views += np.maximum(target - final, 0)[:, None] * _evenly(24.0, rng, posts)

    return buy


def _times(volume: float, chosen: Callable[[Posts], Bools]) -> Buyer:
    """Buys views of the chosen posts times 1 + volume; nobody reacts more."""

    def buy(_rng: np.random.Generator, posts: Posts) -> None:
        posts.views *= np.where(chosen(posts), 1 + volume, 1)[:, None]

    return buy


def stopped(volume: float) -> Buyer:
    """Buys views for every post until 20 days before the watch."""
    return _times(volume, lambda posts: posts.published < START - STOPPED_DAYS * 86_400)


def begun(volume: float) -> Buyer:
    return _times(volume, lambda posts: posts.published >= START - BEGUN_DAYS * 86_400)


def for_ads(volume: float) -> Buyer:
    return _times(volume, lambda posts: posts.is_ad)


def readers(volume: float) -> Buyer:
    """Buys subscribers that come within 60 days, the last of them as the watch ends."""

    def buy(_rng: np.random.Generator, posts: Posts) -> None:
        moments = posts.audience["observed_at"].to_numpy()
        come = np.clip((moments - (moments[-1] - JOINED_DAYS * 86_400)) / (JOINED_DAYS * 86_400), 0, 1)
        posts.audience["subscribers"] = np.round(posts.audience["subscribers"] * (1 + volume * come))

    return buy


def even_rates(sd: float) -> Buyer:
    """Makes reactions in proportion to views, with this sd of the log."""

    def buy(rng: np.random.Generator, posts: Posts) -> None:
        posts.reactions = 0.015 * posts.views[:, 168] * np.exp(rng.normal(0, sd, len(posts.views)))

    return buy


def equal_reactions(share: float) -> Buyer:
    def buy(rng: np.random.Generator, posts: Posts) -> None:
        same = rng.random(len(posts.views)) < share
        posts.reactions = np.where(same, SAME_REACTIONS + 0.5, posts.reactions)

    return buy
