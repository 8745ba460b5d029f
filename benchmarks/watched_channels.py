"""Channels as a watch sees them: 14 days of new posts read every 4 hours, older posts read once, subscribers.

Growth: the fleet's curve, faster or slower by channel and by post (METRICS 2.2), slowed by the night of an audience
that lives in a zone of its own. Levels vary as in METRICS 3.1. `bought` adds views by the patterns of METRICS 4.3.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from metrics.frame import FLAGS, TIMES, Floats, Ints, table
from metrics.maturity import REACTIONS, VIEWS

Pattern = Literal["step", "night", "top_up"]

START = 1_735_689_600  # 1 January 2025
WATCH_DAYS, EVERY_H, KNOWN_H = 14, 4, 190
OLD_POSTS, OLD_DAYS = 45, 30
POSTING = np.arange(8, 23)  # local hours
ASLEEP, DROWSY = range(6), (6, 7, 23)
NIGHT, MORNING = (0.05, 0.35), 0.6  # activity beside that of the day; of the night by channel
BURST_SD = 1.3  # of the log of an hour's growth: shares of 4 hours then lie as in METRICS 4.2
REPOSTED_SHARE, REPOSTED_VIEWS = 0.05, (0.1, 0.6)  # of posts, within a few hours; of their views at 7 days
CURVE_SD, POST_CURVE_SD = 0.13, 0.05  # of its exponent: posts and medians at 24 h then lie as measured
POST_SD, VIRAL_SHARE, VIRAL_LOG = 0.13, 0.025, 0.5
FORWARD_SD, REACTION_SD = 0.3, 0.6
JITTER = 0.015  # METRICS 4.3
STEP_H = 8


@dataclass(frozen=True, slots=True)
class Watched:
    readings: pd.DataFrame
    audience: pd.DataFrame
    as_of: int


@dataclass(frozen=True, slots=True)
class _Posts:
    published: Ints
    final: Floats  # views at 7 days
    cumulative: Floats  # a row a post, a column an hour of age: share of the views at 7 days


def watch(rng: np.random.Generator, bought: Pattern | None = None, volume: float = 0.5) -> Watched:
    """`volume`: bought views as a share of the usual views at 7 days."""
    zone_h = int(rng.integers(-8, 10))
    as_of = START + WATCH_DAYS * 86_400
    posts = _posts(rng, zone_h)
    views = posts.final[:, None] * posts.cumulative
    if bought:
        views = views + _bought(rng, bought, volume, posts, views, zone_h)
    readings = _readings(rng, posts.published, views, as_of)
    return Watched(readings, _audience(rng, float(np.median(posts.final)), as_of), as_of)


def _posts(rng: np.random.Generator, zone_h: int) -> _Posts:
    new = rng.poisson(rng.choice([1.5, 2.5, 4]) * WATCH_DAYS) + 10
    days = np.concatenate([rng.integers(-OLD_DAYS, 0, OLD_POSTS), rng.integers(0, WATCH_DAYS - 3, new)])
    hours = rng.choice(POSTING, len(days)) - zone_h + rng.random(len(days))
    published = np.sort(START + days * 86_400 + (hours * 3600).astype(np.int64))
    level = np.log(rng.uniform(800, 20_000)) + np.where(
        rng.random(len(days)) < VIRAL_SHARE, rng.exponential(VIRAL_LOG, len(days)), 0
    )
    final = np.exp(level + POST_SD * rng.standard_t(5, len(days)))
    return _Posts(published, final, _growth(rng, published, zone_h))


def _growth(rng: np.random.Generator, published: Ints, zone_h: int) -> Floats:
    channel = np.clip(rng.normal(0.92, CURVE_SD), 0.6, 1.15)
    power = channel * np.exp(rng.normal(0, POST_CURVE_SD, len(published)))
    ages = np.arange(KNOWN_H + OLD_DAYS * 24, dtype=np.float64)
    shares = VIEWS.share(np.maximum(ages, 1)) * np.minimum(ages, 1)
    grown = np.diff(shares ** power[:, None], axis=1) * np.exp(
        rng.normal(0, BURST_SD, (len(published), len(ages) - 1))
    )
    night = rng.uniform(*NIGHT)
    cumulative = np.cumsum(grown * _activity(_local_hour(published, ages[:-1], zone_h), night), axis=1)
    cumulative += _reposts(rng, len(published), ages[:-1]) * cumulative[:, [167]]
    return np.asarray(np.hstack([np.zeros((len(published), 1)), cumulative / cumulative[:, [167]]]))


def _reposts(rng: np.random.Generator, posts: int, ages: Floats) -> Floats:
    """A few posts are shown to another channel's readers, at some age of the first week."""
    sizes = np.where(rng.random(posts) < REPOSTED_SHARE, rng.uniform(*REPOSTED_VIEWS, posts), 0)
    start = rng.uniform(1, 168, posts)[:, None]
    return np.asarray(sizes[:, None] * (1 - np.exp(-np.maximum(ages - start, 0) / 3)))


