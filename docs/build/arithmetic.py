"""The formulas of an answer in plain arithmetic, step by step, beside `metrics` and not by it: so that a page can be checked.

Every function gives its steps by name.
"""

import math
import statistics
from collections.abc import Sequence

from metrics.student import t_quantile

Z = 1.959964
WHOLE_NUMBER = 1 / 12  # variance of the rounding of a counter
Steps = dict[str, float]


def pooled(numerators: Sequence[float], denominators: Sequence[float]) -> Steps:
    """Returns the steps of sum over sum with its log-delta interval."""
    n, below = len(numerators), sum(denominators)
    ratio = sum(numerators) / below
    left = [a - ratio * b for a, b in zip(numerators, denominators, strict=True)]
    error = statistics.stdev(left) * math.sqrt(n) / below
    return {
        "above": sum(numerators),
        "below": below,
        "sd": statistics.stdev(left),
        **_interval(ratio, error, n),
    }


def mean(ratios: Sequence[float]) -> Steps:
    """Returns the steps of a mean of ratios with its interval."""
    error = statistics.stdev(ratios) / math.sqrt(len(ratios))
    return {"sd": statistics.stdev(ratios), **_interval(statistics.mean(ratios), error, len(ratios))}


def _interval(ratio: float, error: float, n: int) -> Steps:
    t = t_quantile(n - 1)
    factor = math.exp(t * error / ratio)
    return {
        "value": ratio,
        "error": error,
        "t": t,
        "factor": factor,
        "low": ratio / factor,
        "high": ratio * factor,
    }


def between(age_h: float, ages_h: Sequence[float], values: Sequence[float]) -> float:
    """Returns a value straight between two points of a curve, in the log of the age."""
    upper = next(number for number, age in enumerate(ages_h) if age >= age_h)
    (left, right), (low, high) = ages_h[upper - 1 : upper + 1], values[upper - 1 : upper + 1]
    return low + (high - low) * math.log(age_h / left) / math.log(right / left)


def share(age_h: float, ages_h: Sequence[float], shares: Sequence[float]) -> float:
    """Returns the share at an age: the curve of shares is straight in the log of both."""
    return math.exp(between(age_h, ages_h, [math.log(one) for one in shares]))


def level(numerators: Sequence[float], denominators: Sequence[float]) -> Steps:
    """Returns the mean of the logs of one side, brought to 7 days, with its variance."""
    logs = [math.log((a + 0.5) / b) for a, b in zip(numerators, denominators, strict=True)]
    n = len(logs)
    counting = sum(WHOLE_NUMBER / (a + 0.5) ** 2 for a in numerators) / n**2
    return {
        "log": statistics.mean(logs),
        "variance": statistics.variance(logs) / n,
        "counting": counting,
        "n": n,
    }


def of_days(days: int, sd: float, correlation: float) -> float:
    """Returns the variance that whole days add to a mean of `days` days in a row."""
    return sd**2 * (days + 2 * sum((days - j) * correlation**j for j in range(1, days))) / days**2


def of_curve(now: Sequence[tuple[float, float]], before: Sequence[tuple[float, float]]) -> float:
    """Returns the variance of the curve that does not cancel between the sides.

    A side is (age in days, sd of the curve there) of its posts.
    """
    parts = [
        [statistics.mean(sd if (age < 7) == is_young else 0.0 for age, sd in side) for side in (now, before)]
        for is_young in (True, False)
    ]
    return sum(abs(first - second) for first, second in parts) ** 2


def difference(now: Steps, before: Steps, common: float) -> Steps:
    """Returns by how much one side stands above the other, with Welch's t for what the posts say."""
    variance = now["variance"] + before["variance"]
    parts = now["variance"] ** 2 / (now["n"] - 1) + before["variance"] ** 2 / (before["n"] - 1)
    df = max(1, int(variance**2 / parts))
    t = t_quantile(df)
    fixed = now["counting"] + before["counting"] + common
    half = math.sqrt(t**2 * variance + Z**2 * fixed)
    log = now["log"] - before["log"]
    return {
        "log": log, "variance": variance, "df": df, "t": t, "fixed": fixed, "half": half,
        "value": math.expm1(log), "low": math.expm1(log - half), "high": math.expm1(log + half),
    }  # fmt: skip
