"""The rule day by day over a history, as it would have run then: at each day it sees the posts up to that day.

A file has final counters, so the basis is `final`: all posts are compared at 7 days. Holidays, and the threshold that
fits the channel's own noise, are what they would have been that day.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

import pandas as pd

from metrics import maturity
from metrics.drops import episodes
from metrics.drops.counts import final_counts, local_days, own_posts
from metrics.drops.decision import ALARMS, STATES, Decision, is_left_to_summaries, judge
from metrics.drops.episodes import Episode, Track
from metrics.drops.holidays import holidays
from metrics.drops.look import Look, look
from metrics.drops.parameters import Rule
from metrics.drops.sources import Rates, Source, Views
from metrics.drops.spans import Span
from metrics.drops.thresholds import Thresholds
from metrics.drops.workspace import Common, common_part, is_news, less_common
from metrics.frame import ints
from metrics.periods import local_date

BASIS = "final"

Opening = tuple[str, date]  # metric and day of an episode's opening


@dataclass(frozen=True, slots=True)
class History:
    """One channel's own posts, ready to be replayed from day `first` to day `last` (ordinals, both included).

    `fitted`: the thresholds to judge by all along, by metric; None: they are fitted week by week.
    """

    name: str
    sources: Sequence[Source]
    first: int
    last: int
    posts: int
    fitted: Mapping[str, float] | None = None

    @property
    def days(self) -> int:
        return max(0, self.last - self.first + 1)


@dataclass(frozen=True, slots=True)
class ReplayedChannel:
    name: str
    days: int
    posts_per_day: float | None
    basis: str
    state_now: str
    decisions: Mapping[str, Decision]  # the last of each metric
    episodes: Sequence[Episode]  # by the day they opened
    floored: Collection[Opening] = ()  # the falls that go deeper than said
    in_holidays: Collection[Opening] = ()  # that opened inside one
    unpushed: Collection[Opening] = ()  # that a summary tells of, and no alert


@dataclass(frozen=True, slots=True)
class CommonShift:
    """A day on which all channels moved together, told once."""

    metric: str
    on: date
    drop_percent: float
    channels: int


@dataclass(frozen=True, slots=True)
class Replay:
    channels: Sequence[ReplayedChannel]
    common: Sequence[CommonShift]


def history(
    name: str,
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    platform: str,
    zone: tzinfo,
    as_of: int,
    fitted: Mapping[str, float] | None = None,
) -> History:
    """Returns a channel's history for a replay, from tables of posts and subscribers (`metrics.frame`).

    Days end with the last whose posts are 7 days old.
    """
    own = own_posts(posts, as_of)
    counts = final_counts(own, audience, zone, as_of)
    published = local_days(ints(own, "published_at"), zone)
    last = local_date(as_of - int(maturity.FINAL_H * 3600), zone).toordinal() - 1
    first = int(published[0]) if len(published) else last + 1
    return History(
        name,
        (Views(counts, BASIS, published), Rates(counts, BASIS, published, platform)),
        first,
        last,
        int((published <= last).sum()),
        fitted,
    )


def holidays_over(histories: Sequence[History], country: str) -> Sequence[Span]:
    """Returns the holidays of a country that the days of these histories touch, and a year's more before."""
    years = [date.fromordinal(day).year for one in histories for day in (one.first, one.last)]
    return holidays(country, min(years) - 1, max(years)) if years else ()


