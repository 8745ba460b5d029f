"""Groups of a channel's posts beside all its other posts: by format, by hour, by hashtag.

Every group is a handful of posts of very different luck, so its mean is shrunk towards that of all posts by n / (n + k)
(docs/evidence.md#6: raw means of weekday and hour predict worse than none). "Better" is said where at least 100 posts were looked
at and the interval of the difference excludes 0 even with as many groups looked at: one of 20 would by chance.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimates import WIDEST_EXPONENT
from metrics.frame import Bools, Floats
from metrics.results import (
    MEASURES,
    PRIOR_POSTS,
    Measure,
    Results,
    growth_variance,
    percent_of,
    value_of,
    whole_days_variance,
)
from metrics.student import t_quantile

GREY_BELOW = 5  # docs/evidence.md#6
CLAIM_POSTS = 100
SHOWN = ("views", "er_by_views")


@dataclass(frozen=True, slots=True)
class Level:
    """The group's geometric mean at 7 days, shrunk. `percent`: how far it lies above (below: negative) all other posts.

    `claim`: "better" or "worse"; None where that can't be said.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    claim: str | None
    reason: str | None  # one of estimates.REASONS where `value` is None


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    n: int
    is_grey: bool  # too few posts to go by
    levels: Mapping[str, Level]  # by measure, each of SHOWN


def compare(posts: Results, masks: Mapping[str, Bools]) -> tuple[Group, ...]:
    """Compares each group of posts with all others.

    `masks`: which of these posts belong to a group, in the order of display; a post may belong to several.
    """
    levels = {code: _levels(MEASURES[code], posts, list(masks.values())) for code in SHOWN}
    sizes = [int(mask.sum()) for mask in masks.values()]
    return tuple(
        Group(key, n, n < GREY_BELOW, {code: levels[code][row] for code in SHOWN})
        for row, (key, n) in enumerate(zip(masks, sizes, strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Side:
    posts: Results
    log: float
    variance: float  # of one post
    n: int


def _levels(measure: Measure, posts: Results, masks: Sequence[Bools]) -> list[Level]:
    logs = posts.logs(measure)
    known = ~np.isnan(logs)
    if not known.any():
        return [_nothing(posts.why_empty(measure)) for _ in masks]
    looked_at = sum(int((mask & known).sum()) >= GREY_BELOW for mask in masks)
    everywhere = float(logs[known].mean())
    spread = float(logs[known].var())
    sides = [tuple(_side(posts, logs, chosen & known, spread) for chosen in (mask, ~mask)) for mask in masks]
    may_claim = int(known.sum()) >= CLAIM_POSTS
    return [_level(measure, group, rest, everywhere, looked_at if may_claim else 0) for group, rest in sides]


def _side(posts: Results, logs: Floats, chosen: Bools, spread: float) -> _Side | None:
    """Returns the level of the chosen posts; None where there are none.

    `spread`: the variance of all posts. A few that happen to lie close together are not less uncertain for
    that.
    """
    own = logs[chosen]
    if not len(own):
        return None
    return _Side(posts.take(chosen), float(own.mean()), max(spread, float(own.var())), len(own))


def _level(
    measure: Measure, group: _Side | None, rest: _Side | None, everywhere: float, looked_at: int
) -> Level:
    """Returns a group's level beside the rest.

    `looked_at`: groups of at least 5 posts; 0 where nothing may be claimed.
    """
    if group is None:
        return _nothing("no_posts")
    weight = group.n / (group.n + measure.kappa)
    log = everywhere + weight * (group.log - everywhere)
    own = _interval(log, group.variance / (group.n + measure.kappa), group)
    gap = None if rest is None else weight * (group.log - rest.log)
    error = 0.0 if rest is None else _gap_variance(measure, group, rest)
    around = None if gap is None else _interval(gap, error, group)
    return Level(
        value=value_of(log, measure.scale),
        low=None if own is None else value_of(own[0], measure.scale),
        high=None if own is None else value_of(own[1], measure.scale),
        n=group.n,
        percent=None if gap is None else percent_of(gap),
        percent_low=None if around is None else percent_of(around[0]),
        percent_high=None if around is None else percent_of(around[1]),
        claim=None if gap is None else _claim(gap, error, group, looked_at),
        reason=None,
    )


def _gap_variance(measure: Measure, group: _Side, rest: _Side) -> float:
    posts = group.variance / (group.n + measure.kappa) + rest.variance / rest.n
    days = whole_days_variance(measure, group.posts, rest.posts)
    return posts + days + growth_variance(measure, group.posts, rest.posts.age_h)


def _interval(log: float, variance: float, group: _Side) -> tuple[float, float] | None:
    if group.n < 2:
        return None
    half = min(t_quantile(_df(group)) * math.sqrt(variance), WIDEST_EXPONENT)
    return log - half, log + half


def _claim(gap: float, variance: float, group: _Side, looked_at: int) -> str | None:
    if not looked_at or group.n < GREY_BELOW:
        return None
    if abs(gap) <= t_quantile(_df(group), 1 - 0.05 / looked_at) * math.sqrt(variance):
        return None
    return "better" if gap > 0 else "worse"


def _df(group: _Side) -> int:
    return group.n - 1 + PRIOR_POSTS


def _nothing(reason: str) -> Level:
    return Level(None, None, None, 0, None, None, None, None, reason)
