"""Posts that went far beyond what their channel usually gets: noticed, not explained."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.frame import texts
from metrics.results import MEASURES, results
from metrics.scope import Scope

TIMES = 2.5  # the usual: more than six standard deviations of a post's views (docs/evidence.md#3.1)
MINIMUM_POSTS = 10  # that the usual is told by


@dataclass(frozen=True, slots=True)
class Breakout:
    """`times`: the views at 7 days over the median of the scope's posts."""

    external_id: str
    published_at: int
    times: float


def breakouts(scope: Scope, posts: pd.DataFrame) -> tuple[Breakout, ...]:
    """Returns the own posts of the period, 24 hours old, that went far beyond the usual, the farthest first.

    `posts`: the table of the scope.
    """
    found = results(scope, scope.organic(scope.period))
    logs = found.logs(MEASURES["views"])
    known = np.flatnonzero(~np.isnan(logs))
    if len(known) < MINIMUM_POSTS:
        return ()
    times = np.exp(logs[known] - np.median(logs[known]))
    order = [place for place in np.argsort(-times) if times[place] >= TIMES]
    rows = scope.own.rows[found.own[known]]
    names, published = texts(posts, "external_id", rows), scope.own.published_at[found.own[known]]
    return tuple(Breakout(str(names[at]), int(published[at]), float(times[at])) for at in order)
