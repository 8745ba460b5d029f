"""What the rule looks at: log views of each post, or the log of its interactions by what they are measured by.

A source holds one metric on one basis (docs/evidence.md#A.6).
"""

from typing import Protocol

import numpy as np

from metrics import interactions, maturity, quantities
from metrics.drops.counts import Counts
from metrics.drops.series import Series, series
from metrics.drops.spans import Span
from metrics.frame import Floats, Ints
from metrics.interactions import SUM, Choice
from metrics.maturity import Curve
from metrics.posts import INTERACTIONS
from metrics.sample import Sample

NO_VIEWS = 0.5  # stands in for 0 views, which have no log
VIEW_LIKE = ("views", "reach")  # the best first
HALF = 0.5  # docs/evidence.md#1.3: log((I + .5) / V)


class Source(Protocol):
    """`posts` decide which days are compared; `compared` are the values to compare, None where there is nothing alike."""

    metric: str
    basis: str
    posts: Series
    published: Ints

    def compared(self, window: Span, history: Span, /) -> Series | None: ...


class Views:
    """Views, or the reach of a platform that counts no views; `published`: local days of all own posts."""

    metric = "views"

    def __init__(self, counts: Counts, basis: str, published: Ints) -> None:
        sample, name = _sample(counts, _choice(counts, "other")), denominator(counts)
        views = np.maximum(sample.of(name), NO_VIEWS)
        error = sample.variance(name) / views**2
        self.posts = series(counts.day, np.log(views), error, _curve_sd(counts, maturity.VIEWS))
        self.basis = _named(basis, name, self.posts)
        self.published = published

    def compared(self, _window: Span, _history: Span) -> Series:
        return self.posts


class Rates:
    """Interactions by `denominator`, of the same components on both sides of a comparison (docs/evidence.md#A.2)."""

    metric = "er"

    def __init__(
        self, counts: Counts, basis: str, published: Ints, platform: str, by: str | None = None
    ) -> None:
        """Takes the counts and their basis.

        `by`: the denominator; without it views, or the reach where none are counted.
        """
        self._counts, self._platform, self._denominator = counts, platform, by or denominator(counts)
        base = _sample(counts, _choice(counts, platform)).of(self._denominator)
        self.posts = series(counts.day, np.log(np.where(base > 0, base, np.nan)))
        self.published = published
        self._made: dict[tuple[str, ...], Series] = {}
        everywhere = self._of(_choice(counts, platform))
        is_uniform = all(_is_uniform(counts.counters[name]) for name in _parts(platform))
        self._always = everywhere if is_uniform else None
        self.basis = _named(basis, self._denominator, everywhere)

    def compared(self, window: Span, history: Span) -> Series | None:
        """Returns the posts' values.

        None where the window's interactions consist of what was not counted before.
        """
        if self._always is not None:
            return self._always
        choice = self._choose(window, history)
        return self._of(choice) if choice.comparable else None

    def _choose(self, window: Span, history: Span) -> Choice:
        first, end = self._counts.day.searchsorted((history.first, window.last + 1))
        day = self._counts.day[first:end]
        cells = {name: self._counts.counters[name][first:end] for name in _parts(self._platform)}
        return interactions.choose(cells, self._platform, day >= window.first, day <= history.last)

    def _of(self, choice: Choice) -> Series:
        if choice.components not in self._made:
            self._made[choice.components] = self._make(choice)
        return self._made[choice.components]

    def _make(self, choice: Choice) -> Series:
        sample = _sample(self._counts, choice)
        above = sample.of("interactions") + HALF
        base = np.where(sample.of(self._denominator) > 0, sample.of(self._denominator), np.nan)
        error = sample.variance("interactions") / above**2 + sample.variance(self._denominator) / base**2
        curve = maturity.ER if self._denominator in VIEW_LIKE else maturity.REACTIONS
        return series(self._counts.day, np.log(above / base), error, _curve_sd(self._counts, curve))


def _sample(counts: Counts, choice: Choice) -> Sample:
    sample = quantities.of_posts(counts.counters, counts.steps, choice, {}, counts.counted)
    if counts.age_h is None:
        return sample
    return quantities.at_7d(sample, counts.age_h, np.zeros(sample.size))


def _curve_sd(counts: Counts, curve: Curve) -> Floats | None:
    return None if counts.age_h is None else curve.sd(counts.age_h)


def _choice(counts: Counts, platform: str) -> Choice:
    everything = np.ones(len(counts.day), dtype=np.bool_)
    return interactions.choose(counts.counters, platform, everything, ~everything)


def _parts(platform: str) -> tuple[str, ...]:
    return (*INTERACTIONS.get(platform, INTERACTIONS["other"]), SUM)


def _is_uniform(values: Floats) -> bool:
    """Tells whether every post carries the counter, or none does: then no choice depends on the window."""
    unknown = np.isnan(values)
    return bool(unknown.all() or not unknown.any())


def denominator(counts: Counts) -> str:
    """Returns the first of views and reach that most of the posts carry; views where neither is known."""
    everything = np.ones(len(counts.day), dtype=np.bool_)
    return next(
        (name for name in VIEW_LIKE if interactions.present(counts.counters[name], everything)), "views"
    )


def _named(basis: str, by: str, posts: Series) -> str:
    """Returns the name of the basis, one of `decision.BASES`."""
    if (basis, by) == ("final", "reach"):
        return "reach"
    return "rounded" if basis == "exact" and posts.rounding is not None else basis
