"""How a rate came about: the sums of an answer's own posts, what they were divided by, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics.estimates import Estimate, undefined
from metrics.frame import Floats
from metrics.interactions import OF_INTERACTIONS
from metrics.periods import Period
from metrics.registry import EVERY, ONE
from metrics.rows import rows_of, value_of_rows
from metrics.sample import Sample
from metrics.scope import Scope


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Shows how a rate comes about, of the posts (or days) that have both of its sides at 7 days.

    The rate is `total` over `base`, and `parts` are those of the total.
    `lowest`, `highest`: the least and the largest ratio of one of them, in percent. `estimate`: what the answer tells.
    `without`: counted posts that lack one of the two. `base` is their number where a level is told a post.
    """

    code: str
    numerator: str
    denominator: str
    average: str
    rows: str
    parts: Mapping[str, float]
    total: float
    base: float
    n: int
    without: int
    lowest: float | None
    highest: float | None
    estimate: Estimate


def reckon(scope: Scope, code: str, period: Period | None = None) -> Reckoning:
    """Returns how a rate came about, from the same rows that `summarize` computes it from.

    `code`: of registry.EVERY.
    """
    rate, rows = EVERY[code], rows_of(scope, period or scope.period, scope.used)
    sample = rows.days if rate.rows == "days" else rows.posts
    below = np.ones(sample.size) if rate.denominator == ONE else sample.of(rate.denominator)
    above = sample.of(rate.numerator)
    both = ~np.isnan(above) & ~np.isnan(below)
    ratios = rate.scale * above[both & (below > 0)] / below[both & (below > 0)]
    return Reckoning(
        code=code,
        numerator=rate.numerator,
        denominator=rate.denominator,
        average=rate.average,
        rows=rate.rows,
        parts=_parts(scope, rate.numerator, rows.posts) if rate.rows == "posts" else {},
        total=float(above[both].sum()),
        base=float(below[both].sum()),
        n=int(both.sum()),
        without=int(sample.size - both.sum()),
        lowest=float(ratios.min()) if len(ratios) else None,
        highest=float(ratios.max()) if len(ratios) else None,
        estimate=value_of_rows(code, rows) if scope.posts.size else undefined("no_posts", rate.denominator),
    )


def _parts(scope: Scope, numerator: str, posts: Sample) -> Mapping[str, float]:
    """Returns each component summed over the posts whose interactions are known.

    None where one counter is the whole.
    """
    if numerator not in OF_INTERACTIONS:
        return {}
    known = ~np.isnan(posts.of(numerator))
    cells: Mapping[str, Floats] = {
        name: scope.own.aged[name][scope.used][known] for name in scope.choice.components
    }
    return {name: float(np.nansum(values)) for name, values in cells.items()}
