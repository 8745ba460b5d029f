"""Subscribers that come or go without views (indicators 9, 10), or come for months without readers."""

from dataclasses import dataclass

import numpy as np

from metrics.audit import limits
from metrics.audit.counts import mad_sd
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.durations import DAY_S
from metrics.frame import Bools, Floats, Ints, floats, ints
from metrics.maturity import at_7d

_TRIED = 10  # jumps looked at for a cause, the largest first
_KEPT = 10 * _TRIED


@dataclass(frozen=True, slots=True)
class Days:
    """Subscribers every 24 hours back from the newest reading, oldest first; `known` per day between two of them."""

    at: Ints
    subscribers: Floats
    known: Bools  # readings around the day are close enough to tell it


@dataclass(frozen=True, slots=True)
class Change:
    at: int  # unix seconds of its end
    count: float
    relative: float


def daily(evidence: Evidence) -> Days:
    times = ints(evidence.audience, "observed_at")
    counts = floats(evidence.audience, "subscribers")
    if len(times) < 2:
        return Days(times, counts, np.zeros(0, dtype=np.bool_))
    days = np.arange(times[-1], times[0] - 1, -DAY_S)[::-1]
    return Days(days, np.interp(days, times, counts), _close(times, days[:-1], days[1:]))


def _close(times: Ints, start: Ints, end: Ints) -> Bools:
    """Tells whether the readings around each [start, end] leave no gap longer than a day and a half."""
    long = np.concatenate([[0], np.cumsum(np.diff(times) > limits.DAILY_GAP_S)])
    first = np.maximum(np.searchsorted(times, start, side="right") - 1, 0)
    last = np.minimum(np.searchsorted(times, end, side="left"), len(times) - 1)
    return np.asarray(long[last] == long[first])


def subscriber_jump(evidence: Evidence) -> Outcome:
    """Measures indicator 9: the largest rise within 24 hours, in percent, that views did not follow."""
    days = daily(evidence)
    if days.known.sum() < limits.JUMP_DAYS:
        return NotChecked("subscriber_jump", "subscribers_48h")
    n = int(days.known.sum())
    rises = _rises(evidence)
    if not rises:
        return NotChecked("subscriber_jump", "subscribers_48h")
    for rise in _suspects(rises, days)[:_TRIED]:
        followed = views_followed(evidence, rise)
        if not followed:
            most: limits.Strength = "weak" if followed is None else "strong"
            value, day_before = 100 * rise.relative, rise.at - DAY_S
            return IndicatorReading(
                "subscriber_jump", value, n, at_most=most, since=day_before, until=rise.at
            )
    return IndicatorReading("subscriber_jump", 100 * rises[0].relative, n, explained=True)


def _rises(evidence: Evidence) -> list[Change]:
    """Returns the rise within the 24 hours before each reading, one a day, the largest first.

    Rounding is taken off.
    """
    times = ints(evidence.audience, "observed_at")
    counts, steps = (floats(evidence.audience, name) for name in ("subscribers", "step"))
    ends = np.flatnonzero(times >= times[0] + DAY_S)
    ends = ends[_close(times, times[ends] - DAY_S, times[ends])]
    before = np.interp(times[ends] - DAY_S, times, counts)
    rise = counts[ends] - before - np.where(steps[ends] > 0, steps[ends], 0)
    relative = rise / np.maximum(before, 1)
    found: list[Change] = []
    for row in np.argsort(-relative, kind="stable").tolist():
        if len(found) == _KEPT:
            break
        at = int(times[ends[row]])
        if all(abs(at - other.at) >= DAY_S for other in found):
            found.append(Change(at, float(rise[row]), float(relative[row])))
    return found


def _suspects(rises: list[Change], days: Days) -> list[Change]:
    least = max(limits.LIMITS["subscriber_jump"].weak / 100, _outstanding(days))
    return [rise for rise in rises if rise.count >= limits.CHANGE_LEAST and rise.relative > least]


def _outstanding(days: Days) -> float:
    """Returns from which relative rise on a day stands out from the others; 0 in a short history."""
    changes = (np.diff(days.subscribers) / np.maximum(days.subscribers[:-1], 1))[days.known]
    if len(changes) < limits.JUMP_MAD_DAYS:
        return 0.0
    middle = np.median(changes)
    return float(middle + limits.JUMP_MADS * np.median(np.abs(changes - middle)))


def views_followed(evidence: Evidence, change: Change) -> bool | None:
    """Tells whether views rose with the subscribers, or one post was seen far beyond the channel's usual.

    None: too few posts to tell.
    """
    published, views = levels(evidence)
    start = change.at - DAY_S
    span = limits.VIEWS_AROUND_DAYS * DAY_S
    before = views[(published < start) & (published >= start - span)]
    after = views[(published >= change.at) & (published < change.at + span)]
    if len(before) < limits.VIEWS_AROUND_POSTS:
        return None
    near = views[(published >= start - DAY_S) & (published < change.at)]
    usual = float(np.median(before))
    if near.max(initial=0) > limits.MENTION_FACTOR * usual:
        return True
    if len(after) < limits.VIEWS_AROUND_POSTS:
        return None
    return bool(np.log(np.median(after) / usual) > limits.FOLLOWED_SHARE * np.log1p(change.relative))


