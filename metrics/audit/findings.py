"""What one indicator gives: a value to judge, or which data it would take."""

import math
from dataclasses import dataclass

from metrics.audit.limits import LIMITS, STRONG_POINTS, WEAK_POINTS, Family, Limits, Strength, Unit


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """`n`: posts, or days of subscribers. `limits` where they depend on the channel.

    `since`, `until`: unix seconds of the first and last of the posts it was seen in, None where it has no dates.
    """

    indicator: str
    value: float
    n: int
    at_most: Strength = "strong"
    explained: bool = False  # by a cause found in the data, or by the chance of many blocks: never a pattern
    limits: Limits | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """`needs`: the code of the data that would unlock the indicator."""

    indicator: str
    needs: str


Outcome = IndicatorReading | NotChecked


@dataclass(frozen=True, slots=True)
class Finding:
    """A judged value. `strength` None and 0 points: within what is usual, or explained.

    `explanation`: the code of the innocent explanation to print beside it.
    """

    indicator: str
    family: Family
    unit: Unit
    value: float
    usual_low: float | None
    usual_high: float | None
    strength: Strength | None
    points: int
    n: int
    explanation: str
    since: int | None = None  # unix seconds
    until: int | None = None


def judge(measured: IndicatorReading) -> Finding:
    limits = measured.limits or LIMITS[measured.indicator]
    strength = strength_of(measured)
    return Finding(
        indicator=measured.indicator,
        family=limits.family,
        unit=limits.unit,
        value=measured.value,
        usual_low=limits.usual_low,
        usual_high=limits.usual_high,
        strength=strength,
        points=_points(strength, limits),
        n=measured.n,
        explanation=limits.explanation or limits.indicator,
        since=measured.since,
        until=measured.until,
    )


def strength_of(measured: IndicatorReading) -> Strength | None:
    """Returns how strong a sign the value is; None where it is none."""
    strength = (
        None
        if measured.explained
        else _strength(measured.value, measured.limits or LIMITS[measured.indicator])
    )
    return "weak" if strength == "strong" and measured.at_most == "weak" else strength


def _strength(value: float, limits: Limits) -> Strength | None:
    if limits.strong is not None and _beyond(value, limits.strong, limits):
        return "strong"
    return "weak" if _beyond(value, limits.weak, limits) else None


def _beyond(value: float, limit: float, limits: Limits) -> bool:
    """Tells whether a value lies beyond a limit.

    A value at the limit, within a float's rounding, is beyond it only where `limits.reached` says so.
    """
    if math.isclose(value, limit, rel_tol=1e-9):
        return limits.reached
    return value > limit if limits.suspect == "above" else value < limit


def _points(strength: Strength | None, limits: Limits) -> int:
    if strength is None:
        return 0
    if strength == "strong":
        return STRONG_POINTS
    return min(WEAK_POINTS, limits.weak_points)
