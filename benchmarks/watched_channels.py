"""Channels as a watch sees them: 14 days of new posts read every 4 hours, older posts read once, subscribers.

Growth: the fleet's curve, faster or slower by channel and by post (docs/evidence.md, section 2.2), slowed by the night of
an audience that lives in a zone of its own. Levels vary as in section 3.1 and drift by .1 of the log a month; a tenth of the
posts are ads. What is bought of them is added by `benchmarks/bought_views.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.frame import FLAGS, TIMES, Bools, Floats, Ints, table
from metrics.maturity import REACTIONS, VIEWS

START = 1_735_689_600  # 1 January 2025
WATCH_DAYS, EVERY_H, KNOWN_H = 14, 4, 190
OLD_POSTS, OLD_DAYS = 45, 30
POSTING = np.arange(8, 23)  # local hours
ASLEEP, DROWSY = range(6), (6, 7, 23)
NIGHT, MORNING = (0.05, 0.35), 0.6  # activity beside that of the day; of the night by channel
BURST_SD = 1.3  # of the log of an hour's growth: shares of 4 hours then lie as in section 4.2
REPOSTED_SHARE, REPOSTED_VIEWS = 0.05, (0.1, 0.6)  # of posts, within a few hours; of their views at 7 days
CURVE_SD, POST_CURVE_SD = 0.13, 0.05  # of its exponent: posts and medians at 24 h then lie as measured
POST_SD, VIRAL_SHARE, VIRAL_LOG = 0.13, 0.025, 0.5
FORWARD_SD, REACTION_SD = 0.3, 0.6
OLD_POSTS_A_DAY = 1.5
DRIFT_SD = 0.1 / 30**0.5  # of the log of the level, a day
AD_SHARE, AD_REACTIONS = 0.1, 0.5  # of posts; their reactions beside those of others
REACTIONS_A_VIEW, FORWARDS_A_VIEW = 0.015, 0.008


@dataclass(frozen=True, slots=True)
class Watched:
    readings: pd.DataFrame
    audience: pd.DataFrame
    as_of: int


@dataclass(slots=True)
class Posts:
    """What a channel is made of before it is read; whoever buys changes it in place."""

    published: Ints
    is_ad: Bools
    views: Floats  # a row a post, a column an hour of age
    reactions: Floats  # at 7 days
    forwards: Floats
    zone_h: int
    audience: pd.DataFrame


Buyer = Callable[[np.random.Generator, Posts], None]


def watch(rng: np.random.Generator, buy: Buyer | None = None, old_posts: int = OLD_POSTS) -> Watched:
    """Makes a channel with so many posts before the watch, at 1.5 a day; clean unless somebody buys."""
    as_of = START + WATCH_DAYS * 86_400
    posts = _posts(rng, int(rng.integers(-8, 10)), old_posts, as_of)
    if buy:
        buy(rng, posts)
    return Watched(_readings(posts, as_of), posts.audience, as_of)


def _posts(rng: np.random.Generator, zone_h: int, old_posts: int, as_of: int) -> Posts:
    new = rng.poisson(rng.choice([1.5, 2.5, 4]) * WATCH_DAYS) + 10
    old_days = max(OLD_DAYS, round(old_posts / OLD_POSTS_A_DAY))
    days = np.concatenate([rng.integers(-old_days, 0, old_posts), rng.integers(0, WATCH_DAYS - 3, new)])
    hours = rng.choice(POSTING, len(days)) - zone_h + rng.random(len(days))
    published = np.sort(START + days * 86_400 + (hours * 3600).astype(np.int64))
    audience = _audience(rng, old_days, as_of)
    moments = audience["observed_at"].to_numpy()
    joined = np.log(np.interp(published, moments, audience["subscribers"].to_numpy()))
    drift = np.cumsum(rng.normal(0, DRIFT_SD, old_days + WATCH_DAYS + 2))
    level = joined + np.log(rng.uniform(0.2, 0.45)) + drift[(published - published[0]) // 86_400]
    level += np.where(rng.random(len(days)) < VIRAL_SHARE, rng.exponential(VIRAL_LOG, len(days)), 0)
    final = np.exp(level + POST_SD * rng.standard_t(5, len(days)))
    is_ad = rng.random(len(days)) < AD_SHARE
    reactions = final * REACTIONS_A_VIEW * np.exp(rng.normal(0, REACTION_SD, len(days)))
    forwards = final * FORWARDS_A_VIEW * np.exp(rng.normal(0, FORWARD_SD, len(days)))
    reactions *= np.where(is_ad, AD_REACTIONS, 1)
    views = final[:, None] * _growth(rng, published, zone_h)
    return Posts(published, is_ad, views, reactions, forwards, zone_h, audience)


def _growth(rng: np.random.Generator, published: Ints, zone_h: int) -> Floats:
    channel = np.clip(rng.normal(0.92, CURVE_SD), 0.6, 1.15)
    power = channel * np.exp(rng.normal(0, POST_CURVE_SD, len(published)))
    ages = np.arange(KNOWN_H + OLD_DAYS * 24, dtype=np.float64)
    shares = VIEWS.share(np.maximum(ages, 1)) * np.minimum(ages, 1)
    grown = np.diff(shares ** power[:, None], axis=1) * np.exp(
        rng.normal(0, BURST_SD, (len(published), len(ages) - 1))
    )
    night = rng.uniform(*NIGHT)
    cumulative = np.cumsum(grown * _activity(local_hour(published, ages[:-1], zone_h), night), axis=1)
    cumulative += _reposts(rng, len(published), ages[:-1]) * cumulative[:, [167]]
    return np.asarray(np.hstack([np.zeros((len(published), 1)), cumulative / cumulative[:, [167]]]))


def _reposts(rng: np.random.Generator, posts: int, ages: Floats) -> Floats:
    """Returns views of reposts: a few posts are shown to others' readers, at some age of the first week."""
    sizes = np.where(rng.random(posts) < REPOSTED_SHARE, rng.uniform(*REPOSTED_VIEWS, posts), 0)
    start = rng.uniform(1, 168, posts)[:, None]
    return np.asarray(sizes[:, None] * (1 - np.exp(-np.maximum(ages - start, 0) / 3)))


