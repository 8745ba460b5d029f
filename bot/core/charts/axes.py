"""Ticks: few, round, in the reader's language."""

from datetime import date, timedelta
from math import ceil, floor, log10

from bot.core.charts.data import Unit
from bot.core.locales.translator import Translator

LAST_STEP_CUT = 0.85  # the last step may reach over the limit: there is no tick at its end then
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
UNSHORT = 2.5  # below 1 it would need one more decimal place than its neighbours
DAY_STEPS = (1, 2, 3, 7, 14)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)
MOST_DAYS, MOST_WITH_YEAR = 6, 4
YEAR_FROM_DAYS = 550  # in a longer picture a day and a month are not enough
COMPACT_FROM = 10_000


def value_step(limit: float, most: int) -> float:
    """Returns the smallest round step that needs at most `most` (3 or more) steps from 0 to the limit."""
    rough = limit / most
    unit = 10.0 ** floor(log10(rough))
    return next(
        nice * unit
        for nice in NICE
        if nice * unit >= rough * LAST_STEP_CUT and not (nice == UNSHORT and unit < 1)
    )


def whole_step(limit: float, most: int) -> float:
    """Returns the step as `value_step` does, for what comes in whole numbers only: people."""
    step = value_step(limit, most)
    return step if step >= 1 and step == int(step) else max(1.0, 2 * step)


def value_ticks(limit: float, most: int) -> list[float]:
    step = value_step(limit, most)
    return [index * step for index in range(floor(limit / step * (1 + 1e-9)) + 1)]


def tick_text(value: float, step: float, unit: Unit, t: Translator) -> str:
    """Returns a tick's text without a sign of percent: the panel's label carries it."""
    if unit == "count" and step >= COMPACT_FROM / 10 and value >= COMPACT_FROM:
        scale, suffix = (1e6, "M") if value >= 1e6 else (1e3, "K")
        digits = _digits(step / scale)  # neighbours that differ by less than a compact figure shows
        return f"{t.number(value / scale, digits)}{suffix}" if digits > 1 else t.compact(value)
    return t.number(value, _digits(step) if value else 0)


def value_text(value: float, unit: Unit, t: Translator, *, approximate: bool = False) -> str:
    if unit == "percent":
        return t.percent(value, approximate=approximate)
    return t.number(value, 0 if value >= 10 or value == int(value) else 1, approximate=approximate)


def _digits(step: float) -> int:
    """Returns the decimal places that tell neighbouring ticks apart: 0.5 -> 1, 0.25 -> 2, 20 -> 0."""
    places = max(0, ceil(-log10(step) - 1e-9))
    scaled = step * 10.0**places
    return places + (1 if abs(scaled - round(scaled)) > 1e-6 else 0)


def day_ticks(first: date, last: date) -> list[date]:
    """Returns at most six days: every day, then Mondays, then first days of months."""
    most = MOST_WITH_YEAR if _with_year(first, last) else MOST_DAYS
    for step in DAY_STEPS:
        days = _every(first, last, step)
        if 0 < len(days) <= most:
            return days
    for step in MONTH_STEPS:
        days = _months(first, last, step)
        if 0 < len(days) <= most:
            return days
    return [first, last]


def day_text(day: date, first: date, last: date, t: Translator) -> str:
    return t.date(day, year=_with_year(first, last))


def _with_year(first: date, last: date) -> bool:
    return (last - first).days > YEAR_FROM_DAYS


def _every(first: date, last: date, step: int) -> list[date]:
    """Returns every `step`-th day, counted back from the last; weeks are counted from Mondays.

    What is newest is what people look for.
    """
    if step % 7 == 0:
        start = first + timedelta(days=-first.weekday() % 7)
    else:
        start = first + timedelta(days=(last - first).days % step)
    return [start + timedelta(days=offset) for offset in range(0, (last - start).days + 1, step)]


def _months(first: date, last: date, step: int) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    starts = (date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0)
    return [day for day in starts if first <= day <= last]
