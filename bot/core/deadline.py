"""One moment by which everything has ended, however many parts there are to close."""

import time
from collections.abc import Callable

STOP_S = 20.0  # from the signal on; container engines kill after thirty
# What each part leaves to those that are closed after it.
AFTER_HANDLERS_S = 8.0
AFTER_SENDS_S = 5.0
AFTER_TASKS_S = 4.0
AFTER_WORKERS_S = 2.0


class Deadline:
    def __init__(self, within_s: float = STOP_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._within_s = within_s
        self._clock = clock
        self._ends_at: float | None = None

    def begin(self) -> None:
        """Starts the time from now on; a second time changes nothing."""
        if self._ends_at is None:
            self._ends_at = self._clock() + self._within_s

    def left_s(self, *, keep_s: float = 0.0) -> float:
        """Returns the seconds until the end, without `keep_s` for whoever comes later; never below zero."""
        self.begin()
        assert self._ends_at is not None
        return max(0.0, self._ends_at - self._clock() - keep_s)
