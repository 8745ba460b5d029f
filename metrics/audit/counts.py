"""What final counters tell: views and rates too alike, views without forwards, reach beside subscribers.

Each over the whole history, in blocks.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from metrics.audience import STALE_AFTER_S
from metrics.audit import limits
from metrics.audit.blocks import by_blocks
from metrics.audit.evidence import Evidence, views_at
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.audit.limits import LIMITS, REACH_HIGH, Limits
from metrics.frame import Floats, Ints, ints
from metrics.maturity import CURVES, FINAL_H, VIEWS

MAD_SD = 1.4826  # a normal distribution's sd over its median absolute deviation


def counted(evidence: Evidence, *names: str, from_age_h: float) -> Ints:
    """Returns rows of readings: the newest of each recent post that has these counters, the first not 0."""
    rows = evidence.recent(evidence.readings.newest(*names), from_age_h)
    return rows[evidence.readings.counters[names[0]][rows] > 0]


def ever_counted(evidence: Evidence, *names: str, from_age_h: float) -> Ints:
    """Returns rows of readings as `counted` does, but of the posts of the whole history."""
    rows = evidence.readings.newest(*names)
    rows = rows[evidence.readings.age_h[rows] >= from_age_h]
    return rows[evidence.readings.counters[names[0]][rows] > 0]


def in_blocks(evidence: Evidence, rows: Ints, measure: Callable[[Evidence, Ints], Outcome]) -> Outcome:
    """Returns the outcome of the worst block of these rows of readings, one a post.

    `measure` is given the rows of one block.
    """
    return by_blocks(evidence, evidence.readings.post[rows], lambda block: measure(evidence, rows[block]))


def uniform_views(evidence: Evidence) -> Outcome:
    """Measures indicator 4: the MAD sd of log views.

    Of the ways to bring posts to one age, the one counts that makes them most alike.
    """
    rows = ever_counted(evidence, "views", from_age_h=limits.COUNTED_FROM_H)
    return in_blocks(evidence, rows, _uniform)


def _uniform(evidence: Evidence, rows: Ints) -> Outcome:
    readings = evidence.readings
    views = readings.counters["views"][rows]
    if len(rows) < limits.UNIFORM_POSTS:
        return NotChecked("uniform_views", "posts_30")
    if np.median(readings.views_step[rows]) >= limits.UNIFORM_STEP * np.median(views):
        return NotChecked("uniform_views", "exact_views")
    if np.median(views) < limits.UNIFORM_VIEWS:
        return NotChecked("uniform_views", "views_100")
    spread, posts = min(
        (mad_sd(logs), len(logs)) for logs in _levels(evidence, rows) if len(logs) >= limits.UNIFORM_POSTS
    )
    return IndicatorReading("uniform_views", spread, posts)


def _levels(evidence: Evidence, rows: Ints) -> Iterator[Floats]:
    """Yields log views as read at 7 days; of all these posts, and of those of 7 days, brought there.

    They are brought there by more or less of the curve.
    What was topped up to one figure grows as the curve expects only in so far as its views are organic, and a young
    post may not be there yet.
    """
    readings = evidence.readings
    read = evidence.posts.views_at[168][readings.post[rows]]
    yield np.log(read[read > 0])
    logs = np.log(readings.counters["views"][rows])
    expected = np.log(VIEWS.share(readings.age_h[rows]))
    for old in (np.ones(len(rows), dtype=np.bool_), readings.age_h[rows] >= FINAL_H):
        for organic in limits.UNIFORM_ORGANIC:
            yield logs[old] - organic * expected[old]


def mad_sd(values: Floats) -> float:
    """Returns the median absolute deviation, scaled to the standard deviation of a normal distribution."""
    return float(MAD_SD * np.median(np.abs(values - np.median(values))))


def reach_rate(evidence: Evidence) -> Outcome:
    """Measures indicator 5: the median over posts of views at 24 hours over subscribers.

    It is judged by the size of the channel.
    """
    if evidence.audience.empty:
        return NotChecked("reach_rate", "subscribers")
    rows = ever_counted(evidence, "views", from_age_h=limits.REACH_FROM_H)
    numbers = evidence.readings.post[rows]
    known = ~np.isnan(evidence.posts.subscribers[numbers])
    # What subscribers there were long before they were first read nobody knows; the newest block is told anyway.
    first = int(ints(evidence.audience, "observed_at")[0]) - STALE_AFTER_S
    near = evidence.posts.published_at[numbers] >= first
    near[-limits.RECENT_POSTS :] = True
    return in_blocks(evidence, rows[known & near], _reach)


def _reach(evidence: Evidence, rows: Ints) -> Outcome:
    subscribers = evidence.posts.subscribers[evidence.readings.post[rows]]
    if len(rows) < limits.REACH_POSTS:
        return NotChecked("reach_rate", "posts_10")
    value = float(100 * np.median(views_at(evidence, rows, 24) / subscribers))
    size = float(np.median(subscribers))
    low, high = reach_limits(size)
    return IndicatorReading("reach_rate", value, len(rows), limits=high if value > high.weak else low)


def reach_limits(subscribers: float) -> tuple[Limits, Limits]:
    low, high = LIMITS["reach_rate"], REACH_HIGH
    if subscribers >= limits.HUGE_CHANNEL:
        huge = limits.HUGE_REACH_LOW
        low, high = replace(low, weak=huge, usual_low=huge), replace(high, usual_low=huge)
    for below, most in limits.SMALL_CHANNELS_REACH_HIGH:
        if subscribers < below:
            return low, replace(high, weak=most)
    return low, high


def views_forwards_correlation(evidence: Evidence) -> Outcome:
    """Measures indicator 8, the rank correlation of views and forwards.

    Posts that are read more are passed on more.
    """
    rows = ever_counted(evidence, "views", "forwards", from_age_h=limits.RATE_FROM_H)
    return in_blocks(evidence, rows, _correlation)


def _correlation(evidence: Evidence, rows: Ints) -> Outcome:
    views, forwards = (evidence.readings.counters[name][rows] for name in ("views", "forwards"))
    if (forwards > 0).sum() < limits.CORRELATION_POSTS:
        return NotChecked("views_forwards_correlation", "forwards_50")
    value = _rank_correlation(views, forwards)
    if value is None:
        return NotChecked("views_forwards_correlation", "differing_counts")
    return IndicatorReading("views_forwards_correlation", value, len(rows))


def _rank_correlation(one: Floats, other: Floats) -> float | None:
    """Returns Spearman's rank correlation; None where one of the two is the same everywhere."""
    ranks = [pd.Series(values).rank().to_numpy() for values in (one, other)]
    centred = [rank - rank.mean() for rank in ranks]
    size = float(np.sqrt((centred[0] ** 2).sum() * (centred[1] ** 2).sum()))
    return None if size == 0 else float((centred[0] * centred[1]).sum() / size)


def even_rates(evidence: Evidence) -> Outcome:
    """Measures the sd of the log of reactions over views at 7 days.

    People react to one post and pass by another.
    """
    rows = ever_counted(evidence, "views", "reactions", from_age_h=limits.RATE_FROM_H)
    return in_blocks(evidence, rows, _even)


def _even(evidence: Evidence, rows: Ints) -> Outcome:
    reactions = evidence.readings.counters["reactions"][rows]
    rows, reactions = rows[reactions > 0], reactions[reactions > 0]
    if len(rows) < limits.EVEN_POSTS:
        return NotChecked("even_rates", "reactions_30_posts")
    if np.median(reactions) < limits.EVEN_REACTIONS:
        return NotChecked("even_rates", "reactions_30_posts")
    age = evidence.readings.age_h[rows]
    views = evidence.readings.counters["views"][rows] / VIEWS.share(age)
    spread = float(np.std(np.log(reactions / CURVES["reactions"].share(age) / views)))
    return IndicatorReading("even_rates", spread, len(rows))
