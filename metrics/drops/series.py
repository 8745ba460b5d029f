"""A metric's log value of each post, by local day: all that the rule looks at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.drops.parameters import (
    HISTORY_DAYS,
    SLOW_BELOW_A_DAY,
    SLOW_LONGEST_DAYS,
    SLOW_POSTS,
    WINDOW_DAYS,
    WINDOW_LONGEST_DAYS,
    WINDOW_POSTS,
)
from metrics.drops.spans import Span, days_up_to
from metrics.frame import Floats, Ints


@dataclass(frozen=True, slots=True)
class Series:
    """Oldest day first.

    `rounding`: the variance that rounding adds to each x; None where every counter is exact. `curve_sd`: how far off the
    fleet's curve, by which x was brought to 7 days, may be for this channel; None where nothing was brought anywhere.
    """

    day: Ints
    x: Floats
    rounding: Floats | None = None
    curve_sd: Floats | None = None

    def rows(self, span: Span) -> slice:
        """The posts of these days."""
        first, end = np.searchsorted(self.day, (span.first, span.last + 1))
        return slice(int(first), int(end))

    def count(self, span: Span) -> int:
        rows = self.rows(span)
        return int(rows.stop - rows.start)


def series(
    day: Sequence[int] | Ints,
    x: Sequence[float] | Floats,
    rounding: Floats | None = None,
    curve_sd: Floats | None = None,
) -> Series:
    """In any order; posts whose x is NaN are left out."""
    days, values = np.asarray(day, dtype=np.int64), np.asarray(x, dtype=np.float64)
    order = np.argsort(days, kind="stable")
    order = order[~np.isnan(values[order])]
    errors, curves = (None if part is None else part[order] for part in (rounding, curve_sd))
    exact = errors is None or not errors.any()
    return Series(days[order], values[order], None if exact else errors, curves)


def window(posts: Series, last: int, *, is_slow: bool) -> Span:
    """The latest posts as of the end of that day: three days, more where they hold too few posts."""
    if is_slow:
        return _last_posts(posts, last)
    for days in range(WINDOW_DAYS, WINDOW_LONGEST_DAYS):
        span = days_up_to(last, days)
        if posts.count(span) >= WINDOW_POSTS:
            return span
    return days_up_to(last, WINDOW_LONGEST_DAYS)


def history(before: Span, since: int | None = None) -> Span:
    """`since`: the first day of a level that was accepted as the new one."""
    whole = days_up_to(before.first - 1, HISTORY_DAYS)
    return whole if since is None else Span(max(whole.first, since), whole.last)


def is_slow(posts: Series, last: int) -> bool:
    """Fewer posts than one a day, over the last 56 days or since the first post."""
    span = days_up_to(last, HISTORY_DAYS)
    rows = posts.rows(span)
    if rows.stop == 0:
        return False
    known_days = last - max(span.first, int(posts.day[0])) + 1
    return bool(rows.stop - rows.start < SLOW_BELOW_A_DAY * known_days)


def _last_posts(posts: Series, last: int) -> Span:
    longest = days_up_to(last, SLOW_LONGEST_DAYS)
    rows = posts.rows(longest)
    if rows.stop - rows.start < SLOW_POSTS:
        return longest
    return Span(int(posts.day[rows.stop - SLOW_POSTS]), last)
