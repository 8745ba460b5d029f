"""How single posts stand beside the rate of all: their range, and one that has most of the interactions."""

import numpy as np

from metrics.estimates import Estimate
from metrics.formulas import FORMULAS
from metrics.registry import EVERY
from metrics.scope import Scope

MINIMUM_POSTS = 3
BIGGEST_PERCENT = 40  # of all interactions: one post with more is named


def spread(scope: Scope) -> tuple[float, float, float] | None:
    """Returns the lowest, the median and the highest headline rate of a single post, percent.

    None of 1-2 posts.
    """
    rate = EVERY[scope.basis.headline]
    pairs = scope.posts.take(scope.used).pairs(rate.numerator, rate.denominator)
    pairs = pairs.where(pairs.denominator > 0)
    if len(pairs.numerator) < MINIMUM_POSTS:
        return None
    each = rate.scale * pairs.numerator / pairs.denominator
    return float(each.min()), float(np.median(each)), float(each.max())


def without_biggest(scope: Scope) -> tuple[float | None, Estimate | None]:
    """Returns the share (percent) of a post with over 40 % of all interactions, and the headline without it.

    Such a post is a giveaway as a rule. (None, None) where there is none.
    """
    rows = np.flatnonzero(scope.used)
    made = scope.posts.of("interactions")[rows]
    total = float(np.nansum(made)) if len(rows) > MINIMUM_POSTS else 0.0
    if total <= 0:
        return None, None
    biggest = int(np.nanargmax(made))
    share = 100 * float(made[biggest]) / total
    if share <= BIGGEST_PERCENT:
        return None, None
    rest = scope.posts.take(np.delete(rows, biggest))
    return share, FORMULAS[scope.basis.headline].compute(rest)
