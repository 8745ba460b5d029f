"""Several channels in one answer: the same period, the same moment, and interactions that consist of the same counters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

import pandas as pd

from metrics import interactions
from metrics.estimates import Estimate, undefined
from metrics.formulas import Formula
from metrics.interactions import OF_INTERACTIONS
from metrics.periods import Period
from metrics.sample import Sample
from metrics.scope import Scope, open_scope


@dataclass(frozen=True, slots=True)
class ChannelTables:
    """`posts`: a `frame.table`; `audience`: a `frame.audience_table`."""

    name: str
    posts: pd.DataFrame
    audience: pd.DataFrame
    platform: str = "telegram"
    readings: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    scope: Scope
    own: Scope  # with all of its own components
    is_narrowed_away: bool  # it counts interactions, but none of the kinds that all channels count

    def why_none(self, numerator: str) -> str | None:
        """Tells why this channel can't be compared with the others at all; None where it can."""
        if self.scope.fallback:
            return "no_posts"
        return "other_components" if numerator in OF_INTERACTIONS and self.is_narrowed_away else None

    @property
    def used(self) -> Sample:
        return self.scope.posts.take(self.scope.used)

    def figure(self, formula: Formula) -> Estimate:
        """Computes a rate as it stands, of what every channel counts; none of too few posts."""
        reason = self.why_none(formula.numerator)
        if reason is not None:
            return undefined(reason, formula.denominator)
        estimate = formula.compute(self.used)
        if estimate.value is not None and estimate.n < formula.minimum_posts:
            return estimate.without_value("too_few_posts")
        return estimate


@dataclass(frozen=True, slots=True)
class Members:
    period: Period
    components: tuple[str, ...]  # what an interaction is made of, in every channel
    members: tuple[Member, ...]


def open_members(channels: Sequence[ChannelTables], *, period: Period, zone: tzinfo, as_of: int) -> Members:
    scopes = [_open(channel, period, zone, as_of) for channel in channels]
    components = interactions.shared([scope.choice for scope in scopes if not scope.fallback])
    return Members(
        period,
        components,
        tuple(_member(channel, scope, components) for channel, scope in zip(channels, scopes, strict=True)),
    )


def _member(channel: ChannelTables, scope: Scope, components: tuple[str, ...]) -> Member:
    choice = interactions.narrowed(scope.choice, components)
    if choice.components == scope.choice.components:
        return Member(channel.name, scope, scope, is_narrowed_away=False)
    narrow = _open(channel, scope.period, scope.zone, scope.as_of, components)
    return Member(channel.name, narrow, scope, is_narrowed_away=not choice.components)


def _open(
    channel: ChannelTables, period: Period, zone: tzinfo, as_of: int, components: Sequence[str] | None = None
) -> Scope:
    return open_scope(
        channel.posts,
        channel.audience,
        period=period,
        zone=zone,
        as_of=as_of,
        platform=channel.platform,
        components=components,
        readings=channel.readings,
    )
