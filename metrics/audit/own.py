"""Signs that compare a channel with itself alone: posts that stand apart from its others, with nothing in between.

Where no fleet was measured, as on VK and YouTube, nobody knows what rate is usual there. But whoever buys likes or views
for some posts makes two kinds of posts of one channel. Rates of likes per view lie as one hill around the channel's own
level, whatever that is; two hills a factor of two and a few widths apart, whose comments (and for views, the views
themselves) tell the same, do not come by chance. By `python -m benchmarks own` on generated channels.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.audit import limits
from metrics.audit.counts import ever_counted
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.frame import Bools, Floats, Ints
from metrics.maturity import FINAL_H

_STEPS = 25  # of the fit; it hardly moves after that
_STARTS = (0.15, 0.35)  # shares that stand apart, to begin with
_LEAST_WIDTH = 0.05  # of the log: counts of whole numbers are never closer


@dataclass(frozen=True, slots=True)
class Apart:
    """Two hills of one width: by how much the log of the one lies above the other, in nats and in widths.

    `gain`: twice the log of how much likelier the posts are with two hills than with one.
    """

    height: float
    widths: float
    gain: float
    upper: Bools


def likes_apart(evidence: Evidence) -> Outcome:
    """Measures how many times the others' likes per view a part of the posts has, while comments are not more."""
    return _measured(evidence, "likes_apart", "upper")


def views_apart(evidence: Evidence) -> Outcome:
    """Measures how many times fewer likes per view a part of the posts has, while it is seen more, not talked of more."""
    return _measured(evidence, "views_apart", "lower")


def _measured(evidence: Evidence, indicator: str, side: Literal["upper", "lower"]) -> Outcome:
    rows = _rows(evidence)
    if len(rows) < limits.APART_POSTS:
        return NotChecked(indicator, "posts_40_week")
    counters = evidence.readings.counters
    views, likes = counters["views"][rows], counters["reactions"][rows]
    if np.median(likes) < limits.APART_LIKES:
        return NotChecked(indicator, "likes_10")
    found = apart(_detrended(np.log((likes + 0.5) / views)))
    chosen = found.upper if side == "upper" else ~found.upper
    told = _told_by_others(counters["comments"][rows], views, chosen)
    height = found.height
    is_pattern = (
        found.widths >= limits.APART_WIDTHS
        and found.gain >= limits.APART_GAIN
        and limits.APART_LEAST <= chosen.mean() <= limits.APART_MOST
        and chosen.sum() >= limits.APART_LEAST_POSTS
    )
    if side == "upper":
        is_innocent = told is not None and told > limits.APART_FOLLOWED * height
    else:
        seen = _detrended(np.log(views))
        more = float(np.median(seen[chosen]) - np.median(seen[~chosen])) if is_pattern else 0.0
        is_innocent = more < limits.APART_FOLLOWED * height or (
            told is not None and told > -limits.APART_FOLLOWED * height
        )
    published = evidence.posts.published_at[evidence.readings.post[rows]]
    return IndicatorReading(
        indicator,
        float(np.exp(height)) if is_pattern else 1.0,
        int(chosen.sum()) if is_pattern else len(rows),
        at_most="weak" if told is None else "strong",
        explained=not is_pattern or is_innocent,
        since=int(published[chosen][0]) if is_pattern else None,
        until=int(published[chosen][-1]) if is_pattern else None,
    )


def apart(logs: Floats) -> Apart:
    """Fits the two hills that these values are likeliest of, by the method of expectation and maximization."""
    best: Apart | None = None
    for share in _STARTS:
        for upper in (True, False):
            cut = np.quantile(logs, 1 - share if upper else share)
            found = _fit(logs, np.where(logs > cut, 0.9, 0.1))
            if best is None or found.gain > best.gain:
                best = found
    assert best is not None
    return best


def _fit(logs: Floats, belongs: Floats) -> Apart:
    """`belongs`: how likely each value is of the upper hill, to begin with."""
    weight, means, width = 0.5, np.array([logs.min(), logs.max()]), float(np.std(logs))
    for _ in range(_STEPS):
        weight = float(np.clip(belongs.mean(), 0.01, 0.99))
        means = np.array(
            [np.average(logs, weights=1 - belongs + 1e-9), np.average(logs, weights=belongs + 1e-9)]
        )
        spread = (1 - belongs) * (logs - means[0]) ** 2 + belongs * (logs - means[1]) ** 2
        width = max(float(np.sqrt(spread.mean())), _LEAST_WIDTH)
        lower, upper = (
            (1 - weight) * _density(logs, means[0], width),
            weight * _density(logs, means[1], width),
        )
        belongs = upper / (lower + upper + 1e-300)
    together = np.log(
        (1 - weight) * _density(logs, means[0], width) + weight * _density(logs, means[1], width) + 1e-300
    )
    height = float(means[1] - means[0])
    return Apart(height, height / width, 2 * (float(together.sum()) - _likeliest_hill(logs)), belongs > 0.5)


def _likeliest_hill(logs: Floats) -> float:
    """The log likelihood of the best single hill: an even one, or one that leans to either side (Gumbel's)."""
    mean, width = float(logs.mean()), max(float(np.std(logs)), _LEAST_WIDTH)
    even = float(np.log(_density(logs, mean, width) + 1e-300).sum())
    scale = width * np.sqrt(6) / np.pi
    leaning = []
    for side in (1.0, -1.0):
        steps = (side * (logs - mean)) / scale + np.euler_gamma
        leaning.append(float((-steps - np.exp(-steps) - np.log(scale)).sum()))
    return max(even, *leaning)


def _density(logs: Floats, mean: float, width: float) -> Floats:
    return np.asarray(np.exp(-0.5 * ((logs - mean) / width) ** 2) / (width * np.sqrt(2 * np.pi)))


def _rows(evidence: Evidence) -> Ints:
    """The newest readings of the last posts of over a week that have views and likes."""
    return ever_counted(evidence, "views", "reactions", from_age_h=FINAL_H)[-limits.APART_LAST :]


def _detrended(logs: Floats) -> Floats:
    """Less the median of the posts around: a rate drifts over months, and falls as posts grow old."""
    half = limits.APART_AROUND // 2
    padded = np.pad(logs, half, mode="reflect") if len(logs) > half else logs
    if len(logs) <= half:
        return logs - np.median(logs)
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)
    return np.asarray(logs - around)


def _told_by_others(comments: Floats, views: Floats, chosen: Bools) -> float | None:
    """By how much the log of comments per view of the chosen posts lies above that of the others.

    None where comments are not known, or too few to tell.
    """
    known = ~np.isnan(comments)
    if min((known & chosen).sum(), (known & ~chosen).sum()) < limits.APART_LEAST_POSTS:
        return None
    sides = [(comments[known & side].sum(), views[known & side].sum()) for side in (chosen, ~chosen)]
    if min(said for said, _ in sides) < limits.APART_COMMENTS:
        return None
    rates = np.log((comments + 0.5) / views)
    return float(np.median(rates[known & chosen]) - np.median(rates[known & ~chosen]))
