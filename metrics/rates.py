"""One function a formula, each with its denominator in its name or its registry line. Percent.

`posts` has a row a post, `days` a row a local day with its noon's subscribers. A row without the numerator or the
denominator changes nothing. Formulas, sources and worked examples stand in `formulas`.
"""

from collections.abc import Callable

from metrics import estimates
from metrics.estimates import Estimate, Pairs
from metrics.sample import Sample


def er_by_views(posts: Sample) -> Estimate:
    return _over(posts, "interactions", "views", estimates.pooled)


def er_by_reach(posts: Sample) -> Estimate:
    return _over(posts, "interactions", "reach", estimates.pooled)


def er_by_subscribers(posts: Sample) -> Estimate:
    return _over(posts, "interactions", "subscribers", estimates.mean)


def er_day(days: Sample) -> Estimate:
    return _over(days, "interactions", "subscribers", estimates.mean)


def er_post_median(posts: Sample) -> Estimate:
    return _over(posts, "interactions", "views", estimates.median)


def weighted_er(posts: Sample) -> Estimate:
    return _over(posts, "weighted", "views", estimates.pooled)


def view_rate(posts: Sample) -> Estimate:
    return _over(posts, "views", "subscribers", estimates.mean)


def view_rate_median(posts: Sample) -> Estimate:
    return _over(posts, "views", "subscribers", estimates.median)


def view_rate_24h(posts: Sample) -> Estimate:
    return _over(posts, "views_24h", "subscribers", estimates.mean)


def view_rate_48h(posts: Sample) -> Estimate:
    return _over(posts, "views_48h", "subscribers", estimates.mean)


def forward_rate(posts: Sample) -> Estimate:
    return _over(posts, "forwards", "views", estimates.pooled)


def reaction_rate(posts: Sample) -> Estimate:
    return _over(posts, "reactions", "views", estimates.pooled)


def comment_rate(posts: Sample) -> Estimate:
    return _over(posts, "comments", "views", estimates.pooled)


def love_rate(posts: Sample) -> Estimate:
    return _over(posts, "reactions", "subscribers", estimates.mean)


def talk_rate(posts: Sample) -> Estimate:
    return _over(posts, "comments", "subscribers", estimates.mean)


def _over(rows: Sample, numerator: str, denominator: str, average: Callable[[Pairs], Estimate]) -> Estimate:
    pairs = rows.pairs(numerator, denominator)
    if len(pairs.numerator) == 0:
        return estimates.undefined(rows.why_empty(numerator, denominator), pairs.name)
    return average(pairs)
