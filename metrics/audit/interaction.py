"""Views without people behind them: reactions, forwards, comments (indicators 6, 7, 11, 12), each in blocks."""

import numpy as np

from metrics.audit import limits
from metrics.audit.blocks import of_posts
from metrics.audit.counts import ever_counted, in_blocks
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.audit.growth import curves, largest_gains, watched
from metrics.audit.limits import LIMITS
from metrics.frame import Ints
from metrics.maturity import CURVES


def reactions_per_view(evidence: Evidence) -> Outcome:
    """Measures indicator 6, reactions per view in percent at 7 days.

    No reaction at all means they are switched off.
    """
    return _per_view(evidence, "reactions_per_view", "reactions")


def forwards_per_view(evidence: Evidence) -> Outcome:
    """Measures indicator 7, forwards per view in percent at 7 days.

    No forward at all means protected content.
    """
    return _per_view(evidence, "forwards_per_view", "forwards")


def _per_view(evidence: Evidence, indicator: str, counter: str) -> Outcome:
    rows = ever_counted(evidence, "views", counter, from_age_h=limits.RATE_FROM_H)
    return in_blocks(evidence, rows, lambda known, block: _rate(known, indicator, counter, block))


def _rate(evidence: Evidence, indicator: str, counter: str, rows: Ints) -> Outcome:
    age = evidence.readings.age_h[rows]
    at_7d = {
        name: evidence.readings.counters[name][rows] / CURVES[name].share(age) for name in ("views", counter)
    }
    total, views = float(at_7d[counter].sum()), float(at_7d["views"].sum())
    if total == 0 and not (evidence.readings.counters[counter] > 0).any():
        return NotChecked(indicator, counter)
    if (
        len(rows) < limits.RATE_POSTS or total == 0
    ):  # those who are there came to posts too young to be judged
        return NotChecked(indicator, "posts_10")
    if views * (LIMITS[indicator].usual_low or 0) / 100 < limits.RATE_EXPECTED:
        return NotChecked(indicator, "more_views")
    return IndicatorReading(indicator, 100 * total / views, len(rows))


def empty_comments(evidence: Evidence) -> Outcome:
    """Measures indicator 11: percent of much-read posts without a comment.

    Only posts between the first and the last that has one are looked at.
    A channel whose posts have no comment at all most likely never opened them.
    """
    rows = ever_counted(evidence, "views", "comments", from_age_h=limits.RATE_FROM_H)
    return in_blocks(evidence, rows, _empty_comments)


def _empty_comments(evidence: Evidence, rows: Ints) -> Outcome:
    comments = evidence.readings.counters["comments"][rows]
    some = np.flatnonzero(comments > 0)
    if not len(some):
        return NotChecked("empty_comments", "comments")
    rows, comments = rows[some[0] : some[-1] + 1], comments[some[0] : some[-1] + 1]
    read = evidence.readings.counters["views"][rows] > limits.COMMENTS_VIEWS
    if read.sum() < limits.COMMENTS_POSTS:
        return NotChecked("empty_comments", "posts_read_by_5000")
    return IndicatorReading("empty_comments", float(100 * (comments[read] == 0).mean()), int(read.sum()))


def equal_reactions(evidence: Evidence) -> Outcome:
    """Measures indicator 12: percent of posts that share one and the same count of reactions."""
    rows = ever_counted(evidence, "reactions", from_age_h=limits.RATE_FROM_H)
    return in_blocks(evidence, rows, _equal_reactions)


def _equal_reactions(evidence: Evidence, rows: Ints) -> Outcome:
    reactions = evidence.readings.counters["reactions"][rows]
    enough = reactions[reactions >= limits.EQUAL_REACTIONS_FROM]
    if len(enough) < limits.EQUAL_REACTIONS_POSTS:
        return NotChecked("equal_reactions", "reactions_20_posts")
    _, times = np.unique(enough, return_counts=True)
    return IndicatorReading("equal_reactions", float(100 * times.max() / len(enough)), len(enough))


def reaction_burst(evidence: Evidence) -> Outcome:
    """Measures the median share of a post's reactions that came within 4 hours after its first 12."""
    lines = curves(evidence, "reactions")
    newest = np.zeros(len(evidence.posts))
    newest[lines.post] = lines.count
    read = watched(evidence, "reactions")[0] & (newest >= limits.BURST_REACTIONS)
    gains = largest_gains(lines)

    def measure(posts: Ints) -> Outcome:
        if len(posts) < limits.WATCHED_POSTS:
            return NotChecked("reaction_burst", "reactions_48h")
        return IndicatorReading("reaction_burst", float(np.median(gains[posts] / newest[posts])), len(posts))

    return of_posts(evidence, read, measure)
