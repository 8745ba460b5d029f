"""A period in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.request import EngagementRequest
from bot.core.locales import Translator
from bot.core.parsing.zones import clock_name
from metrics.periods import Period, local_date


def period_words(period: Period, request: EngagementRequest, t: Translator) -> str:
    """Returns a period in words: «7 дней, 16 нояб. — 22 нояб.»"""
    return days_words(period, request.as_of, request.zone, t)


def days_words(period: Period, as_of: int, zone: str, t: Translator) -> str:
    """Returns a period in words for an answer that is no `/er`."""
    today = local_date(as_of, ZoneInfo(zone))
    return f"{t.plural('er.days', period.days)}, {span_words(period.first, period.last, t, today)}"


def moment_words(moment: int, zone: str, as_of: int, t: Translator) -> str:
    """Returns «27 нояб, 15:00 мск» of Unix seconds; the year is written where it is not this one."""
    at, now = (datetime.fromtimestamp(one, ZoneInfo(zone)) for one in (moment, as_of))
    return f"{t.moment(at, year=at.year != now.year)} {clock_name(zone, at, t.language)}"


def span_words(first: date, last: date, t: Translator, today: date) -> str:
    """Returns days in words; years are written where they are not this year's."""
    year = first.year != today.year or last.year != today.year
    if first == last:
        return t.date(first, year=year)
    if (first.year, first.month) == (last.year, last.month):
        return t.days_of_month(first, last, year=year)
    return f"{t.date(first, year=year and first.year != last.year)} — {t.date(last, year=year)}"
