"""How long to wait after failures in a row: one kind of table for everything that is tried again."""

import random
from dataclasses import dataclass
from itertools import takewhile

SPREAD = 0.2  # of a wait, taken off at random, so that those who failed together do not return together


@dataclass(frozen=True, slots=True)
class Backoff:
    """Says how many seconds to wait before the next attempt; the last wait repeats."""

    waits_s: tuple[float, ...]

    @classmethod
    def doubling(cls, first_s: float, longest_s: float) -> "Backoff":
        """Waits twice as long after each failure, up to `longest_s`."""
        shorter = takewhile(lambda wait_s: wait_s < longest_s, (first_s * 2**n for n in range(64)))
        return cls((*shorter, longest_s))

    def after(self, failures: int) -> float:
        """Returns the seconds to wait; `failures` in a row before the one that has just happened."""
        return self.waits_s[min(failures, len(self.waits_s) - 1)]

    def spread_after(self, failures: int) -> float:
        """Returns the seconds to wait as `after` does, shortened at random by up to a fifth."""
        return self.after(failures) * random.uniform(1 - SPREAD, 1)  # noqa: S311 - spreads, hides nothing