@dataclass(slots=True)
class _Run:
    """One metric of one channel while it is replayed."""

    source: Source
    thresholds: Thresholds
    holidays: Sequence[Span] = ()
    track: Track = episodes.NEW
    decision: Decision | None = None
    ended: list[Episode] = field(default_factory=list)
    floored: set[Opening] = field(default_factory=set)
    in_holidays: set[Opening] = field(default_factory=set)
    unpushed: set[Opening] = field(default_factory=set)

    def look(self, day: int, rule: Rule) -> Look:
        since = None if self.track.since is None else self.track.since.toordinal()
        return look(
            self.source,
            day,
            rule,
            frozen=self.track.frozen,
            since=since,
            was_slow=self.track.is_slow,
            holidays=self.holidays,
        )

    def step(self, seen: Look, common: Common | None, rule: Rule, on: date) -> None:
        self.decision = self._judge(seen, common, rule, on)
        step = episodes.advance(self.track, self.decision, rule, on)
        self.track = step.track
        if self.track.episode is not None:
            self._remember(self.decision, self.track.episode, rule, has_opened="opened" in step.events)
        if step.closed is not None:
            self.ended.append(step.closed)

    def _judge(self, seen: Look, common: Common | None, rule: Rule, on: date) -> Decision:
        """Judges a look by the channel's own threshold where there is an alarm.

        A threshold only ever raises what an alarm takes, and it is costly to find.
        """

        def by(fitted_z: float | None) -> Decision:
            return judge(
                less_common(seen.compared, common),
                rule,
                metric=seen.metric,
                basis=seen.basis,
                is_slow=seen.is_slow,
                common=None if common is None else common.shift,
                fitted_z=fitted_z,
                is_holiday=seen.is_holiday,
            )

        plain = by(None)
        if rule.is_literal or plain.state not in ALARMS:
            return plain
        return by(self.thresholds.on(on.toordinal(), rule, self.episodes))

    def _remember(self, decision: Decision, episode: Episode, rule: Rule, *, has_opened: bool) -> None:
        opening = (decision.metric, episode.opened)
        if decision.is_floored:
            self.floored.add(opening)
        if has_opened and decision.is_holiday:
            self.in_holidays.add(opening)
        if has_opened and is_left_to_summaries(decision, rule):
            self.unpushed.add(opening)

    @property
    def episodes(self) -> list[Episode]:
        return self.ended if self.track.episode is None else [*self.ended, self.track.episode]

    @property
    def state(self) -> str:
        return "learning" if self.decision is None else episodes.state_of(self.track, self.decision)


def replay(histories: Sequence[History], rule: Rule, *, spans: Sequence[Span] = ()) -> Replay:
    """Replays all channels together: from ten on, what they share is taken off each (docs/evidence.md#3.4).

    `spans`: holidays.
    """
    runs = [
        [
            _Run(source, Thresholds(source, channel.first, spans, channel.fitted), spans)
            for source in channel.sources
        ]
        for channel in histories
    ]
    common: list[CommonShift] = []
    for metric in range(max((len(of_channel) for of_channel in runs), default=0)):
        common.extend(_replay_metric([of_channel[metric] for of_channel in runs], histories, rule))
    ordered = sorted(common, key=lambda shift: (shift.on, shift.metric))
    return Replay([_replayed(*both) for both in zip(histories, runs, strict=True)], ordered)


def _replay_metric(runs: Sequence[_Run], histories: Sequence[History], rule: Rule) -> list[CommonShift]:
    told, before = [], None
    first = min(channel.first for channel in histories)
    for day in range(first, max(channel.last for channel in histories) + 1):
        on = date.fromordinal(day)
        seen = [
            (run, run.look(day, rule))
            for run, channel in zip(runs, histories, strict=True)
            if channel.first <= day <= channel.last
        ]
        common = None if rule.is_literal else common_part(looked.compared for _, looked in seen)
        for run, looked in seen:
            run.step(looked, common, rule, on)
        if common is not None and is_news(before, common):
            told.append(CommonShift(runs[0].source.metric, on, common.drop_percent, common.channels))
        before = common
    return told


def _replayed(channel: History, runs: Sequence[_Run]) -> ReplayedChannel:
    found = [episode for run in runs for episode in run.episodes]
    return ReplayedChannel(
        name=channel.name,
        days=channel.days,
        posts_per_day=channel.posts / channel.days if channel.days else None,
        basis=runs[0].source.basis,
        state_now=max((run.state for run in runs), key=STATES.index),
        decisions={run.source.metric: run.decision for run in runs if run.decision is not None},
        episodes=sorted(found, key=lambda episode: (episode.opened, episode.metric)),
        floored=frozenset(opening for run in runs for opening in run.floored),
        in_holidays=frozenset(opening for run in runs for opening in run.in_holidays),
        unpushed=frozenset(opening for run in runs for opening in run.unpushed),
    )


def replay_json(result: Replay) -> dict[str, Any]:
    return {"channels": [_channel_json(channel) for channel in result.channels]}


def _channel_json(channel: ReplayedChannel) -> dict[str, Any]:
    return {
        "name": channel.name,
        "days": channel.days,
        "posts_per_day": channel.posts_per_day,
        "basis": channel.basis,
        "state_now": channel.state_now,
        "episodes": [
            {
                "metric": episode.metric,
                "state": episode.state,
                "opened": episode.opened.isoformat(),
                "closed": None if episode.closed is None else episode.closed.isoformat(),
                "drop_percent": episode.drop_percent,
                "deepest_percent": episode.deepest_percent,
                "z": episode.z,
                "n": episode.n,
            }
            for episode in channel.episodes
        ],
    }
