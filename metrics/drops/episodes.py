"""One drop from its first message to its end: opened, worsened, closed. Pure: a track and a decision give a step.

A decision is made once a channel, metric and local date; the caller keeps the track between them.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from metrics.drops.decision import ALARMS, STATES, Decision
from metrics.drops.parameters import (
    ACCEPT_AFTER_DAYS,
    COOL_DOWN_DAYS,
    OFFER_AFTER_DAYS,
    RECOVERED_EVALUATIONS,
    Rule,
)
from metrics.drops.spans import Span

EVENTS = (
    "opened",
    "worsened",  # a warning became critical
    "recovered",
    "not_confirmed",  # opened on 6-hour values, and at 24 hours the drop was gone
    "offer_new_level",  # open for 28 days: is this the new normal?
    "accepted",  # a person said so, or nobody answered for 56 days
)


@dataclass(frozen=True, slots=True)
class Episode:
    metric: str
    basis: str
    state: str  # the highest level reached
    opened: date
    window_first: date  # of the decision that opened it
    window_last: date
    history: Span  # frozen: the drop must not become the history it is measured against
    drop_percent: float  # at opening, as are z and n
    z: float | None
    n: int
    deepest_percent: float
    started: date | None = (
        None  # the day the level fell, fixed at opening; None in what was kept before it was known
    )
    clean: int = 0  # evaluations in a row back at the level, or whose newest day is
    is_confirmed: bool = False  # at 24 hours
    is_offered: bool = False
    closed: date | None = None
    closed_by: str | None = None  # recovered | not_confirmed | accepted

    @property
    def since(self) -> date:
        """The one date that every sentence gives."""
        return self.started or self.window_first


@dataclass(frozen=True, slots=True)
class Track:
    """What is remembered of one metric of one channel. `since`: first day of a level accepted as the new one."""

    episode: Episode | None = None
    quiet_until: date | None = None  # the first day on which another warning may open
    since: date | None = None

    newest: date | None = None  # the last day with a post that was compared: nothing is decided on it twice
    is_slow: bool = False

    @property
    def frozen(self) -> Span | None:
        return None if self.episode is None else self.episode.history


@dataclass(frozen=True, slots=True)
class Step:
    """`events` in the order in which they are told; `closed` is the episode that ended with this step."""

    track: Track
    events: tuple[str, ...] = ()
    closed: Episode | None = None


NEW = Track()


def advance(track: Track, decision: Decision, rule: Rule, on: date) -> Step:
    """Returns what the decision of the local date `on` opens, changes or closes.

    An undecided one closes nothing by itself. Without a post or a reading since the last one nothing opens,
    deepens or closes; only time offers and accepts.
    """
    is_news = decision.newest is None or track.newest is None or decision.newest > track.newest
    track = replace(track, newest=decision.newest or track.newest, is_slow=decision.is_slow)
    if track.episode is None:
        return _perhaps_open(track, decision, on) if is_news else Step(track)
    episode = _followed(track.episode, decision, rule) if is_news else track.episode
    if episode.clean >= RECOVERED_EVALUATIONS:
        return _close(track, episode, "recovered", on)
    open_days = (on - episode.opened).days
    if open_days >= ACCEPT_AFTER_DAYS:
        return accept(replace(track, episode=episode), on)
    events: tuple[str, ...] = ()
    quiet_until = track.quiet_until
    if episode.state != track.episode.state:
        events, quiet_until = ("worsened",), _quiet_from(on)
    if open_days >= OFFER_AFTER_DAYS and not episode.is_offered:
        events, episode = (*events, "offer_new_level"), replace(episode, is_offered=True)
    return Step(replace(track, episode=episode, quiet_until=quiet_until), events)


def confirm(track: Track, drop_24h_percent: float, rule: Rule, on: date) -> Step:
    """Returns what the 24-hour values of the window that opened an episode say of it (docs/evidence.md#A.6).

    The episode was opened on 6-hour values.
    """
    if track.episode is None:
        return Step(track)
    if drop_24h_percent < rule.recovered_percent:
        return _close(track, track.episode, "not_confirmed", on)
    return Step(replace(track, episode=replace(track.episode, is_confirmed=True)))


def accept(track: Track, on: date) -> Step:
    """Returns the step that accepts a new level.

    The history begins anew with the days that opened the episode.
    """
    if track.episode is None:
        return Step(track)
    since = track.episode.since
    step = _close(track, track.episode, "accepted", on)
    return replace(step, track=replace(step.track, since=since))


def state_of(track: Track, decision: Decision) -> str:
    """Returns the state to show for a metric: an open episode's level.

    A drop that may not be told yet is a note.
    """
    if track.episode is not None:
        return track.episode.state
    return "note" if decision.state in ALARMS else decision.state


def _perhaps_open(track: Track, decision: Decision, on: date) -> Step:
    is_quiet = track.quiet_until is not None and on < track.quiet_until
    if decision.state not in ALARMS or (is_quiet and decision.state != "critical"):
        return Step(track)
    drop = decision.drop_percent or 0.0
    episode = Episode(
        metric=decision.metric,
        basis=decision.basis,
        state=decision.state,
        opened=on,
        window_first=decision.window_first,
        window_last=decision.window_last,
        history=Span(decision.history_first.toordinal(), decision.history_last.toordinal()),
        drop_percent=drop,
        z=decision.z,
        n=decision.n,
        deepest_percent=drop,
        started=decision.started or decision.window_first,
    )
    return Step(replace(track, episode=episode, quiet_until=_quiet_from(on)), ("opened",))


def _followed(episode: Episode, decision: Decision, rule: Rule) -> Episode:
    drop = decision.drop_percent
    if drop is None:
        return episode
    return replace(
        episode,
        state=max(episode.state, decision.state, key=STATES.index),
        deepest_percent=max(episode.deepest_percent, drop),
        clean=episode.clean + 1 if _is_back(decision, drop, rule) else 0,
    )


def _is_back(decision: Decision, drop: float, rule: Rule) -> bool:
    own = decision.newest_drop_percent
    return drop < rule.recovered_percent or (own is not None and own < rule.recovered_percent)


def _close(track: Track, episode: Episode, by: str, on: date) -> Step:
    return Step(replace(track, episode=None), (by,), replace(episode, closed=on, closed_by=by))


def _quiet_from(on: date) -> date:
    return on + timedelta(days=COOL_DOWN_DAYS)
