"""How many examples a property is tried on: a third in `make test`, all of them in `make soak`."""

import os

THOROUGH = "OTKLIK_THOROUGH"  # set by `make soak`
FEWER, FEWEST = 3, 3


def is_thorough() -> bool:
    return bool(os.environ.get(THOROUGH))


def examples(count: int) -> int:
    """Returns how many of `count` examples this run tries."""
    return count if is_thorough() else min(count, max(FEWEST, count // FEWER))
