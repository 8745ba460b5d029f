"""A goal against the fact: how far it is, and whether it goes as a straight way from its start would. No pandas here."""

import math
from dataclasses import dataclass
from datetime import date

STATES = (
    "reached",
    "missed",  # its day is over
    "ahead",  # at or above the straight way
    "behind",
    "open",  # no day, or no start to go from
    "unknown",  # the fact is not known
)
METRICS = ("er", "subscribers", "views")


@dataclass(frozen=True, slots=True)
class Aim:
    """`metric`: er (percent), subscribers or views (of a post). `start_value` is what there was on `start_on`."""

    metric: str
    target: float
    due_on: date | None
    start_value: float | None
    start_on: date


@dataclass(frozen=True, slots=True)
class Progress:
    """`planned`: where the straight way is today; `a_day`: what is needed each day from now on; None where undefined."""

    state: str
    value: float | None
    percent: float | None  # of the target
    planned: float | None
    days_left: int | None
    a_day: float | None


def progress(aim: Aim, value: float | None, today: date) -> Progress:
    days_left = None if aim.due_on is None else max(0, (aim.due_on - today).days)
    if value is None:
        return Progress("unknown", None, None, None, days_left, None)
    planned = _planned(aim, today)
    percent = 100 * value / aim.target
    if value >= aim.target:
        return Progress("reached", value, percent, planned, days_left, None)
    if aim.due_on is not None and aim.due_on < today:
        return Progress("missed", value, percent, planned, days_left, None)
    a_day = (aim.target - value) / days_left if days_left else None
    state = (
        "open"
        if planned is None
        else "ahead"
        if value >= planned or math.isclose(value, planned)
        else "behind"
    )
    return Progress(state, value, percent, planned, days_left, a_day)


def _planned(aim: Aim, today: date) -> float | None:
    """Returns the value that a straight way from the start to the goal has today.

    None on the first day, too: there was no time to go any way.
    """
    if (
        aim.due_on is None
        or aim.start_value is None
        or aim.start_value >= aim.target
        or today <= aim.start_on
    ):
        return None
    whole = max(1, (aim.due_on - aim.start_on).days)
    part = min(1.0, (today - aim.start_on).days / whole)
    return aim.start_value + part * (aim.target - aim.start_value)
