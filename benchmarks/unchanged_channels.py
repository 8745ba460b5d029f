"""Channels in which nothing changes, as one reading of all their posts shows them: the young ones still growing.

Levels vary as in docs/evidence.md#3.1. A post's growth is the fleet's, off by what its channel and the post itself add
(docs/evidence.md#2.2): the channel's part is one before 7 days and another after, each growing with the distance in time.
"""

import math

import numpy as np
import pandas as pd

from benchmarks.drop_channels import DAY_CORRELATION, DAY_SD, POST_DF, POST_SD, VIRAL_LOG, VIRAL_SHARE
from benchmarks.watched_channels import frame
from metrics.frame import Floats, Ints
from metrics.maturity import FINAL_H, REACTIONS, VIEWS

AS_OF = 1_767_258_000  # 1 January 2026, 09:00 UTC
DAYS = 240
HOURS = np.arange(8, 23)
VIEWS_AT_7D, SUBSCRIBERS = 3000.0, 10_000.0
REACTION_RATE, FORWARD_RATE, COMMENT_RATE = 0.015, 0.006, 0.002
ER_SD, DAY_ER_SD = 0.60, 0.12

# sd of log(views / views at 7 d) around the fleet's: between channels, and between the posts of one.
_AGES_H = np.log(np.array((24, 48, 72, 168, 336, 720, 1440, 2160, 4320)))
CHANNEL_SD = np.array((0.125, 0.11, 0.098, 0, 0.07, 0.13, 0.175, 0.20, 0.24))
OWN_SD = np.array((0.155, 0.135, 0.12, 0, 0.075, 0.12, 0.15, 0.17, 0.19))
REACTIONS_SHARE = 0.3  # of these, for reactions


def unchanged(rng: np.random.Generator, posts_a_day: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns tables of posts and of subscribers."""
    day = np.repeat(np.arange(DAYS), rng.poisson(posts_a_day, DAYS))
    hour = rng.choice(HOURS, len(day)) + rng.random(len(day))
    published = np.sort(AS_OF - AS_OF % 86_400 - (day * 86_400 - hour * 3600).astype(np.int64))
    published = published[published < AS_OF - 3600]
    return _posts(rng, published), _subscribers()


def _posts(rng: np.random.Generator, published: Ints) -> pd.DataFrame:
    n, age_h = len(published), (AS_OF - published) / 3600
    day = (AS_OF - published) // 86_400
    level = math.log(VIEWS_AT_7D) + DAY_SD * _days(rng, DAY_CORRELATION)[day]
    scale = POST_SD / math.sqrt(POST_DF / (POST_DF - 2))
    viral = np.where(rng.random(n) < VIRAL_SHARE, rng.exponential(VIRAL_LOG, n), 0)
    level += scale * rng.standard_t(POST_DF, n) + viral
    off = _off(rng, age_h)
    views = np.exp(level + off) * VIEWS.share(age_h, published % 86_400 / 3600)
    people = np.exp(level + DAY_ER_SD * _days(rng, 0.0)[day] + rng.normal(0, ER_SD, n))
    people *= REACTIONS.share(age_h) * np.exp(REACTIONS_SHARE * off)
    rates = {"reactions": REACTION_RATE, "forwards": FORWARD_RATE, "comments": COMMENT_RATE}
    counts = {name: rng.poisson(people * rate).astype(np.float64) for name, rate in rates.items()}
    seen = np.full(n, AS_OF, dtype=np.int64)
    return frame(np.arange(n), published, seen, {"views": np.floor(views), **counts})


def _off(rng: np.random.Generator, age_h: Floats) -> Floats:
    """Returns how far each post lies off the fleet's curve, in logs."""
    young, old = rng.normal(size=2)
    log_age = np.log(age_h)
    channel = np.where(age_h < FINAL_H, young, old) * np.interp(log_age, _AGES_H, CHANNEL_SD)
    return np.asarray(channel + rng.normal(size=len(age_h)) * np.interp(log_age, _AGES_H, OWN_SD))


def _days(rng: np.random.Generator, correlation: float) -> Floats:
    steps = rng.normal(0, math.sqrt(1 - correlation**2), DAYS + 1)
    levels = np.empty(DAYS + 1)
    levels[0] = rng.normal()
    for number in range(1, DAYS + 1):
        levels[number] = correlation * levels[number - 1] + steps[number]
    return levels


def _subscribers() -> pd.DataFrame:
    moments = AS_OF - 86_400 * np.arange(DAYS, -1, -1)
    counts = np.full(len(moments), SUBSCRIBERS)
    return pd.DataFrame({"observed_at": moments, "subscribers": counts, "step": np.zeros(len(moments))})
