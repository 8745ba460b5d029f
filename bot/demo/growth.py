"""What share of its 7-day figure a post has at an age (docs/evidence.md#2.2), straight on logs between the measured ages."""

from bisect import bisect_right
from math import exp, log

AGES_H = (1, 2, 4, 6, 12, 24, 48, 72, 168, 336, 720, 1440, 2160, 4320, 8760)
VIEWS = (0.23, 0.31, 0.36, 0.41, 0.47, 0.57, 0.70, 0.77, 1.0, 1.18, 1.33, 1.43, 1.48, 1.58, 1.65)
REACTIONS = (0.41, 0.50, 0.59, 0.66, 0.74, 0.83, 0.90, 0.94, 1.0, 1.03, 1.06, 1.08, 1.09, 1.10, 1.11)


def views_share(age_h: float) -> float:
    return _share(VIEWS, age_h)


def reactions_share(age_h: float) -> float:
    return _share(REACTIONS, age_h)


def _share(shares: tuple[float, ...], age_h: float) -> float:
    """In the first hour a counter grows evenly from 0; after a year it stands."""
    if age_h <= AGES_H[0]:
        return shares[0] * max(0.0, age_h) / AGES_H[0]
    place = bisect_right(AGES_H, age_h)
    if place == len(AGES_H):
        return shares[-1]
    left, right = log(AGES_H[place - 1]), log(AGES_H[place])
    part = (log(age_h) - left) / (right - left)
    return exp(log(shares[place - 1]) * (1 - part) + log(shares[place]) * part)
