"""How posts grow after their first half day: in steps, late (indicators 1, 2), each in blocks."""

from dataclasses import dataclass

import numpy as np

from metrics.audit import limits
from metrics.audit.blocks import of_posts
from metrics.audit.counts import mad_sd
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.frame import Bools, Floats, Ints
from metrics.maturity import FINAL_H, VIEWS

_APART = 1e6  # hours between the posts on one long axis, so that one interpolation serves all of them
_AT_48H, _AT_7D = 45.6, 159.6  # a reading within 5 % of an age is one at that age


@dataclass(frozen=True, slots=True)
class Curves:
    """Readings of one counter fit for growth, by post and age; views that fall are a replacement, not data."""

    post: Ints
    age_h: Floats
    at_h: Floats  # unix hours
    count: Floats
    posts: int  # in the evidence; `post` is a row of it

    @property
    def axis(self) -> Floats:
        return self.post * _APART + self.age_h

    def at(self, axis: Floats) -> Floats:
        if not len(self.count):
            return np.full(len(axis), np.nan)
        return np.interp(axis, self.axis, self.count)

    def ends(self) -> tuple[Floats, Floats]:
        """Returns the first and the last age of each post, NaN where it has no readings."""
        first, last = np.full(self.posts, np.nan), np.full(self.posts, np.nan)
        first[self.post[::-1]], last[self.post] = self.age_h[::-1], self.age_h
        return first, last


@dataclass(frozen=True, slots=True)
class Segments:
    """Neighbouring readings of one post, cut to the ages asked for: straight lines."""

    post: Ints
    from_h: Floats
    to_h: Floats
    start_h: Floats  # unix hours at `from_h`
    gap_h: Floats  # between the two readings, before they were cut
    gain: Floats


def curves(evidence: Evidence, counter: str = "views") -> Curves:
    readings = evidence.readings
    fit = readings.exact & ~np.isnan(readings.counters[counter])
    post, count = readings.post[fit], readings.counters[counter][fit]
    if counter == "views":
        fell = np.zeros(len(evidence.posts), dtype=np.bool_)
        step = readings.views_step[fit]
        same = np.diff(post) == 0
        fell[post[1:][same & (np.diff(count) < -np.maximum(step[1:], step[:-1]))]] = True
        fit[fit] = ~fell[post]
        post, count = readings.post[fit], readings.counters[counter][fit]
    return Curves(post, readings.age_h[fit], readings.at[fit] / 3600, count, len(evidence.posts))


def segments(lines: Curves, from_h: float, to_h: float) -> Segments:
    left = np.flatnonzero(np.diff(lines.post) == 0)
    right = left + 1
    low, high = lines.age_h[left], lines.age_h[right]
    cut_low, cut_high = np.maximum(low, from_h), np.minimum(high, to_h)
    inside = cut_high > cut_low
    left, right = left[inside], right[inside]
    low, high, cut_low, cut_high = low[inside], high[inside], cut_low[inside], cut_high[inside]
    gap = high - low
    gain = np.maximum(lines.count[right] - lines.count[left], 0) * (cut_high - cut_low) / gap
    return Segments(lines.post[left], cut_low, cut_high, lines.at_h[left] + cut_low - low, gap, gain)


def largest_gains(lines: Curves) -> Floats:
    """Returns the most that each post gained within 4 hours, between its first 12 hours and 7 days.

    NaN where a post has no readings there.
    Between readings growth is taken for even, so a gap in them can hide a step but never make one.
    """
    largest = np.full(lines.posts, np.nan)
    first, last = lines.ends()
    low = np.maximum(first, limits.GROWTH_FROM_H)[lines.post]
    high = np.minimum(last, FINAL_H)[lines.post]
    window = limits.STEP_WINDOW_H
    for begin in (lines.age_h, lines.age_h - window, low):
        start = np.clip(begin, low, high)
        offset = np.asarray(lines.post * _APART, dtype=np.float64)
        gain = lines.at(np.asarray(offset + np.minimum(start + window, high))) - lines.at(
            np.asarray(offset + start)
        )
        np.fmax.at(largest, lines.post, np.where(high > low, gain, np.nan))
    return largest


def final_views(evidence: Evidence) -> Floats:
    """Returns the views at 7 days.

    Before there are any, it takes the views at 48 hours divided by their usual share.
    """
    views = evidence.posts.views_at
    return np.where(np.isnan(views[168]), views[48] / limits.SHARE_AT_48H, views[168])


