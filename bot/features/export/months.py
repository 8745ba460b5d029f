"""The summary of an export: a row a calendar month, with the rates as `/er` computes them. Runs in workers."""

from datetime import date, timedelta
from itertools import pairwise

from bot.answers.sheets import COUNT, PERCENT, Cell, Sheet
from bot.answers.tables import Tables
from bot.core.locales import Translator
from metrics.periods import Period, dates, local_date
from metrics.registry import ASKED_FIRST
from metrics.summary import Summary

MONTHS_AT_MOST = 120
_MONTH = "mmm yyyy"  # Excel names it in its own language


def months(tables: Tables, t: Translator, asked: Period | None = None) -> Sheet:
    """Returns the whole months of `asked`, or all; rates that no month has are left out."""
    found = [tables.summary(period) for period in _periods(tables, asked)]
    told = [one for one in found if not one.fallback]
    codes = [code for code in ASKED_FIRST if any(one.rates[code].value is not None for one in told)]
    titles = [t.plain("export.column.month"), t.plain("export.column.posts"), t.plain("field.views")]
    for code in codes:
        name = t.plain(f"export.rate.{code}")
        titles += [name, t.plain("export.rate.low", rate=name), t.plain("export.rate.high", rate=name)]
    titles.append(t.plain("field.subscribers"))
    formats = {0: _MONTH, 1: COUNT, 2: COUNT, len(titles) - 1: COUNT}
    formats |= dict.fromkeys(range(3, len(titles) - 1), PERCENT)
    return Sheet(t.plain("export.sheet.months"), titles, [_row(one, codes) for one in told], {}, formats)


def _periods(tables: Tables, asked: Period | None) -> list[Period]:
    """Returns calendar months from the first post's to the last one's; of a long history the newest."""
    published = tables.posts["published_at"]
    ends = [local_date(int(at), tables.zone) for at in (published.min(), published.max())]
    if asked is not None:
        ends = [max(ends[0], asked.first), min(ends[1], asked.last)]
    first, last = map(_number_of, ends)
    starts = map(_first_day, range(max(first, last - MONTHS_AT_MOST + 1), last + 2))
    return [dates(start, following - timedelta(days=1), tables.zone) for start, following in pairwise(starts)]


def _number_of(day: date) -> int:
    return 12 * day.year + day.month - 1


def _first_day(month_number: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, 1)


def _row(found: Summary, codes: list[str]) -> list[Cell]:
    rates: list[Cell] = []
    for code in codes:
        rate = found.rates[code]
        rates += [rounded(rate.value), rounded(rate.low), rounded(rate.high)]
    subscribers = found.subscribers.value if found.subscribers else None
    return [found.period.first, found.posts.used, found.totals.get("views"), *rates, subscribers]


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