def local_hour(published: Ints, ages: Floats, zone_h: int) -> Ints:
    hours: Ints = ((published[:, None] / 3600 + ages + zone_h) % 24).astype(np.int64)
    return hours


def _activity(hour: Ints, night: float) -> Floats:
    weights = np.ones(24)
    weights[list(ASLEEP)], weights[list(DROWSY)] = night, MORNING
    return np.asarray(weights[hour])


def _readings(posts: Posts, as_of: int) -> pd.DataFrame:
    """Returns readings every 4 hours from the first 4 on; posts from before the watch once, at its end."""
    published, views = posts.published, posts.views
    last = views.shape[1] - 1
    post, age = np.meshgrid(np.arange(len(published)), np.arange(1, KNOWN_H, EVERY_H), indexing="ij")
    new = (published[post] >= START) & (published[post] + age * 3600 <= as_of)
    old = np.flatnonzero(published < START)
    post = np.concatenate([post[new], old])
    age = np.minimum(np.concatenate([age[new], (as_of - published[old]) // 3600]), last)
    count = np.floor(views[post, age])
    grown = REACTIONS.share(age.astype(np.float64))
    read = frame(
        post,
        published[post],
        published[post] + age * 3600,
        {
            "views": count,
            "reactions": np.floor(posts.reactions[post] * grown),
            "forwards": np.floor(posts.forwards[post] * grown),
        },
    )
    return read.assign(is_ad=posts.is_ad[post])


def frame(post: Ints, published: Ints, observed: Ints, counters: dict[str, Floats]) -> pd.DataFrame:
    """Returns a table in the shape of `frame.table`, without making a row of every reading first."""
    empty = table([])
    names = [str(name) for name in empty]
    cells = {name: np.full(len(post), np.nan) for name in names if name not in {*TIMES, *FLAGS}}
    for name in ("format", "hashtags", "title", "link"):
        cells[name] = np.full(len(post), None, dtype=object)
    cells |= {name: np.zeros(len(post)) for name in names if name.endswith("_step")} | counters
    flags = {name: np.full(len(post), name in {"observed_exact", "time_known"}) for name in FLAGS}
    times = {"published_at": published, "observed_at": observed}
    return pd.DataFrame({**cells, "external_id": post.astype(str).astype(object), **flags, **times})


def _audience(rng: np.random.Generator, old_days: int, as_of: int) -> pd.DataFrame:
    moments = np.arange(START - (old_days + 1) * 86_400, as_of + 1, EVERY_H * 3600)
    growth = rng.normal(0.0005, 0.0005) / 6 + rng.normal(0, 0.0002, len(moments))
    counts = np.round(rng.uniform(3_000, 60_000) * np.exp(np.cumsum(growth)))
    return pd.DataFrame({"observed_at": moments, "subscribers": counts, "step": np.zeros(len(moments))})
