"""How a figure pooled over channels changed, and how much of that is only the mix of channels.

A pooled figure moves although no channel has moved where views go over from one channel to another (docs/evidence.md#1.3). Its
change is the mean of the changes within the channels, weighted by what they hold of all views (posts, for a mean a
post), plus the rest: the mix effect. The weights are the mean of the two periods', so that the parts add up.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from metrics import change
from metrics.change import MINIMUM, AgedSide, Difference
from metrics.formulas import Formula
from metrics.frame import Floats
from metrics.interactions import OF_INTERACTIONS
from metrics.members import Member
from metrics.periods import Period
from metrics.registry import RATES
from metrics.results import percent_of, results
from metrics.sample import Sample

_NEARLY_ALL = -1 + 1e-15  # the log of a fall to nothing is none


@dataclass(frozen=True, slots=True)
class Shift:
    """Tells how a pooled figure at 7 days changed, in percent of the earlier one.

    `within` + `mix` = `percent`.

    `typical`, with its interval: the mean of the changes of the channels' logs, by the same weights. The pooled figure
    itself is never tested.
    """

    percent: float | None
    within: float | None
    mix: float | None
    typical: Difference
    channels: int  # with at least 3 posts on both sides
    n: int
    n_before: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Sides:
    now: AgedSide
    before: AgedSide


@dataclass(frozen=True, slots=True)
class _Parts:
    """A channel's numerator, its weight and its posts: what it brings to the pooled figure."""

    total: float
    weight: float
    n: int


def shift(formula: Formula, members: Sequence[Member], earlier: Callable[[Period], Period]) -> Shift:
    """Returns how a figure pooled over channels changed, and how much of that is the mix of channels.

    `earlier`: which posts the period's are compared with; `periods.previous` or `periods.history`.
    """
    sides = [
        _sides(member, earlier(member.scope.period)) for member in members if _is_comparable(formula, member)
    ]
    parts = [(_parts(formula, side.now), _parts(formula, side.before)) for side in sides]
    both = [min(now.n, before.n) >= MINIMUM for now, before in parts]
    kept = [side for side, is_kept in zip(sides, both, strict=True) if is_kept]
    counted = [pair for pair, is_kept in zip(parts, both, strict=True) if is_kept]
    n, n_before = (sum(pair[side].n for pair in counted) for side in (0, 1))
    reason = _why_not(members, sides, counted)
    if reason is not None:
        return Shift(None, None, None, change.nothing(reason), len(kept), n, n_before, reason)
    totals, weights = (
        np.array([[getattr(one, name) for one in pair] for pair in counted]).T for name in ("total", "weight")
    )
    shares = weights / weights.sum(axis=1, keepdims=True)
    rates = totals / weights
    pooled = (shares * rates).sum(axis=1)
    share = shares.mean(axis=0)
    within = 100 * float((share * (rates[0] - rates[1])).sum() / pooled[1])
    percent = 100 * float(pooled[0] / pooled[1] - 1)
    typical = _typical(formula, kept, share)
    return Shift(percent, within, percent - within, typical, len(kept), n, n_before, None)


def _is_comparable(formula: Formula, member: Member) -> bool:
    return formula.numerator not in OF_INTERACTIONS or member.scope.choice.comparable


def _why_not(
    members: Sequence[Member], sides: Sequence[_Sides], counted: Sequence[tuple[_Parts, _Parts]]
) -> str | None:
    if not sides:
        return "other_components" if members else "no_posts"
    if not counted:
        return (
            "posts_too_young"
            if all(side.now.posts.size < MINIMUM <= side.now.all_posts for side in sides)
            else "too_few_posts"
        )
    return "zero_rate" if sum(before.total for _, before in counted) <= 0 else None


def _sides(member: Member, earlier: Period) -> _Sides:
    return _Sides(*(_aged(member, period) for period in (member.scope.period, earlier)))


def _aged(member: Member, period: Period) -> AgedSide:
    organic = member.scope.organic(period)
    old = results(member.scope, organic)
    by = member.scope.own.by[old.own]
    return AgedSide(old.posts, old.age_h, by, old.day, Sample(0, {}), int(organic.sum()), old.curves)


def _parts(formula: Formula, side: AgedSide) -> _Parts:
    pairs = side.posts.pairs(formula.numerator, formula.denominator)
    pairs = pairs.where(pairs.denominator > 0)
    n = len(pairs.numerator)
    if formula.average == "pooled":
        return _Parts(float(pairs.numerator.sum()), float(pairs.denominator.sum()), n)
    return _Parts(float((pairs.numerator / pairs.denominator).sum()), float(n), n)


def _typical(formula: Formula, kept: Sequence[_Sides], share: Floats) -> Difference:
    found = [change.difference(RATES[formula.code], side.now, side.before) for side in kept]
    known = [
        (one, weight) for one, weight in zip(found, share.tolist(), strict=True) if one.percent is not None
    ]
    total = sum(weight for _, weight in known)
    if total <= 0:
        return change.nothing(next((one.reason for one in found if one.reason), "too_few_posts"))
    log = sum(weight * _log(one.percent) for one, weight in known) / total
    variance = sum((weight * (_log(one.high) - _log(one.percent))) ** 2 for one, weight in known)
    half = math.sqrt(variance) / total
    n, n_before = sum(one.n for one, _ in known), sum(one.n_before for one, _ in known)
    approximate = any(one.approximate for one, _ in known)
    return Difference(
        percent_of(log), percent_of(log - half), percent_of(log + half), n, n_before, approximate
    )


def _log(percent: float | None) -> float:
    return math.log1p(max((percent or 0.0) / 100, _NEARLY_ALL))
