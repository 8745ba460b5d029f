"""The figure of a whole team: the median of its channels beside all their posts pooled, each as it stands.

The pooled figure is the views' and belongs to the biggest channel; the median belongs to none (docs/evidence.md#1.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimates import Estimate, undefined
from metrics.formulas import FORMULAS, Formula
from metrics.members import Members
from metrics.mix import Shift, shift
from metrics.periods import Period, history, previous
from metrics.ranking.channels import LeftOut
from metrics.sample import joined

CODES = tuple(
    code
    for code, formula in FORMULAS.items()
    if formula.rows == "posts" and formula.average != "median" and not code.startswith("view_rate_")
)


@dataclass(frozen=True, slots=True)
class TeamRate:
    """Tells a rate of a team of channels as it stands.

    `median`: of the channels with at least 3 posts; `pooled`: of all their posts.
    """

    code: str
    median: float | None
    channels: int
    pooled: Estimate
    previous: Shift
    history: Shift
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Team:
    period: Period
    components: tuple[str, ...]
    channels: int
    posts: int
    rates: Mapping[str, TeamRate]  # by code, each of CODES


def team(members: Members) -> Team:
    shown = members.members
    posts = sum(int(one.scope.used.sum()) for one in shown if not one.scope.fallback)
    rates = {code: _rate(FORMULAS[code], members) for code in CODES}
    return Team(members.period, members.components, len(shown), posts, rates)


def _rate(formula: Formula, members: Members) -> TeamRate:
    left_out, kept, values = [], [], []
    for member in members.members:
        found = member.figure(formula)
        if found.value is None:
            left_out.append(LeftOut(member.name, found.n, found.reason or "no_posts"))
        else:
            kept.append(member)
            values.append(found.value)
    nothing = undefined(_common_reason(left_out), formula.denominator)
    return TeamRate(
        code=formula.code,
        median=float(np.median(values)) if values else None,
        channels=len(kept),
        pooled=formula.compute(joined([one.used for one in kept])) if kept else nothing,
        previous=shift(formula, kept, previous),
        history=shift(formula, kept, history),
        left_out=tuple(left_out),
    )


def _common_reason(left_out: Sequence[LeftOut]) -> str:
    reasons = {one.reason for one in left_out}
    return reasons.pop() if len(reasons) == 1 else "no_posts"
