"""Channels whose noise was measured (docs/evidence.md#3.1): log views and log ER of posts by day, with or without a drop.

A post's level is t5 with sd .107, and 2.5 % of the posts go viral; days follow AR(.5) with sd .09; weekdays shift views
and the number of posts. `harder`: every channel has its own noise and its own days, and the level wanders.
"""

import math
from dataclasses import dataclass

import numpy as np

from metrics.frame import Floats, Ints

BEFORE_DAYS, QUARTER_DAYS = 98, 90
DAYS = BEFORE_DAYS + QUARTER_DAYS
FIRST_DAY = 738_887  # a Monday; an ordinal (`date.toordinal`)
VIEWS, ER = 3000.0, 0.02

POST_SD, POST_DF = 0.107, 5
VIRAL_SHARE, VIRAL_LOG = 0.025, 0.5
DAY_SD, DAY_CORRELATION = 0.09, 0.5
ER_SD = 0.60
WEEKDAY_SHIFTS = np.array((0, 0.03, 0.01, 0, -0.06, -0.09, 0.04))
WEEKDAY_POSTS = np.array((1.18, 1.22, 1.18, 1.11, 1.14, 0.62, 0.55))
DRIFT_A_DAY = 0.008
DIFFERENCE_SD = 0.3  # between channels, of the log of each spread


@dataclass(frozen=True, slots=True)
class Posts:
    """Oldest day first."""

    day: Ints  # ordinals
    log_views: Floats
    log_er: Floats


@dataclass(frozen=True, slots=True)
class Noise:
    """How a channel differs: factors of the three spreads, and the drift of its level a day."""

    posts: float = 1.0
    days: float = 1.0
    er: float = 1.0
    drift: float = 0.0


def channel(rng: np.random.Generator, posts_a_day: float, *, harder: bool = False) -> Posts:
    noise = _other_noise(rng) if harder else Noise()
    weekday = np.arange(DAYS) % 7
    level = math.log(VIEWS) + WEEKDAY_SHIFTS[weekday] + _day_levels(rng, noise)
    drift_of_er = np.cumsum(rng.normal(0, noise.drift, DAYS))
    day = np.repeat(np.arange(DAYS), rng.poisson(posts_a_day * WEEKDAY_POSTS[weekday]))
    n = len(day)
    scale = noise.posts * POST_SD / math.sqrt(POST_DF / (POST_DF - 2))
    viral = np.where(rng.random(n) < VIRAL_SHARE, rng.exponential(VIRAL_LOG, n), 0)
    log_er = math.log(ER) + drift_of_er[day] + rng.normal(0, noise.er * ER_SD, n)
    return Posts(FIRST_DAY + day, level[day] + scale * rng.standard_t(POST_DF, n) + viral, log_er)


def dropped(values: Floats, day: Ints, first: int, share: float) -> Floats:
    """Returns the values with so much less of them from the day `first` on."""
    return np.where(day >= first, values + math.log(1 - share), values)


def _other_noise(rng: np.random.Generator) -> Noise:
    posts, days, er = rng.lognormal(0, DIFFERENCE_SD, 3)
    return Noise(posts, days, er, DRIFT_A_DAY)


def _day_levels(rng: np.random.Generator, noise: Noise) -> Floats:
    """Returns AR(.5) from its own distribution on, and a random walk under it."""
    steps = rng.normal(0, math.sqrt(1 - DAY_CORRELATION**2), DAYS)
    levels = np.empty(DAYS)
    levels[0] = rng.normal()
    for number in range(1, DAYS):
        levels[number] = DAY_CORRELATION * levels[number - 1] + steps[number]
    return noise.days * DAY_SD * levels + np.cumsum(rng.normal(0, noise.drift, DAYS))
