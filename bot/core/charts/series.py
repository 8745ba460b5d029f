"""Days -> strokes of a line: where it runs, where it is not final yet, where it stops."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.core.charts.data import DayPoint

LONGEST_BRIDGE_DAYS = 4  # a weekend or a holiday without posts; a longer silence is a gap


@dataclass(frozen=True, slots=True)
class ValuedDay:
    day: date
    value: float
    final: bool
    approximate: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """Days joined without lifting the pen."""

    points: list[ValuedDay]
    final: bool
    bridge: bool  # leads over days without posts


def valued(days: Sequence[DayPoint]) -> list[ValuedDay]:
    return [ValuedDay(p.day, p.value, p.final, p.approximate) for p in days if p.value is not None]


def chains(days: Sequence[DayPoint]) -> list[Chain]:
    """Returns the strokes of a line. A join to a day that is not final is not final itself."""
    missing = {point.day for point in days if point.value is None and point.posts > 0}
    found: list[Chain] = []
    for left, right in pairwise(valued(days)):
        bridge = (right.day - left.day).days > 1
        if bridge and not _bridged(left.day, right.day, missing):
            continue
        last = found[-1] if found else None
        if last and last.points[-1] is left and (last.final, last.bridge) == (right.final, bridge):
            last.points.append(right)
        else:
            found.append(Chain([left, right], right.final, bridge))
    return found


def alone(days: Sequence[DayPoint], joined: Sequence[Chain]) -> list[ValuedDay]:
    """Returns the days without a neighbour: only a marker shows them."""
    neighboured = {point.day for chain in joined if not chain.bridge for point in chain.points}
    return [point for point in valued(days) if point.day not in neighboured]


def fuzzy(days: Sequence[DayPoint], joined: Sequence[Chain]) -> list[list[ValuedDay]]:
    """Returns neighbours one of which came from rounded counters, and rounded days that stand alone."""
    pairs = [pair for chain in joined if not chain.bridge for pair in pairwise(chain.points)]
    lone = [(point, point) for point in alone(days, joined)]
    return [list(pair) for pair in (*pairs, *lone) if pair[0].approximate or pair[1].approximate]


def missing_runs(days: Sequence[DayPoint]) -> Iterator[tuple[date, date]]:
    """Yields the first and last day of every stretch of days whose posts have no figure."""
    start: date | None = None
    end = date.min
    for point in days:
        if point.value is not None or point.posts == 0:
            continue
        if start is not None and point.day - end > timedelta(days=1):
            yield start, end
            start = None
        start = start or point.day
        end = point.day
    if start is not None:
        yield start, end


def young_runs(days: Sequence[DayPoint]) -> Iterator[tuple[date, date]]:
    """Yields the first and last day of every stretch of days of which no post counts yet."""
    waiting = [point.day for point in days if point.value is None and point.posts == 0 and point.young > 0]
    start = 0
    for place, day in enumerate(waiting):
        if place + 1 == len(waiting) or waiting[place + 1] - day > timedelta(days=1):
            yield waiting[start], day
            start = place + 1


def _bridged(left: date, right: date, missing: set[date]) -> bool:
    between = (right - left).days - 1
    return between <= LONGEST_BRIDGE_DAYS and not any(
        left + timedelta(days=offset) in missing for offset in range(1, between + 1)
    )