def _local_hour(published: Ints, ages: Floats, zone_h: int) -> Ints:
    hours: Ints = ((published[:, None] / 3600 + ages + zone_h) % 24).astype(np.int64)
    return hours


def _activity(hour: Ints, night: float) -> Floats:
    weights = np.ones(24)
    weights[list(ASLEEP)], weights[list(DROWSY)] = night, MORNING
    return np.asarray(weights[hour])


def _bought(
    rng: np.random.Generator, pattern: Pattern, volume: float, posts: _Posts, views: Floats, zone_h: int
) -> Floats:
    """Views to add, a row a post, a column an hour of age."""
    ages = np.arange(views.shape[1], dtype=np.float64)
    many = volume * float(np.median(posts.final))
    if pattern == "step":
        start = rng.uniform(20, 50 - STEP_H, len(views))[:, None]
        return np.asarray(many * np.clip((ages - start) / STEP_H, 0, 1))
    if pattern == "night":
        hour = _local_hour(posts.published, ages, zone_h)
        at_night = (hour < len(ASLEEP)) & (ages < 168)
        share = np.cumsum(at_night, axis=1) / at_night.sum(axis=1, keepdims=True)
        return np.asarray(many * share)
    target = (1 + volume) * np.quantile(posts.final, 0.9) * (1 + rng.normal(0, JITTER, len(views)))
    missing = np.maximum(target[:, None] - views[:, [168]], 0)
    return np.asarray(missing * np.clip(ages / 24, 0, 1))


def _readings(rng: np.random.Generator, published: Ints, views: Floats, as_of: int) -> pd.DataFrame:
    """Every 4 hours from the first 4 on; posts from before the watch once, at its end."""
    last = views.shape[1] - 1
    post, age = np.meshgrid(np.arange(len(published)), np.arange(1, KNOWN_H, EVERY_H), indexing="ij")
    new = (published[post] >= START) & (published[post] + age * 3600 <= as_of)
    old = np.flatnonzero(published < START)
    post = np.concatenate([post[new], old])
    age = np.minimum(np.concatenate([age[new], (as_of - published[old]) // 3600]), last)
    count = np.floor(views[post, age])
    rates = 0.015 * np.exp(rng.normal(0, REACTION_SD, len(published)))
    passed_on = 0.008 * np.exp(rng.normal(0, FORWARD_SD, len(published)))
    final = views[np.arange(len(published)), np.full(len(published), 168)]
    grown = REACTIONS.share(age.astype(np.float64))
    return frame(
        post,
        published[post],
        published[post] + age * 3600,
        {
            "views": count,
            "reactions": np.floor((final * rates)[post] * grown),
            "forwards": np.floor((final * passed_on)[post] * grown),
        },
    )


def frame(post: Ints, published: Ints, observed: Ints, counters: dict[str, Floats]) -> pd.DataFrame:
    """In the shape of `frame.table`, without making a row of every reading first."""
    empty = table([])
    cells = {name: np.full(len(post), np.nan) for name in empty if name not in {*TIMES, *FLAGS}}
    for name in ("format", "hashtags", "title", "link"):
        cells[name] = np.full(len(post), None, dtype=object)
    cells |= {name: np.zeros(len(post)) for name in empty if name.endswith("_step")} | counters
    flags = {name: np.full(len(post), name in {"observed_exact", "time_known"}) for name in FLAGS}
    times = {"published_at": published, "observed_at": observed}
    return pd.DataFrame({**cells, "external_id": post.astype(str).astype(object), **flags, **times})


def _audience(rng: np.random.Generator, usual_views: float, as_of: int) -> pd.DataFrame:
    moments = np.arange(START - OLD_DAYS * 86_400, as_of + 1, EVERY_H * 3600)
    growth = rng.normal(0.0005, 0.0005) / 6 + rng.normal(0, 0.0002, len(moments))
    counts = np.round(usual_views / rng.uniform(0.2, 0.45) * np.exp(np.cumsum(growth)))
    return pd.DataFrame({"observed_at": moments, "subscribers": counts, "step": np.zeros(len(moments))})
