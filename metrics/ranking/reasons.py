"""Why a post is where it is: which of its figures are far from the channel's usual, and what to be careful about."""

import math
from collections.abc import Iterator

import numpy as np

from metrics.frame import Floats, Ints
from metrics.maturity import FINAL_H
from metrics.results import HALF, Results
from metrics.scope import Scope

FAR_TIMES = 1.5  # the usual figure, or one part in so many
FAR = math.log(FAR_TIMES)
FEW_INTERACTIONS = 5  # docs/evidence.md#1.3

COUNTED = ("views", "reactions", "dislikes", "comments", "forwards", "saves")
# more_: at least 1.5 times the usual; fewer_: at most one part in 1.5 of it. Views a post, the others a view.
DISTANCES = tuple(f"{side}_{part}" for part in COUNTED for side in ("more", "fewer"))
DOUBTS = (
    "under_7_days",  # brought to 7 days by the curve: it may come out otherwise
    "few_interactions",  # under 5: nearly all of it may be chance
    "rounded",  # the source rounds its counters
)


def reasons(scope: Scope, usual: Results, post: int, *, is_best: bool) -> tuple[str, ...]:
    """Returns codes of why a post is where it is.

    Interactions are told in the direction that put it there, views in either. `post`: a row of the scope's
    own.
    """
    told = [
        (abs(log), f"{'more' if log > 0 else 'fewer'}_{part}")
        for part, log in _distances(scope, usual, post)
        if abs(log) >= FAR and (part == "views" or (log > 0) == is_best)
    ]
    ordered = sorted(told, key=lambda one: -one[0])
    return (*(code for _, code in ordered), *_doubts(scope, post))


def _distances(scope: Scope, usual: Results, post: int) -> Iterator[tuple[str, float]]:
    """Yields the log of each figure over the channel's geometric mean.

    Only where both are known and chance does not explain the distance.
    """
    posts = np.append(usual.own, post)
    counts = {
        part: _grown(scope, part, posts) for part in ("views", *scope.choice.components) if part in COUNTED
    }
    views = np.log(np.maximum(counts["views"], HALF))
    for part, values in counts.items():
        logs = views if part == "views" else np.log(values + HALF) - views
        before = logs[:-1][~np.isnan(logs[:-1])]
        if len(before) and not np.isnan(logs[-1]):
            log = float(logs[-1] - before.mean())
            if _is_beyond_chance(float(values[-1]), (float(values[-1]) + HALF) * math.exp(-log)):
                yield part, log


def _is_beyond_chance(count: float, expected: float) -> bool:
    """Tells whether a count lies two sd beyond the expected.

    The root of a count (Anscombe 1948) has a variance of 1/4, large or small.
    """
    return abs(math.sqrt(count + 3 / 8) - math.sqrt(expected + 3 / 8)) >= 1


def _grown(scope: Scope, part: str, posts: Ints) -> Floats:
    return scope.own.aged[part][posts]


def _doubts(scope: Scope, post: int) -> Iterator[str]:
    if scope.own.by[post] in ("own_curve", "fleet_curve") and scope.own.age_h[post] < FINAL_H:
        yield "under_7_days"
    if scope.raw.of("interactions")[post] < FEW_INTERACTIONS:
        yield "few_interactions"
    if scope.raw.is_rough("views")[post] or scope.raw.is_rough("interactions")[post]:
        yield "rounded"
