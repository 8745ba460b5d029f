"""The level of views over the whole history: a collapse, a shift that nobody reacts to, ads seen more than own posts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from metrics.audience import STALE_AFTER_S, subscribers_at
from metrics.audit import limits
from metrics.audit.blocks import by_blocks
from metrics.audit.counts import ever_counted, mad_sd
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.audit.limits import LIMITS
from metrics.frame import Bools, Floats, Ints, ints
from metrics.maturity import CURVES

_RATES = ("reactions", "forwards")


@dataclass(frozen=True, slots=True)
class Level:
    """Posts old enough to tell, oldest first: logs of their counters at 7 days."""

    post: Ints  # row in `Evidence.posts`
    published: Ints
    views: Floats
    interactions: dict[str, Floats]  # of reactions and forwards those that the channel has; NaN where unknown

    @property
    def is_long_enough(self) -> bool:
        return (
            len(self.post) >= limits.LEVEL_POSTS
            and self.published[-1] - self.published[0] >= limits.LEVEL_SPAN_S
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Posts before and after a moment, and by how much the median log of views differs."""

    at: int
    before: slice
    after: slice
    views: float


def level(evidence: Evidence) -> Level:
    rows = ever_counted(evidence, "views", from_age_h=limits.COUNTED_FROM_H)
    readings, age = evidence.readings, evidence.readings.age_h[rows]
    known = {name: readings.counters[name][rows] for name in _RATES}
    return Level(
        post=readings.post[rows],
        published=evidence.posts.published_at[readings.post[rows]],
        views=np.log(readings.counters["views"][rows] / CURVES["views"].share(age)),
        interactions={
            name: np.log((counts + 0.5) / CURVES[name].share(age))
            for name, counts in known.items()
            if (counts > 0).any()
        },
    )


def collapse(evidence: Evidence) -> Outcome:
    """Measures what is left of the level of views, in percent, after its steepest lasting fall.

    The fall takes at most 3 days and lasts a week at least.
    Subscribers that left with the views explain it; without their number it is a weak sign.
    """
    found = level(evidence)
    if not found.is_long_enough:
        return NotChecked("collapse", "posts_3_weeks")
    falls = sorted(_falls(found), key=lambda fall: fall.views)
    for fall in falls:
        if 100 * np.exp(fall.views) >= LIMITS["collapse"].weak:
            break
        subscribers = _subscribers_change(evidence, fall.at - limits.WEEK_S, _end(found, fall))
        if subscribers is None or subscribers > limits.SUBSCRIBERS_FELL * fall.views:
            return _measured("collapse", 100 * float(np.exp(fall.views)), found, fall, subscribers)
    left = 100 * float(np.exp(falls[0].views)) if falls else 100.0
    return IndicatorReading("collapse", left, len(found.post), explained=True)


def _falls(found: Level) -> Iterator[Change]:
    """Yields every moment after which views may have halved, by the nearest posts, with its windows."""
    published, logs = found.published, found.views
    later = np.searchsorted(published, published + limits.DAYS_3_S)
    before = _medians(logs, limits.COLLAPSE_BEFORE)
    after = _medians(logs, limits.COLLAPSE_AFTER)
    splits = np.arange(limits.COLLAPSE_BEFORE, len(logs))
    splits = splits[later[splits] < len(after)]
    near = after[later[splits]] - before[splits - limits.COLLAPSE_BEFORE]
    for split in splits[near < np.log(0.5)].tolist():
        start = int(np.searchsorted(published, published[split] - limits.COLLAPSE_BEFORE_S))
        low = int(later[split])
        week = int(np.searchsorted(published, published[low] + limits.WEEK_S))
        high = max(week, low + limits.COLLAPSE_AFTER)
        lasted = published[-1] - published[split] >= limits.WEEK_S
        if lasted and published[high - 1] - published[split] <= limits.COLLAPSE_AFTER_S:
            sides = slice(min(start, split - limits.COLLAPSE_BEFORE), split), slice(low, high)
            fall = _change(found, int(published[split]), *sides)
            usual = float(np.median(logs[sides[0]]))
            if np.quantile(logs[sides[1]], limits.COLLAPSE_LOW) < usual - np.log(2):
                first = split + int(np.argmax(logs[split:high] < usual + fall.views / 2))
                yield replace(fall, at=int(published[first]))


def level_shift(evidence: Evidence) -> Outcome:
    """Measures how many times the earlier level of views the later one is, while nobody reacts more."""
    found = level(evidence)
    if not found.is_long_enough or len(found.post) < 2 * limits.SHIFT_POSTS:
        return NotChecked("level_shift", "posts_3_weeks")
    if not found.interactions:
        return NotChecked("level_shift", "rates")
    rises = sorted(_rises(found), key=lambda rise: -rise.views)
    for rise in rises:
        if np.exp(rise.views) <= LIMITS["level_shift"].weak:
            break
        subscribers = _subscribers_change(evidence, rise.at - limits.WEEK_S, rise.at + limits.WEEK_S)
        if not _followed(found, rise, subscribers):
            return _measured("level_shift", float(np.exp(rise.views)), found, rise, subscribers)
    most = float(np.exp(rises[0].views)) if rises else 1.0
    return IndicatorReading("level_shift", most, len(found.post), explained=True)


