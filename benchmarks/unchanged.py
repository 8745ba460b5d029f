"""Channels in which nothing changes, of four shapes of growth, read in three ways: what is said of their level and ER.

A channel is taken up on some day, its earlier posts read once; from then on its posts are read at their ages (exactly, or
as a page rounds them), or all of them once by a file. What is told from the third week on must hold no change.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC

import numpy as np
import pandas as pd

from benchmarks.drop_channels import POST_SD
from benchmarks.measure import Measurement
from benchmarks.watched_channels import frame
from metrics.ages import AGES_H
from metrics.change import Difference
from metrics.frame import Floats, Ints
from metrics.maturity import REACTIONS, VIEWS
from metrics.periods import last_days
from metrics.summary import summarize

AS_OF = 1_767_258_000  # 1 January 2026, 09:00 UTC
CHANNELS = 25
HISTORY_DAYS = 70
FOLLOWED_DAYS = (21, 28, 42, 56)  # since the channel was taken up
POSTS_A_DAY = 2
VIEWS_AT_7D, REACTION_RATE, ER_SD = 3000.0, 0.03, 0.6
HELD_AT_LEAST, ARROWS_AT_MOST = 93.0, 3.0  # percent
WAYS = ("hourly", "pages", "file")
_AGES = np.log(np.array((1.0, 6.0, 24.0, 72.0, 168.0, 720.0, 2160.0)))
SHAPES: dict[str, tuple[float, ...] | None] = {  # share of the views at 7 days, at those ages
    "fleet": None,
    "done_in_a_day": (0.5, 0.85, 1, 1, 1, 1, 1),
    "three_quarters_in_a_day": (0.28, 0.52, 0.73, 0.88, 1, 1.15, 1.2),
    "evergreen": (0.12, 0.22, 0.38, 0.6, 1, 1.8, 2.4),
}


def measure() -> Iterator[Measurement]:
    for shape in SHAPES:
        for way in WAYS:
            yield from _of(shape, way)


def _of(shape: str, way: str) -> Iterator[Measurement]:
    told = Counter[str]()
    for seed in range(CHANNELS):
        for followed in FOLLOWED_DAYS:
            for found in _differences(shape, way, seed, followed):
                told["all"] += 1
                told["held"] += (
                    found.low is not None and found.high is not None and found.low <= 0 <= found.high
                )
                told["arrows"] += found.direction != 0
    count = max(told["all"], 1)
    held, arrows = 100 * told["held"] / count, 100 * told["arrows"] / count
    facts = {"shape": shape, "way": way, "differences": told["all"], "held": held, "arrows": arrows}
    name = f"unchanged, {shape}, read by {way}"
    yield Measurement(f"{name}: intervals hold 0", held, "%", at_least=HELD_AT_LEAST, facts=facts)
    yield Measurement(f"{name}: arrows", arrows, "%", at_most=ARROWS_AT_MOST)


def _differences(shape: str, way: str, seed: int, followed: int) -> Iterator[Difference]:
    """Yields differences of the level and of ER by views, of the last week to its history."""
    rng = np.random.default_rng([seed, followed])
    days = rng.integers(0, HISTORY_DAYS, POSTS_A_DAY * HISTORY_DAYS)
    published = np.sort(AS_OF - AS_OF % 86_400 - days * 86_400 + rng.integers(28_800, 79_200, len(days)))
    published = published[published < AS_OF - 3600]
    readings = _readings(rng, shape, way, published, AS_OF - followed * 86_400)
    newest = readings.sort_values("observed_at", kind="stable").drop_duplicates("external_id", keep="last")
    audience = pd.DataFrame({"observed_at": [AS_OF], "subscribers": [10_000.0], "step": [0.0]})
    summary = summarize(
        newest.reset_index(drop=True),
        audience,
        period=last_days(7, AS_OF, UTC),
        zone=UTC,
        as_of=AS_OF,
        platform="telegram",
        readings=readings,
    )
    for found in (summary.level.history, summary.change["er_by_views"].history):
        if found.percent is not None:
            yield found


def _readings(rng: np.random.Generator, shape: str, way: str, published: Ints, taken_up: int) -> pd.DataFrame:
    post, seen = _moments(way, published, taken_up)
    age_h = (seen - published[post]) / 3600
    level = np.log(VIEWS_AT_7D) + rng.normal(0, POST_SD, len(published))
    views = np.floor(np.exp(level[post]) * _share(shape, age_h))
    loved = (
        np.exp(rng.normal(-(ER_SD**2) / 2, ER_SD, len(published)))[post] * REACTION_RATE * np.exp(level[post])
    )
    share = np.ones(len(age_h)) if shape == "done_in_a_day" else REACTIONS.share(age_h)
    reactions = np.floor(loved * share)
    made = frame(post, published[post], seen, {"views": views, "reactions": reactions})
    if way == "pages":
        step = np.maximum(10.0 ** (np.floor(np.log10(np.maximum(views, 1))) - 2), 1)
        made["views"], made["views_step"] = np.round(views / step) * step, np.where(step > 1, step, 0.0)
    return made


def _moments(way: str, published: Ints, taken_up: int) -> tuple[Ints, Ints]:
    """Returns which post was read, and when.

    Posts from before are read once on the day the channel was taken up.
    """
    posts = np.arange(len(published))
    if way == "file":
        return posts, np.full(len(published), AS_OF, dtype=np.int64)
    old = posts[published < taken_up]
    pairs = [(old, np.full(len(old), taken_up, dtype=np.int64))]
    for age_h in AGES_H:
        at = published + age_h * 3600
        there = (at >= taken_up) & (at <= AS_OF)
        pairs.append((posts[there], at[there]))
    young = posts[published > AS_OF - 7 * 86_400]
    pairs.append((young, np.full(len(young), AS_OF, dtype=np.int64)))
    return np.concatenate([one for one, _ in pairs]), np.concatenate([at for _, at in pairs])


def _share(shape: str, age_h: Floats) -> Floats:
    points = SHAPES[shape]
    if points is None:
        return VIEWS.share(age_h)
    return np.asarray(np.exp(np.interp(np.log(np.maximum(age_h, 1)), _AGES, np.log(np.array(points)))))
