"""Observations as arrays: what every formula is a function of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from metrics.estimates import Pairs
from metrics.frame import Bools, Floats, Ints

ABSENT = {
    "subscribers": "no_subscribers",
    "interactions": "no_interactions",
    "weighted": "no_interactions",
} | {f"views_{age}h": "no_readings" for age in (24, 48)}
SHARED = "subscribers"  # one reading serves many posts, and so does its rounding error


@dataclass(frozen=True, slots=True)
class Sample:
    """A row is a post, or a local day where a formula works on days.

    `columns[quantity]` is NaN where undefined. `variances` (what rounding adds) and `rough` (a value that carries ≈)
    hold only the quantities that are not exact.
    """

    size: int
    columns: Mapping[str, Floats]
    variances: Mapping[str, Floats] = field(default_factory=dict)
    rough: Mapping[str, Bools] = field(default_factory=dict)

    def take(self, chosen: Bools | Ints) -> "Sample":
        size = int(chosen.sum()) if chosen.dtype == np.bool_ else len(chosen)
        return Sample(
            size,
            {name: values[chosen] for name, values in self.columns.items()},
            {name: values[chosen] for name, values in self.variances.items()},
            {name: values[chosen] for name, values in self.rough.items()},
        )

    def of(self, quantity: str) -> Floats:
        return self.columns.get(quantity, np.full(self.size, np.nan))

    def variance(self, quantity: str) -> Floats:
        return self.variances.get(quantity, np.zeros(self.size))

    def is_rough(self, quantity: str) -> Bools:
        return self.rough.get(quantity, np.zeros(self.size, dtype=np.bool_))

    def pairs(self, numerator: str, denominator: str) -> Pairs:
        """Returns the rows that have both quantities."""
        both = ~np.isnan(self.of(numerator)) & ~np.isnan(self.of(denominator))
        return Pairs(
            self.of(numerator)[both],
            self.of(denominator)[both],
            self.variance(numerator)[both],
            self.variance(denominator)[both],
            denominator_shared=denominator == SHARED,
            name=denominator,
            approximate=(self.is_rough(numerator) | self.is_rough(denominator))[both],
        )

    def why_empty(self, numerator: str, denominator: str) -> str:
        """Returns the reason code for having no pairs at all."""
        if self.size == 0:
            return "no_posts"
        for quantity in (numerator, denominator):
            if np.isnan(self.of(quantity)).all():
                return ABSENT.get(quantity, "field_absent")
        return "never_together"


def joined(samples: Sequence[Sample]) -> Sample:
    """Returns one sample with the rows of all of them."""

    def every(values: Callable[[Sample, str], Any], named: Iterable[str]) -> dict[str, Any]:
        return {name: np.concatenate([values(one, name) for one in samples]) for name in named}

    return Sample(
        sum(one.size for one in samples),
        every(Sample.of, {name for one in samples for name in one.columns}),
        every(Sample.variance, {name for one in samples for name in one.variances}),
        every(Sample.is_rough, {name for one in samples for name in one.rough}),
    )


def sample(**quantities: Sequence[float | None]) -> Sample:
    """Builds an exact sample from bare lists: `sample(views=[1000, 2000], interactions=[30, None])`."""
    values = {name: np.array(column, dtype=np.float64) for name, column in quantities.items()}
    return Sample(max((len(column) for column in values.values()), default=0), values)