def _rises(found: Level) -> Iterator[Change]:
    """Yields every moment at which views rose abruptly, by the nearest posts.

    Each comes with two months on both sides of it.
    """
    published, logs, size = found.published, found.views, limits.SHIFT_NEAR_POSTS
    medians = _medians(logs, size)
    splits = np.arange(limits.SHIFT_POSTS, len(logs) - limits.SHIFT_POSTS + 1)
    near = medians[splits] - medians[splits - size]
    for split in splits[near > limits.SHIFT_NEAR_SHARE * np.log(LIMITS["level_shift"].weak)].tolist():
        at = int(published[split])
        start, end = np.searchsorted(published, (at - limits.SHIFT_AROUND_S, at + limits.SHIFT_AROUND_S))
        long = min(at - published[start], published[end - 1] - at) >= limits.SHIFT_LEAST_S
        if long and min(split - start, end - split) >= limits.SHIFT_POSTS:
            change = _change(found, at, slice(int(start), split), slice(split, int(end)))
            if medians[split] - medians[split - size] > limits.SHIFT_NEAR_SHARE * change.views:
                yield change


def _followed(found: Level, rise: Change, subscribers: float | None) -> bool:
    """Tells whether subscribers, reactions or forwards rose too.

    Also true where views stand out too little from their noise to tell.
    """
    if subscribers is not None and subscribers > limits.SHIFT_FOLLOWED * rise.views:
        return True
    if rise.views < limits.SHIFT_Z * _error(found.views, rise):
        return True
    fallen: list[float] = []
    for logs in found.interactions.values():
        rates = logs - found.views
        change = _between(logs, rise)
        if np.isnan(change):
            continue
        if change > limits.SHIFT_FOLLOWED * rise.views:
            return True
        fallen.append(-_between(rates, rise) / max(_error(rates, rise), 1e-9))
    return not fallen or sum(fallen) / np.sqrt(len(fallen)) < limits.SHIFT_Z


def _change(found: Level, at: int, before: slice, after: slice) -> Change:
    return Change(at, before, after, float(np.median(found.views[after]) - np.median(found.views[before])))


def _between(logs: Floats, change: Change) -> float:
    """Returns by how much the medians after and before the change differ; NaN where one side is not known."""
    sides = [logs[side][~np.isnan(logs[side])] for side in (change.before, change.after)]
    if min(map(len, sides)) < limits.SHIFT_NEAR_POSTS:
        return float("nan")
    return float(np.median(sides[1]) - np.median(sides[0]))


def _error(logs: Floats, change: Change) -> float:
    sides = [logs[side][~np.isnan(logs[side])] for side in (change.before, change.after)]
    return limits.MEDIAN_SE * float(np.hypot(*(mad_sd(side) / np.sqrt(len(side)) for side in sides)))


def _measured(
    indicator: str, value: float, found: Level, change: Change, subscribers: float | None
) -> Outcome:
    posts = change.before.stop - change.before.start + change.after.stop - change.after.start
    return IndicatorReading(
        indicator,
        value,
        posts,
        at_most="weak" if subscribers is None else "strong",
        since=change.at,
        until=_end(found, change),
    )


def _end(found: Level, change: Change) -> int:
    """Returns when the new level was last seen: the last post before 5 in a row come half of the way back."""
    back = _medians(found.views, limits.COLLAPSE_AFTER)[change.after.start :]
    middle = float(np.median(found.views[change.before])) + change.views / 2
    gone = np.flatnonzero(back > middle if change.views < 0 else back < middle)
    last = change.after.start + int(gone[0]) if len(gone) else len(found.published)
    return int(found.published[max(last, change.after.stop) - 1])


def _medians(logs: Floats, size: int) -> Floats:
    """Returns the medians of `size` posts in a row, starting from each post."""
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(logs, size), axis=1))


def _subscribers_change(evidence: Evidence, start: int, end: int) -> float | None:
    """Returns the change of the log of subscribers; None where they were not read around both moments."""
    times = ints(evidence.audience, "observed_at")
    if not len(times) or start < times[0] - STALE_AFTER_S or end > times[-1] + STALE_AFTER_S:
        return None
    counts = subscribers_at(np.array([start, end]), evidence.audience).subscribers
    return None if np.isnan(counts).any() else float(np.log(counts[1] / counts[0]))


def ads_against_own(evidence: Evidence) -> Outcome:
    """Measures how many times the views of own posts of the same weeks an ad has.

    It is the median over ads, of the worst 30 in a row.
    """
    evidence = evidence.feed
    found = level(evidence)
    is_ad = evidence.posts.is_ad[found.post]
    ads = np.flatnonzero(is_ad)
    beside = _beside_own(found, is_ad, found.views)
    ads = ads[~np.isnan(beside[ads])]
    reactions = found.interactions.get("reactions")
    rates = None if reactions is None else _beside_own(found, is_ad, reactions - found.views)

    def measure(block: Ints) -> Outcome:
        rows = ads[block]
        if len(rows) < limits.ADS_LEAST:
            return NotChecked("ads_against_own", "ads_5")
        ratio = float(np.median(beside[rows]))
        noise = limits.ADS_Z * limits.MEDIAN_SE * mad_sd(beside[rows]) / np.sqrt(len(rows))
        liked = rates is not None and not np.median(rates[rows]) < 0
        return IndicatorReading(
            "ads_against_own",
            float(np.exp(ratio)),
            len(rows),
            at_most="weak" if rates is None else "strong",
            explained=bool(liked or ratio < noise),
        )

    return by_blocks(evidence, found.post[ads], measure, limits.ADS_BLOCK)


def _beside_own(found: Level, is_ad: Bools, logs: Floats) -> Floats:
    """Returns each ad's value less the median of own posts within a week.

    NaN for other posts, and where own ones are few.
    """
    result = np.full(len(logs), np.nan)
    own = np.flatnonzero(~is_ad & ~np.isnan(logs))
    moments = found.published[own]
    for ad in np.flatnonzero(is_ad).tolist():
        at = found.published[ad]
        low, high = np.searchsorted(moments, (at - limits.WEEK_S, at + limits.WEEK_S))
        if high - low >= limits.OWN_LEAST:
            result[ad] = logs[ad] - np.median(logs[own[low:high]])
    return result
