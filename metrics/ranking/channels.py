"""Channels in order of the rate that every answer tells of them, with how sure the distance to the first is.

That is reckoned from the mean of the logs of their posts at 7 days, shrunk towards the mean of all channels.

Channels differ by a log sd of .61, the posts of one by .67, so that a channel's own mean weighs n of n + 1.2 posts
(docs/evidence.md#1.4): of one post this halves the error, from ten on it is cosmetic. Views differ less within a channel, and
would need less; they are shrunk alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics.estimates import WIDEST_EXPONENT, Estimate
from metrics.formulas import FORMULAS
from metrics.members import Member, Members
from metrics.results import (
    MEASURES,
    MINIMUM_POSTS,
    PRIOR_POSTS,
    Measure,
    blended_variance,
    growth_variance,
    percent_of,
    results,
    value_of,
    whole_days_variance,
)
from metrics.scope import Scope
from metrics.student import t_quantile

KAPPA_POSTS = 1.2
BY = ("er_by_views", "er_by_reach", "view_rate", "er_by_subscribers")


@dataclass(frozen=True, slots=True)
class Gap:
    """Percent by which one stands above another (below: negative)."""

    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RankedChannel:
    """`value`, `low`, `high`: the rate of the components that all channels count; `own`: the channel's full figure.

    `n` + `young` + `without` are the channel's own posts of the period.
    """

    name: str
    place: int
    value: float
    low: float | None
    high: float | None
    n: int  # posts that the rate rests on
    young: int  # posts under 24 hours, not counted yet
    without: int  # posts that lack a counter which the rate needs
    versus_first: Gap | None  # None of the first
    own: Estimate


@dataclass(frozen=True, slots=True)
class LeftOut:
    name: str
    n: int
    reason: str  # one of estimates.REASONS


@dataclass(frozen=True, slots=True)
class Ranking:
    """`fleet`: the mean of the channels, towards which each is shrunk."""

    by: str
    denominator: str
    components: tuple[str, ...]
    fleet: float | None
    channels: tuple[RankedChannel, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    """The log of a channel's level."""

    member: Member
    log: float
    variance: float  # of one post
    fixed: float  # what more posts do not take away
    n: int

    def shrunk(self, mean: float) -> "_Level":
        return replace(self, log=(self.n * self.log + KAPPA_POSTS * mean) / (self.n + KAPPA_POSTS))

    @property
    def error(self) -> float:
        return self.variance / (self.n + KAPPA_POSTS) + self.fixed


def rank(members: Members, by: str = "er_by_views") -> Ranking:
    """Returns the channels in order of a rate, the best first; equals in the order of their names.

    `by`: one of BY.
    """
    measure = MEASURES[by]
    found = [_level(member, measure) for member in members.members]
    levels = [one for one in found if isinstance(one, _Level)]
    left_out = [one for one in found if isinstance(one, LeftOut)]
    if not levels:
        return Ranking(by, measure.denominator, members.components, None, (), tuple(left_out))
    mean = sum(level.log for level in levels) / len(levels)
    shrunk = [level.shrunk(mean) for level in levels]
    ordered = sorted(shrunk, key=lambda one: (-_value(one, measure), one.member.name))
    return Ranking(
        by,
        measure.denominator,
        members.components,
        value_of(mean, measure.scale),
        tuple(_ranked(level, place, ordered, measure) for place, level in enumerate(ordered, start=1)),
        tuple(left_out),
    )


def _value(level: _Level, measure: Measure) -> float:
    return _rate(level.member.scope, measure.code).value or 0.0


def _rate(scope: Scope, code: str) -> Estimate:
    """Returns the rate that every answer tells of this channel and period."""
    return FORMULAS[code].compute(scope.posts.take(scope.used))


def _level(member: Member, measure: Measure) -> _Level | LeftOut:
    scope = member.scope
    reason = member.why_none(measure.numerator)
    if reason is not None:
        return LeftOut(member.name, 0, reason)
    old = results(scope, scope.used)
    if not old.posts.size:
        return LeftOut(member.name, 0, "posts_too_young")
    known = old.known(measure)
    n = known.posts.size
    if not n:
        return LeftOut(member.name, 0, old.why_empty(measure))
    counted = _rate(scope, measure.code).n
    if counted < MINIMUM_POSTS:
        return LeftOut(member.name, counted, "too_few_posts")
    logs = known.logs(measure)
    variance = blended_variance(logs, measure.usual_sd)
    fixed = whole_days_variance(measure, known) + growth_variance(measure, known)
    return _Level(member, float(logs.mean()), variance, fixed, n)


def _ranked(level: _Level, place: int, ordered: Sequence[_Level], measure: Measure) -> RankedChannel:
    scope = level.member.scope
    rate = _rate(scope, measure.code)
    return RankedChannel(
        name=level.member.name,
        place=place,
        value=_value(level, measure),
        low=rate.low,
        high=rate.high,
        n=rate.n,
        young=int(scope.young.sum()),
        without=int(scope.used.sum()) - rate.n,
        versus_first=None if place == 1 else _gap(level, ordered[0], measure),
        own=_rate(level.member.own, measure.code),
    )


def _gap(level: _Level, first: _Level, measure: Measure) -> Gap:
    """Returns the distance of the values told; how wide its interval is comes from the posts' logs."""
    value, best = _value(level, measure), _value(first, measure)
    log = math.log(value / best) if min(value, best) > 0 else level.log - first.log
    df = min(level.n, first.n) - 1 + PRIOR_POSTS  # the prior's alone where all but one are too young
    half = min(t_quantile(df) * math.sqrt(level.error + first.error), WIDEST_EXPONENT)
    return Gap(percent_of(log), percent_of(log - half), percent_of(log + half))
