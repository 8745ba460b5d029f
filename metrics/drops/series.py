"""A metric's log value of each post, by local day: all that the rule looks at."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.drops.parameters import (
    FAST_ABOVE_A_DAY,
    HISTORY_DAYS,
    SLOW_BELOW_A_DAY,
    SLOW_HISTORY_LONGEST_DAYS,
    SLOW_HISTORY_POSTS,
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
    """Holds the values of posts, one entry a post, oldest day first.

    `rounding`: the variance that rounding adds to each x; None where every counter is exact. `curve_sd`: how far off the
    fleet's curve, by which x was brought to 7 days, may be for this channel; None where nothing was brought anywhere.
    """

    day: Ints
    x: Floats
    rounding: Floats | None = None
    curve_sd: Floats | None = None

    def rows(self, span: Span) -> slice:
        """Returns the slice of the posts of these days."""
        first = bisect_left(self.day, span.first)
        return slice(first, bisect_left(self.day, span.last + 1, first))

    def count(self, span: Span) -> int:
        rows = self.rows(span)
        return int(rows.stop - rows.start)


def series(
    day: Sequence[int] | Ints,
    x: Sequence[float] | Floats,
    rounding: Floats | None = None,
    curve_sd: Floats | None = None,
) -> Series:
    """Returns a series from days and values in any order; posts whose x is NaN are left out."""
    days, values = np.asarray(day, dtype=np.int64), np.asarray(x, dtype=np.float64)
    order = np.argsort(days, kind="stable")
    order = order[~np.isnan(values[order])]
    errors, curves = (None if part is None else part[order] for part in (rounding, curve_sd))
    exact = errors is None or not errors.any()
    return Series(days[order], values[order], None if exact else errors, curves)


def window(posts: Series, last: int, *, is_slow: bool) -> Span:
    """Returns the span of the latest posts as of the end of that day.

    It is three days, more where they hold too few posts.
    """
    if is_slow:
        return _last_posts(posts, last)
    for days in range(WINDOW_DAYS, WINDOW_LONGEST_DAYS):
        span = days_up_to(last, days)
        if posts.count(span) >= WINDOW_POSTS:
            return span
    return days_up_to(last, WINDOW_LONGEST_DAYS)


def history(before: Span, since: int | None = None) -> Span:
    """Returns the days before the window that it is compared with.

    `since`: the first day of a level that was accepted as the new one.
    """
    whole = days_up_to(before.first - 1, HISTORY_DAYS)
    return whole if since is None else Span(max(whole.first, since), whole.last)


def slow_history(posts: Series, before: Span, since: int | None = None) -> Span:
    """Returns the days of the thirty posts before a slow channel's last six."""
    longest = days_up_to(before.first - 1, SLOW_HISTORY_LONGEST_DAYS)
    rows = posts.rows(longest)
    known = rows.stop > rows.start  # after a year of silence there are posts, and none of them in reach
    first = int(posts.day[max(rows.start, rows.stop - SLOW_HISTORY_POSTS)]) if known else longest.first
    return Span(max(first, longest.first if since is None else since), longest.last)


def is_slow(posts: Series, last: int, *, was_slow: bool = False) -> bool:
    """Tells whether a channel is slow: from fewer than .8 posts a day on, until there are more than 1.2.

    It is counted over 56 days or since the first post.
    """
    span = days_up_to(last, HISTORY_DAYS)
    rows = posts.rows(span)
    if rows.stop == 0:
        return False
    known_days = last - max(span.first, int(posts.day[0])) + 1
    limit = FAST_ABOVE_A_DAY if was_slow else SLOW_BELOW_A_DAY
    return bool(rows.stop - rows.start < limit * known_days)


def without(posts: Series, spans: Sequence[Span]) -> Series:
    """Returns the series without the posts of these days."""
    if not spans:
        return posts
    keep = np.ones(len(posts.day), dtype=np.bool_)
    for span in spans:
        keep[posts.rows(span)] = False
    errors, curves = (None if part is None else part[keep] for part in (posts.rounding, posts.curve_sd))
    return Series(posts.day[keep], posts.x[keep], errors, curves)


def _last_posts(posts: Series, last: int) -> Span:
    longest = days_up_to(last, SLOW_LONGEST_DAYS)
    rows = posts.rows(longest)
    if rows.stop - rows.start < SLOW_POSTS:
        return longest
    return Span(int(posts.day[rows.stop - SLOW_POSTS]), last)
