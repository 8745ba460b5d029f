"""The thresholds of a replayed channel: those that the weekly look at its own noise would have found by each day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from metrics.drops.episodes import Episode
from metrics.drops.fit import fit
from metrics.drops.parameters import FIT_DAYS, WEEKDAYS, Rule
from metrics.drops.sources import Source
from metrics.drops.spans import Span


@dataclass(slots=True)
class Thresholds:
    """Gives the thresholds of one metric of one channel, one a week from its first post on.

    `fixed`: the thresholds to take instead, by metric. `weekly` fills as days are asked for, in their order.
    """

    source: Source
    first: int
    holidays: Sequence[Span]
    fixed: Mapping[str, float] | None
    weekly: list[float | None] = field(default_factory=list)

    def on(self, day: int, rule: Rule, known: Iterable[Episode]) -> float | None:
        """Returns the threshold as of the last whole week before the day; None before there is one.

        `known`: the episodes until then, which are cut out.
        """
        if self.fixed is not None:
            return self.fixed.get(self.source.metric)
        for week in range(len(self.weekly), (day - self.first) // WEEKDAYS):
            self.weekly.append(self._fitted(self.first + (week + 1) * WEEKDAYS - 1, rule, known))
        return self.weekly[-1] if self.weekly else None

    def _fitted(self, last: int, rule: Rule, known: Iterable[Episode]) -> float | None:
        posts = self.source.compared(Span(last - WEEKDAYS + 1, last), Span(last - FIT_DAYS, last - WEEKDAYS))
        if posts is None:
            return None
        cut = [_until(last, one) for one in known if one.opened.toordinal() <= last]
        before = next((z for z in reversed(self.weekly) if z is not None), None)
        return fit(posts, last, self.source.metric, rule, cut=[*cut, *self.holidays], before=before).z


def _until(last: int, episode: Episode) -> Span:
    """Returns the days of an episode, as they were known at the end of the day `last`."""
    ended = last if episode.closed is None else min(last, episode.closed.toordinal())
    return Span(episode.since.toordinal(), ended)
