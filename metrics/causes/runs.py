"""Days of the history that lie apart from the others: a run of better days that ended, or all days before the level fell."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from metrics.causes.levels import Levels
from metrics.causes.parameters import (
    BOOST_DAYS,
    BOOST_LOG,
    BOOST_MOST,
    BOOST_POSTS,
    BOOST_Z,
    LEAST_SPREAD,
    MAD_TO_SD,
    SIDE_DAYS,
    SIDE_POSTS,
    SIDE_Z,
)
from metrics.frame import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Runs:
    """Which posts belong to a run of better days, and which to the days before an earlier fall; one of the two at most."""

    boost: Bools
    earlier: Bools


@dataclass(frozen=True, slots=True)
class _History:
    """Holds the days with posts, oldest first, with sums of logs and numbers of posts up to each."""

    day: Ints
    rows: Ints
    edges: Ints  # of each day's posts in `rows`, and their end
    sums: Floats
    sd: float  # of a day's mean

    def mean(self, first: int, end: int) -> float:
        return float(self.sums[self.edges[end]] - self.sums[self.edges[first]]) / self.posts(first, end)

    def posts(self, first: int, end: int) -> int:
        return int(self.edges[end] - self.edges[first])

    def above(self, inside: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
        """Returns how far the days of one run lie above those of another, and by how many standard errors."""
        lift = self.mean(*inside) - self.mean(*other)
        error = self.sd * np.sqrt(1 / (inside[1] - inside[0]) + 1 / (other[1] - other[0]))
        return lift, float(lift / error)


def find_runs(found: Levels, x: Floats) -> Runs:
    none = np.zeros(len(x), dtype=np.bool_)
    past = _history(found, x)
    days = len(past.day)
    if days < 2 * SIDE_DAYS:
        return Runs(none, none)
    falls = [(z, (0, end)) for z, end in _falls(past)]
    boosts = list(_boosts(past))
    best_fall, best_boost = (max(each, default=(0.0, (0, 0))) for each in (falls, boosts))
    z, run = max(best_fall, best_boost)
    if z < BOOST_Z:
        return Runs(none, none)
    mask = none.copy()
    mask[past.rows[past.edges[run[0]] : past.edges[run[1]]]] = True
    return Runs(none, mask) if run == best_fall[1] and run[0] == 0 else Runs(mask, none)


def _falls(past: _History) -> Iterator[tuple[float, int]]:
    """Yields the days that split the history into a higher and a lower part, each with the z of the split."""
    days = len(past.day)
    for end in range(SIDE_DAYS, days - SIDE_DAYS + 1):
        if min(past.posts(0, end), past.posts(end, days)) >= SIDE_POSTS:
            lift, z = past.above((0, end), (end, days))
            if lift >= BOOST_LOG:
                yield z, end


def _boosts(past: _History) -> Iterator[tuple[float, tuple[int, int]]]:
    """Yields runs above the days before them, above those after, and most surely above both together."""
    days, n = len(past.day), past.posts(0, len(past.day))
    for first in range(SIDE_DAYS, days):
        if past.posts(0, first) < SIDE_POSTS:
            continue
        for end in range(first + BOOST_DAYS[0], days + 1):
            inside = past.posts(first, end)
            if past.day[end - 1] - past.day[first] >= BOOST_DAYS[1] or inside > BOOST_MOST * n:
                break
            sides = [(0, first)] + ([(end, days)] if days - end >= SIDE_DAYS else [])
            told = [past.above((first, end), side) for side in sides]
            if inside < BOOST_POSTS or any(lift < BOOST_LOG or z < SIDE_Z for lift, z in told):
                continue
            total = past.sums[past.edges[end]] - past.sums[past.edges[first]]
            lift = total / inside - (past.sums[-1] - total) / (n - inside)
            error = past.sd * np.sqrt(1 / (end - first) + 1 / (days - end + first))
            yield float(lift / error), (first, end)


def _history(found: Levels, x: Floats) -> _History:
    rows = np.flatnonzero(~found.is_now)
    day, start = np.unique(found.day[rows], return_index=True)
    edges = np.append(start, len(rows)).astype(np.int64)
    sums = np.concatenate(([0.0], np.cumsum(x[rows])))
    means = [float(x[rows][first:end].mean()) for first, end in pairwise(edges.tolist())]
    steps = np.abs(np.diff(means)) if len(means) > 1 else np.zeros(1)
    spread = MAD_TO_SD * float(np.median(steps)) / np.sqrt(2)  # a run widens it at its ends only
    return _History(day, rows, edges, sums, max(LEAST_SPREAD, float(spread)))
