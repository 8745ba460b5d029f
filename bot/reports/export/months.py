"""The summary of an export: a row a calendar month, with the rates as `/er` computes them. Runs in workers."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.locales import Translator
from bot.reports.export.request import ExportRequest
from bot.reports.sheets import Cell, Sheet
from metrics.curves import curves
from metrics.frame import audience_table, table
from metrics.periods import Period, dates, local_date
from metrics.registry import ASKED_FIRST
from metrics.summary import Summary, summarize

MONTHS_AT_MOST = 120
RATES = ASKED_FIRST


def months(request: ExportRequest, t: Translator) -> Sheet:
    zone = ZoneInfo(request.zone)
    posts, audience = table(request.posts), audience_table(request.audience)
    readings = table(request.readings) if request.readings else posts
    growth = curves(readings, request.platform, request.as_of)
    rows = []
    for period in _periods(request, zone):
        found = summarize(
            posts,
            audience,
            period=period,
            zone=zone,
            as_of=request.as_of,
            platform=request.platform,
            readings=readings,
            growth=growth,
        )
        if not found.fallback:
            rows.append(_row(found))
    titles = [t.plain("export.column.month"), t.plain("export.column.posts"), t.plain("field.views")]
    for code in RATES:
        name = t.plain(f"export.rate.{code}")
        titles += [name, t.plain("export.rate.low", rate=name), t.plain("export.rate.high", rate=name)]
    titles.append(t.plain("field.subscribers"))
    return Sheet(t.plain("export.sheet.months"), titles, rows)


def _periods(request: ExportRequest, zone: ZoneInfo) -> list[Period]:
    """Calendar months from the first post's to the last one's; of a long history the newest."""
    published = [post.published_at for post in request.posts]
    first, last = (_number_of(local_date(at, zone)) for at in (min(published), max(published)))
    starts = map(_first_day, range(max(first, last - MONTHS_AT_MOST + 1), last + 2))
    return [dates(start, following - timedelta(days=1), zone) for start, following in pairwise(starts)]


def _number_of(day: date) -> int:
    return 12 * day.year + day.month - 1


def _first_day(month_number: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, 1)


def _row(found: Summary) -> list[Cell]:
    rates: list[Cell] = []
    for code in RATES:
        rate = found.rates[code]
        rates += [_rounded(rate.value), _rounded(rate.low), _rounded(rate.high)]
    subscribers = found.subscribers.value if found.subscribers else None
    return [f"{found.period.first:%Y-%m}", found.posts.used, found.totals.get("views"), *rates, subscribers]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