def subscriber_bleed(evidence: Evidence) -> Outcome:
    """Measures indicator 10: the change of subscribers over the worst month, in percent.

    Its worst single day is set to an ordinary one: Telegram purges accounts all at once.
    """
    days = daily(evidence)
    window = min(limits.MONTH_DAYS, len(days.known))
    if window < limits.BLEED_LEAST_DAYS or not days.known.any():
        return NotChecked("subscriber_bleed", "watch_7d")
    net, end = _worst_month(days, window)
    if end is None:
        return NotChecked("subscriber_bleed", "subscribers_daily")
    month = 100 * float(np.expm1(net * limits.MONTH_DAYS / window))
    n = int(days.known.sum())
    lost = -np.expm1(net) * days.subscribers[end - window]
    if month >= limits.LIMITS["subscriber_bleed"].weak or lost < limits.CHANGE_LEAST:
        return IndicatorReading("subscriber_bleed", month, n, explained=True)
    flat = _flat(evidence, int(days.at[end - window]), int(days.at[end]), net)
    if flat is None:
        return NotChecked("subscriber_bleed", "views_around")
    since, until = int(days.at[end - window]), int(days.at[end])
    return IndicatorReading("subscriber_bleed", month, n, explained=not flat, since=since, until=until)


def _worst_month(days: Days, window: int) -> tuple[float, int | None]:
    """Returns the log change over the window that lost most, and the row of its last day.

    None where no window is whole.
    """
    changes = np.diff(np.log(np.maximum(days.subscribers, 1)))
    spans = np.lib.stride_tricks.sliding_window_view(changes, window)
    whole = np.lib.stride_tricks.sliding_window_view(days.known, window).all(axis=1)
    if not whole.any():
        return 0.0, None
    net = spans.sum(axis=1) - spans.min(axis=1) + np.median(spans, axis=1)
    worst = int(np.argmin(np.where(whole, net, np.inf)))
    return float(net[worst]), worst + window


def _flat(evidence: Evidence, start: int, end: int, net: float) -> bool | None:
    """Tells whether views of a post stayed while subscribers left; None: too few posts to tell."""
    published, views = levels(evidence)
    middle = (start + end) // 2
    halves = [
        views[(published >= low) & (published < high)] for low, high in ((start, middle), (middle, end))
    ]
    if min(map(len, halves)) < limits.VIEWS_AROUND_POSTS:
        return None
    return bool(np.log(np.median(halves[1]) / np.median(halves[0])) > limits.FOLLOWED_SHARE * net / 2)


def growth_without_readers(evidence: Evidence) -> Outcome:
    """Measures the largest rise of subscribers within 60 days, in percent, during which views stayed flat."""
    days, span = daily(evidence), limits.GROWTH_DAYS
    if len(days.at) <= span:
        return NotChecked("growth_without_readers", "subscribers_60d")
    grown = np.log(np.maximum(days.subscribers[span:], 1) / np.maximum(days.subscribers[:-span], 1))
    order = np.argsort(-grown, kind="stable")
    for start in _apart(order, limits.BLEED_LEAST_DAYS):
        flat = _stayed_flat(evidence, int(days.at[start]), int(days.at[start + span]), float(grown[start]))
        if 100 * np.expm1(grown[start]) <= limits.LIMITS["growth_without_readers"].weak:
            break
        if flat and days.subscribers[start + span] - days.subscribers[start] >= limits.CHANGE_LEAST:
            since, until = int(days.at[start]), int(days.at[start + span])
            value = 100 * float(np.expm1(grown[start]))
            return IndicatorReading("growth_without_readers", value, span, since=since, until=until)
    most = 100 * float(np.expm1(grown[order[0]]))
    return IndicatorReading("growth_without_readers", most, span, explained=True)


def _apart(order: Ints, days: int) -> list[int]:
    """Returns the first few of these rows that lie at least `days` from each other."""
    found: list[int] = []
    for row in order.tolist():
        if len(found) == _TRIED:
            break
        if all(abs(row - other) >= days for other in found):
            found.append(row)
    return found


def _stayed_flat(evidence: Evidence, start: int, end: int, grown: float) -> bool:
    """Tells whether views of a post rose by far less than subscribers, beyond the noise of views.

    `grown`: the growth of the log of subscribers.
    """
    published, views = levels(evidence)
    span = limits.GROWTH_ENDS_DAYS * DAY_S
    logs = np.log(views)
    ends = [logs[(published >= low) & (published < low + span)] for low in (start, end - span)]
    if min(map(len, ends)) < limits.GROWTH_POSTS:
        return False
    rise = float(np.median(ends[1]) - np.median(ends[0]))
    error = limits.MEDIAN_SE * float(np.hypot(*(mad_sd(side) / np.sqrt(len(side)) for side in ends)))
    return rise < limits.FLAT_SHARE * grown and grown - rise > 2 * error


def levels(evidence: Evidence) -> tuple[Ints, Floats]:
    """Returns publication times and views at 7 days of every post old enough to tell."""
    rows = evidence.readings.newest("views")
    rows = rows[evidence.readings.age_h[rows] >= limits.RATE_FROM_H]
    rows = rows[evidence.readings.counters["views"][rows] > 0]
    numbers = evidence.readings.post[rows]
    views = at_7d(evidence.readings.counters["views"][rows], "views", evidence.readings.age_h[rows])
    return evidence.posts.published_at[numbers], views
