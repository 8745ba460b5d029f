"""What a money formula is: named inputs with their units, the units of the answer, and why there may be none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["money", "count", "percent", "months", "times"]

# Why an answer is None. Every code has its sentence in the locales.
REASONS = (
    "negative",  # an input below 0
    "over_100",  # a share of more than everything
    "zero_denominator",
    "more_than_whole",  # a part that is larger than what it is a part of: the share would exceed 100 %
    "maybe_share",  # 0.6 where 60 % as well as 0.6 % may be meant
    "not_finite",
)


@dataclass(frozen=True, slots=True)
class Input:
    """`usual` stands in where nothing is given; None: it has to be given. `maybe_share`: up to 1 it may be meant as a share."""

    code: str
    unit: Unit
    usual: float | None = None
    maybe_share: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """Holds a worked example of a formula; percent as people say them: 30 is 30 %."""

    inputs: Mapping[str, float]
    value: float


@dataclass(frozen=True, slots=True)
class MoneyFormula:
    """`symbols` over the codes of the inputs, in the order in which people name them.

    `compute` takes the inputs by name and gives the value, shares as fractions both ways.
    """

    code: str
    symbols: str
    inputs: tuple[Input, ...]
    unit: Unit
    source: str | None  # None: the definition everybody uses
    example: Example
    compute: Callable[..., float]
    divisors: tuple[str, ...] = ()  # inputs that may not be 0
    part_of: tuple[str, str] | None = None  # the first of these inputs can't exceed the second

    @property
    def required(self) -> tuple[Input, ...]:
        return tuple(given for given in self.inputs if given.usual is None)

    @property
    def has_one_order(self) -> bool:
        """Whether the formula as it is read names its inputs in the order of `inputs`: numbers alone then say which is which."""
        seen = dict.fromkeys(re.findall("[a-z_]+", self.symbols))
        return list(seen) == [one.code for one in self.inputs]


@dataclass(frozen=True, slots=True)
class Money:
    """An answer. `value` in `unit`; where it is None, `reason` is one of REASONS and `culprit` the input it lies in."""

    code: str
    inputs: Mapping[str, float]
    unit: Unit
    value: float | None
    reason: str | None = None
    culprit: str | None = None