def dense(lines: Curves) -> Bools:
    """Tells, for each post, whether it was read from its first day on to 48 hours without a long gap."""
    first, last = lines.ends()
    reach = (first <= limits.GROWTH_FROM_H + limits.DENSE_GAP_H) & (last >= _AT_48H)
    cut = segments(lines, limits.GROWTH_FROM_H, 48.0)
    reach[cut.post[cut.gap_h > limits.DENSE_GAP_H]] = False
    return np.asarray(reach)


def steps(evidence: Evidence) -> tuple[Floats, Bools]:
    """Returns each post's largest 4-hour gain over its views at 7 days, NaN where unknown.

    The second value tells which of the posts were read densely.
    """
    lines = curves(evidence)
    first, _ = lines.ends()
    final = final_views(evidence)
    known = (first <= limits.FIRST_READING_H) & (final > 0)
    shares = np.where(known, largest_gains(lines) / np.where(known, final, 1), np.nan)
    return shares, dense(lines) & ~np.isnan(shares)


def middle(indicator: str, shares: Floats) -> IndicatorReading:
    """Returns the median over posts.

    It counts as no pattern while it is beyond the limit by less than its error.
    """
    bounds, value = limits.LIMITS[indicator], float(np.median(shares))
    error = limits.MEDIAN_SE * mad_sd(shares) / np.sqrt(len(shares))
    beyond = value - bounds.weak if bounds.suspect == "above" else bounds.weak - value
    return IndicatorReading(indicator, value, len(shares), explained=bool(beyond < error))


def step(evidence: Evidence) -> Outcome:
    """Measures indicator 1, growth in steps.

    Posts read with gaps give a lower bound, which is enough to find a pattern, not to clear one.
    """
    shares, read_densely = steps(evidence)

    def measure(posts: Ints) -> Outcome:
        close = posts[read_densely[posts]]
        if len(close) >= limits.WATCHED_POSTS:
            return middle("step", shares[close])
        if len(posts) >= limits.WATCHED_POSTS:
            bound = middle("step", shares[posts])
            if bound.value > limits.LIMITS["step"].weak:
                return bound
        return NotChecked("step", "watch_48h")

    return of_posts(evidence, ~np.isnan(shares), measure)


def slow_start(evidence: Evidence) -> Outcome:
    """Measures indicator 2: views at 24 hours over views at 7 days."""
    views = evidence.posts.views_at

    def measure(posts: Ints) -> Outcome:
        if len(posts) < limits.WATCHED_POSTS:
            return NotChecked("slow_start", "watch_7d")
        return middle("slow_start", views[24][posts] / views[168][posts])

    return of_posts(evidence, (views[168] > 0) & ~np.isnan(views[24]), measure)


def excess_share(evidence: Evidence) -> float:
    """Returns the share (0 to 1) of the last posts' views that came in steps.

    That is what rose faster than the usual maximum, less what the curve expects there.
    """
    final = final_views(evidence)
    shares, _ = steps(evidence)
    shares[np.flatnonzero(~np.isnan(shares))[: -limits.RECENT_POSTS]] = np.nan
    stepped = shares > limits.LIMITS["step"].weak
    known = ~np.isnan(shares)
    if not stepped.any():
        return 0.0
    cut = segments(curves(evidence), limits.GROWTH_FROM_H, FINAL_H)
    per_window = cut.gain / (cut.to_h - cut.from_h) * limits.STEP_WINDOW_H
    usual = limits.LIMITS["step"].usual_high or 0
    fast = stepped[cut.post] & (per_window > usual * final[cut.post])
    expected = final[cut.post] * (VIEWS.share(cut.to_h) - VIEWS.share(cut.from_h))
    excess = np.maximum(cut.gain - expected, 0)[fast].sum()
    return float(np.clip(excess / final[known].sum(), 0, 1))


def watched(evidence: Evidence, counter: str = "views") -> tuple[Bools, Bools]:
    """Tells which posts have a known growth of a counter to 48 hours, and which of them to 7 days."""
    first, last = curves(evidence, counter).ends()
    begun = first <= limits.FIRST_READING_H
    return np.asarray(begun & (last >= _AT_48H)), np.asarray(begun & (last >= _AT_7D))
