"""The whole history of a channel, judged in blocks of posts: the newest first, the worst one told with its dates.

A channel with many blocks has more chances to look odd in one of them. A value beyond a limit counts where a
neighbouring block is beyond it too, or where it is so rare that k blocks would show it in 1 % of channels altogether.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import NormalDist

import numpy as np

from metrics.audit import limits
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome, strength_of
from metrics.audit.limits import LIMITS, NATURAL, Limits
from metrics.frame import Bools, Ints

_RANKS = (None, "weak", "strong")


def cut(published: Ints, size: int = limits.BLOCK_POSTS) -> list[Ints]:
    """Returns the positions of the posts of each block, the newest block first.

    `published`: ascending, unix seconds.
    A block has at most `size` posts and spans at most 180 days.
    """
    found, end = [], len(published)
    while end > 0:
        earliest = np.searchsorted(published, published[end - 1] - limits.BLOCK_S)
        start = max(end - size, int(earliest))
        found.append(np.arange(start, end))
        end = start
    return found


def by_blocks(
    evidence: Evidence, posts: Ints, measure: Callable[[Ints], Outcome], size: int = limits.BLOCK_POSTS
) -> Outcome:
    """Returns the outcome of the worst block. `measure` is given the positions, within `posts`, of a block.

    `posts`: rows of `evidence.posts`, oldest first. Without a block that can be measured: what the newest one needs.
    """
    published = evidence.posts.published_at[posts]
    blocks = cut(published, size) or [np.zeros(0, dtype=np.int64)]
    outcomes = [_dated(measure(block), published[block]) for block in blocks]
    if all(isinstance(outcome, NotChecked) for outcome in outcomes):
        return outcomes[0]
    return worst([outcome if isinstance(outcome, IndicatorReading) else None for outcome in outcomes])


def of_posts(evidence: Evidence, chosen: Bools, measure: Callable[[Ints], Outcome]) -> Outcome:
    """Returns the outcome of the worst block of a mask of posts.

    `measure` is given rows of `evidence.posts`.
    """
    posts = np.flatnonzero(chosen)
    return by_blocks(evidence, posts, lambda block: measure(posts[block]))


def _dated(outcome: Outcome, published: Ints) -> Outcome:
    if isinstance(outcome, NotChecked) or not len(published):
        return outcome
    return replace(outcome, since=int(published[0]), until=int(published[-1]))


def worst(blocks: Sequence[IndicatorReading | None]) -> IndicatorReading:
    """Returns, of the blocks of one indicator (newest first, None: not measured), the one that tells most.

    Where none is a pattern for a channel of so many blocks: the newest one, as no pattern.
    """
    measured = [one for one in blocks if one is not None]
    alone = [_rank(one, _stricter(one, len(measured))) if one else 0 for one in blocks]
    seen = [_rank(one, _limits(one)) if one else 0 for one in blocks]
    beside = [max(before, after) for before, after in zip([0, *seen[:-1]], [*seen[1:], 0], strict=True)]
    ranks = [max(a, min(b, c)) for a, b, c in zip(alone, seen, beside, strict=True)]
    if not max(ranks):
        return replace(measured[0], explained=True)
    told = max(
        ((rank, _beyond(one), one) for rank, one in zip(ranks, blocks, strict=True) if one),
        key=lambda found: found[:2],
    )
    strength = _RANKS[told[0]]
    return replace(told[2], at_most="strong" if strength == "strong" else "weak")


def _limits(one: IndicatorReading) -> Limits:
    return one.limits or LIMITS[one.indicator]


def _rank(one: IndicatorReading, bounds: Limits) -> int:
    return _RANKS.index(strength_of(replace(one, limits=bounds)))


def _beyond(one: IndicatorReading) -> float:
    bounds = _limits(one)
    return one.value - bounds.weak if bounds.suspect == "above" else bounds.weak - one.value


def _stricter(one: IndicatorReading, blocks: int) -> Limits:
    """Returns the limits that a block has to pass alone: the more blocks there are, the stricter they get."""
    bounds, natural = _limits(one), NATURAL.get(one.indicator)
    if blocks < 2 or natural is None:
        return bounds
    z = NormalDist().inv_cdf(1 - limits.CHANNEL_CHANCE / blocks)
    above = bounds.suspect == "above"
    rare = natural.at(z if above else -z)
    stricter = max if above else min
    strong = None if bounds.strong is None else stricter(bounds.strong, rare)
    return replace(bounds, weak=stricter(bounds.weak, rare), strong=strong)
