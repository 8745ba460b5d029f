"""Quantiles of Student's t, so that scipy is no dependency."""

import math
from functools import lru_cache
from statistics import NormalDist

EXACT_UP_TO = 30
_BISECTIONS = 80


@lru_cache(maxsize=4096)
def t_quantile(df: int, confidence: float = 0.95) -> float:
    """Returns the t that a two-sided interval of this confidence uses; df >= 1. At least 6 digits are right.

    Up to 30 degrees of freedom the closed form of the distribution for whole df is inverted (Abramowitz and
    Stegun 26.7.3-4), above that the Cornish-Fisher expansion of the normal quantile is used (26.7.5).
    """
    if df < 1:
        raise ValueError(f"degrees of freedom must be at least 1, not {df}")
    return _inverted(df, confidence) if df <= EXACT_UP_TO else _expanded(df, confidence)


def central_probability(t: float, df: int) -> float:
    """Returns P(|T| < t) for a whole df."""
    angle = math.atan(t / math.sqrt(df))
    odd = df % 2
    term = math.cos(angle) if odd else 1.0
    total = term if df > 1 else 0.0
    for k in range(2 + odd, df - 1, 2):
        term *= math.cos(angle) ** 2 * (k - 1) / k
        total += term
    series = math.sin(angle) * total
    return 2 / math.pi * (angle + series) if odd else series


def _inverted(df: int, confidence: float) -> float:
    low, high = 0.0, math.pi / 2
    for _ in range(_BISECTIONS):  # over the angle: t itself runs to infinity
        middle = (low + high) / 2
        if central_probability(math.sqrt(df) * math.tan(middle), df) < confidence:
            low = middle
        else:
            high = middle
    return math.sqrt(df) * math.tan((low + high) / 2)


def _expanded(df: int, confidence: float) -> float:
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(df) ** (power + 1) for power, term in enumerate(terms))
