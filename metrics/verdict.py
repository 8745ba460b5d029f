"""One word on a period: is the channel's level above, below or at its own usual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from metrics.drops.decision import quantity

if TYPE_CHECKING:  # it loads pandas, and requests carry open episodes
    from metrics.change import Difference
    from metrics.drops.episodes import Episode
    from metrics.summary import Summary

CODES = (
    "open_drop",  # an episode is open: it wins over everything else
    "above",
    "usual",
    "below",
    "unsure",  # the interval lies on one side, but posts differ in age, or a foreign growth curve stands in it
    "too_few_posts",
    "too_young",  # fewer than three posts of a day and more
    "nothing_to_compare",  # no earlier posts, or none at an age that can be compared
)
LEVELS = ("views", "reach")
TOLD_PERCENT = 10  # a smaller difference is the usual
SHORTEST_HISTORY_DAYS = 14


@dataclass(frozen=True, slots=True)
class OpenEpisode:
    """What every answer says of a drop: alerts, summaries and `/er` alike. `drop_percent`: how deep it went, above 0.

    `metric`: views, reach or er.
    """

    metric: str
    since: date
    drop_percent: float
    state: str = "warning"  # or critical

    @classmethod
    def of(cls, episode: Episode) -> Self:
        return cls(
            quantity(episode.metric, episode.basis), episode.since, episode.deepest_percent, episode.state
        )


@dataclass(frozen=True, slots=True)
class Fell:
    """A fall that an answer has told, so that its causes can be asked for. `metric`: views, reach or er."""

    metric: str
    first: date
    last: date


def fell(summary: Summary, episode: OpenEpisode | None, today: date) -> Fell | None:
    """Returns what fell and since when: the open drop, else the period's level or ER.

    None where nothing fell. The level or the ER fell where its interval lies below its own history.
    """
    if episode is not None:
        return Fell(episode.metric, episode.since, max(episode.since, today - timedelta(days=1)))
    first, last = summary.period.first, summary.period.last
    level, rate = summary.level.history, summary.change[summary.basis.headline].history
    if summary.fallback or summary.posts.used < 3:
        return None
    if _is_below(level):
        return Fell(summary.basis.denominator if summary.basis.denominator in LEVELS else "er", first, last)
    return Fell("er", first, last) if _is_below(rate) else None


def _is_below(found: Difference) -> bool:
    """Tells whether the difference is surely a fall.

    It is wider than the verdict: the causes of a fall may be asked for where a foreign curve forbids an
    arrow.
    """
    return found.percent is not None and found.percent <= -TOLD_PERCENT and (found.high or 0.0) < 0


def leading(episodes: Iterable[OpenEpisode]) -> OpenEpisode | None:
    """Returns, of several open episodes, that of the views, which the level is; else the oldest.

    None of none.
    """
    ordered = sorted(episodes, key=lambda one: (one.metric not in LEVELS, one.since))
    return ordered[0] if ordered else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`difference`: of the level to its history; None where there is none to tell."""

    code: str
    difference: Difference | None
    episode: OpenEpisode | None = None


def verdict(summary: Summary, episode: OpenEpisode | None = None) -> Verdict:
    """Returns the verdict on a period. `episode`: the drop that is open, where there is one."""
    found = summary.level.history
    if episode is not None:
        return Verdict("open_drop", found if found.percent is not None else None, episode)
    if (why := _why_not(summary, found)) is not None:
        return Verdict(why, None)
    return Verdict(_side(found), found)


def _why_not(summary: Summary, found: Difference) -> str | None:
    """Returns the code that says why nothing is compared; None where there is a difference."""
    if summary.posts.used < 3 or found.reason == "too_few_posts":
        few = summary.posts.used < 3 or found.n_before >= 3
        return "too_few_posts" if few else "nothing_to_compare"
    if found.reason == "posts_too_young":
        return "too_young"
    if found.percent is None or summary.history_days < SHORTEST_HISTORY_DAYS:
        return "nothing_to_compare"
    return None


def _side(found: Difference) -> str:
    """Returns the code of a difference: a side only where its interval leaves no other."""
    percent = found.percent or 0.0
    if found.low is None or found.high is None:
        return "usual" if found.is_sure else "nothing_to_compare"
    if found.low <= 0 <= found.high or abs(percent) < TOLD_PERCENT:
        return "usual"
    if not found.is_sure:
        return "unsure"
    return "above" if percent > 0 else "below"
