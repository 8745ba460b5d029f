"""Taking a measurement and saying it in one line.

A time by itself says little about a program, and much about the machine. So each value stands beside its floor: the same
essential work with nothing around it, timed in turns with the measured work, in the same run.
"""

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Measurement:
    """`at_most` and `at_least` bound the value itself, `at_most_ratio` bounds value / floor; None is no bound."""

    name: str
    value: float
    unit: str  # "ms", "MB"
    floor: float | None = None
    at_most: float | None = None
    at_most_ratio: float | None = None
    at_least: float | None = None
    possible: float | None = (
        None  # the value nearest to the target that the sample leaves possible; it is judged then
    )
    beside: str = ""  # what is worth knowing along with it, in words
    facts: Mapping[str, Any] = field(
        default_factory=dict
    )  # the same by name, for the pages that are made of results

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def is_met(self) -> bool:
        judged = self.value if self.possible is None else self.possible
        value_met = self.at_most is None or judged <= self.at_most
        value_met = value_met and (self.at_least is None or judged >= self.at_least)
        return value_met and (
            self.at_most_ratio is None or (self.ratio is not None and self.ratio <= self.at_most_ratio)
        )

    def __str__(self) -> str:
        facts = []
        if self.floor is not None:
            facts.append(f"floor {self.floor:.4g} {self.unit}")
        if self.ratio is not None:
            facts.append(f"ratio {self.ratio:.2f}")
        if self.at_most_ratio is not None:
            facts.append(f"target {self.at_most_ratio:g}x")
        if self.at_most is not None:
            facts.append(f"target {self.at_most:g} {self.unit}")
        if self.at_least is not None:
            facts.append(f"target at least {self.at_least:g} {self.unit}")
        if self.possible is not None:
            facts.append(f"{self.possible:.4g} possible")
        if self.beside:
            facts.append(self.beside)
        shown = f" ({', '.join(facts)})" if facts else ""
        return f"{self.name}: {self.value:.4g} {self.unit}{shown} {'ok' if self.is_met else 'OVER'}"


CHANCE = 0.05  # one-sided: a target counts as missed where a sample as bad comes up more rarely than that
HALVINGS = 60


def largest_share(found: int, n: int) -> float:
    """Returns the highest true share, in percent, of which a sample of n shows so few.

    It does so with a chance of 5 %; exact binomial.
    """
    if found >= n:
        return 100.0

    def chance(share: float) -> float:
        return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(found + 1))

    return 100 * _where(lambda share: chance(share) > CHANCE, 1.0)


def least_rate(events: int, n: int) -> float:
    """Returns the lowest true rate at which n show so many events with a chance of 5 %; exact Poisson."""
    if events == 0:
        return 0.0

    def chance(mean: float) -> float:
        return 1 - sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(events))

    return _where(lambda mean: mean <= 0 or chance(mean) < CHANCE, float(events)) / n


def _where(holds: Callable[[float], bool], end: float) -> float:
    """Returns up to where it holds, between 0 and `end`."""
    low, high = 0.0, end
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def time_ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def cpu_ms(work: Callable[[], object]) -> float:
    """Returns what the processor spent on it in this process, for work that waits for nothing."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def in_turns_ms(
    work: Callable[[], object],
    floor: Callable[[], object],
    *,
    repeats: int,
    clock: Callable[[Callable[[], object]], float] = time_ms,
) -> tuple[list[float], list[float]]:
    """Times both `repeats` times, one after the other: a slow minute of the machine slows both."""
    taken = [(clock(work), clock(floor)) for _ in range(repeats)]
    return [first for first, _ in taken], [second for _, second in taken]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """Returns the smallest value that at least `percent` of all do not exceed (nearest rank)."""
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]
