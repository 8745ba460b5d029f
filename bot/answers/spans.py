"""A period in words."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.answers.request import EngagementRequest
from bot.core.locales import Translator
from metrics.periods import Period, local_date


def period_words(period: Period, request: EngagementRequest, t: Translator) -> str:
    """«7 дней, 16 нояб. — 22 нояб.»"""
    return days_words(period, request.as_of, request.zone, t)


def days_words(period: Period, as_of: int, zone: str, t: Translator) -> str:
    """The same for an answer that is no `/er`."""
    today = local_date(as_of, ZoneInfo(zone))
    return f"{t.plural('er.days', period.days)}, {span_words(period.first, period.last, t, today)}"


def span_words(first: date, last: date, t: Translator, today: date) -> str:
    """Years are written where they are not this year's."""
    year = first.year != today.year or last.year != today.year
    if first == last:
        return t.date(first, year=year)
    if (first.year, first.month) == (last.year, last.month):
        return t.days_of_month(first, last, year=year)
    return f"{t.date(first, year=year and first.year != last.year)} — {t.date(last, year=year)}"
