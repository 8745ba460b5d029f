"""The quantities that formulas are made of, a value a post or a day, from the counters of a table."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics import interactions, maturity, readings
from metrics.audience import SubscribersAt
from metrics.frame import Bools, Floats, Ints, floats
from metrics.interactions import SUM, Choice
from metrics.posts import COUNTERS
from metrics.registry import ONE
from metrics.sample import Sample

PLAIN = ("views", "reach", "reactions", "comments", "forwards")
READ_AT_H = (24, 48)


def of_posts(
    counters: Mapping[str, Floats],
    steps: Mapping[str, Floats],
    choice: Choice,
    weights: Mapping[str, float],
    counted: SubscribersAt,
) -> Sample:
    """Returns the quantities of posts.

    `counted`: the subscribers as of each post; `steps`: the rounding steps of the counters that are rounded
    at all.
    """
    values = {name: counters[name] for name in PLAIN}
    values["interactions"] = interactions.count(counters, choice, {})
    values["weighted"] = interactions.count(counters, choice, weights)
    values["subscribers"] = counted.subscribers
    values[ONE] = np.ones(len(counted.subscribers))
    errors = {name: step**2 / 12 for name, step in steps.items()}
    variances = {name: errors[name] for name in PLAIN if name in errors}
    parts = [name for name in _summed(choice) if name in errors]
    if parts:
        variances["interactions"] = np.sum([errors[name] for name in parts], axis=0)
        variances["weighted"] = np.sum([weights.get(name, 1.0) ** 2 * errors[name] for name in parts], axis=0)
    rough = {name: variance > 0 for name, variance in variances.items()}
    if counted.step.any():
        variances["subscribers"] = counted.step**2 / 12
    return Sample(len(counted.subscribers), values, variances, rough | {"subscribers": counted.approximate})


def rounding_steps(posts: pd.DataFrame, rows: Ints) -> dict[str, Floats]:
    taken = {name: floats(posts, f"{name}_step")[rows] for name in COUNTERS}
    return {name: step for name, step in taken.items() if step.any()}


def with_views_at_age(sample: Sample, ids: npt.NDArray[np.object_], read: pd.DataFrame) -> Sample:
    """Adds `views_24h` and `views_48h` from every reading of these posts."""
    early = {f"views_{age}h": readings.views_at_age(ids, read, age) for age in READ_AT_H}
    return replace(sample, columns={**sample.columns, **early})


def of_days(day: Ints, posts: Sample, counted: SubscribersAt, choice: Choice) -> Sample:
    """Returns the sums of the interactions of each day's posts; `day` numbers the days of `counted`.

    A silent day has 0. A day whose posts all lack known interactions is unknown, as is every day of a channel of
    which no kind of interaction is known.
    """
    size = len(counted.subscribers)
    interactions_, variance = posts.of("interactions"), posts.variance("interactions")
    known = ~np.isnan(interactions_)
    total: Floats = np.bincount(day[known], interactions_[known], size).astype(np.float64)
    error: Floats = np.bincount(day[known], variance[known], size).astype(np.float64)
    unknown = np.bincount(day, minlength=size) > 0
    unknown &= np.bincount(day[known], minlength=size) == 0
    if not choice.components:
        unknown = np.ones(size, dtype=np.bool_)
    return Sample(
        size,
        {"interactions": np.where(unknown, np.nan, total), "subscribers": counted.subscribers},
        {"interactions": error, "subscribers": counted.step**2 / 12},
        {"interactions": error > 0, "subscribers": counted.approximate},
    )


def at_7d(posts: Sample, age_h: Floats, hour: Floats) -> Sample:
    """Returns the same posts with their counters brought to 7 days by the fleet's curve."""
    shares = {id(curve): curve.share(age_h, hour) for curve in (maturity.VIEWS, maturity.REACTIONS)}
    values, variances = dict(posts.columns), dict(posts.variances)
    for name in values.keys() & maturity.CURVES.keys():
        share = shares[id(maturity.CURVES[name])]
        values[name] = values[name] / share
        if name in variances:
            variances[name] = variances[name] / share**2
    return replace(posts, columns=values, variances=variances)


def with_rough_curve(sample: Sample, used_curve: Bools) -> Sample:
    """Marks the quantities of posts that a growth curve brought to their age."""
    rough = dict(sample.rough)
    for name in sample.columns.keys() & maturity.CURVES.keys():
        rough[name] = sample.is_rough(name) | used_curve
    return replace(sample, rough=rough)


def _summed(choice: Choice) -> tuple[str, ...]:
    if choice.components == (SUM,) or choice.whole:
        return (*choice.parts, SUM)
    return choice.components
