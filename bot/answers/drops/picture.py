"""The chart of a drop: the values that were compared, post by post, their days, the history's level. Runs in workers."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from bot.answers.drops.request import SHOWN_DAYS, PictureRequest
from bot.answers.links import name_of
from bot.answers.noted import noted_days
from bot.answers.spans import span_words
from bot.core.charts.data import DayPoint, EngagementChart, Panel, PostDot
from bot.core.charts.engagement import draw
from bot.core.locales import Translator, translator
from metrics.drops.daily import Channel, ComparedValues, drawn
from metrics.drops.holidays import holidays
from metrics.drops.spans import Span
from metrics.frame import audience_table, table
from metrics.periods import local_date

NOON = time(12)
PERCENT = 100.0


def draw_drop(request: PictureRequest) -> bytes | None:
    shown = chart(request)
    return None if shown is None else draw(shown, translator(request.language))


def chart(request: PictureRequest) -> EngagementChart | None:
    """Returns the chart of a drop; None where no post of the shown days has the value."""
    zone, t = ZoneInfo(request.zone), translator(request.language)
    found = drawn(
        _channel(request, zone),
        request.metric,
        request.basis,
        request.as_of,
        _span(request.window_first, request.window_last),
        _span(request.history_first, request.history_last),
        holidays(request.country, request.history_first.year - 1, request.history_last.year),
    )
    today = local_date(request.as_of, zone)
    first = min(request.window_first, today - timedelta(days=SHOWN_DAYS))
    if found is None or not (found.day >= first.toordinal()).any():
        return None
    marked = (request.window_first, request.window_last)
    subtitle = f"{t.plain('alert.chart.subtitle', window=span_words(*marked, t, today))} · {_rests_on(found, request, t)}"
    panel = _panel(found, request, _span(first, today - timedelta(days=1)), zone, t)
    return EngagementChart(request.title, subtitle, (panel,), noted_days(request.notes))


def _rests_on(found: ComparedValues, request: PictureRequest, t: Translator) -> str:
    """Says who, how many posts were compared, as of when, and whose picture it is."""
    return t.plain(
        "er.chart.basis",
        handle=f"{name_of(request.platform, request.handle)} · " if request.handle else "",
        posts=t.plural("er.posts", len(_compared(found, request))),
        moment=t.moment(datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone)), year=False),
    )


def _compared(found: ComparedValues, request: PictureRequest) -> npt.NDArray[np.float64]:
    """Returns the values of the days that were compared."""
    first, last = request.window_first.toordinal(), request.window_last.toordinal()
    return found.value[(found.day >= first) & (found.day <= last)]


def _panel(
    found: ComparedValues, request: PictureRequest, shown: Span, zone: ZoneInfo, t: Translator
) -> Panel:
    factor = 1.0 if request.metric == "views" else PERCENT
    compared = _compared(found, request)
    return Panel(
        label=t.plain(f"alert.chart.{request.metric}.{request.basis}"),
        unit="count" if request.metric == "views" else "percent",
        days=tuple(_day(found, day, factor, request.basis) for day in range(shown.first, shown.last + 1)),
        dots=tuple(
            PostDot(
                datetime.combine(date.fromordinal(int(day)), NOON, zone),
                factor * float(value),
                final=True,
                paid=False,
            )
            for day, value in zip(found.day, found.value, strict=True)
            if shown.first <= day <= shown.last
        ),
        band=None,
        average=None if found.base is None else factor * found.base,
        marked=(request.window_first, request.window_last),
        marked_value=factor * float(np.exp(np.log(compared).mean())) if len(compared) else None,
    )


def _day(found: ComparedValues, day: int, factor: float, basis: str) -> DayPoint:
    """Returns a day with its geometric mean, which is what the rule takes of a day."""
    values = found.value[found.day == day]
    mean = factor * float(np.exp(np.log(values).mean())) if len(values) else None
    return DayPoint(date.fromordinal(day), mean, len(values), final=True, approximate=basis == "rounded")


def _span(first: date, last: date) -> Span:
    return Span(first.toordinal(), last.toordinal())


def _channel(request: PictureRequest, zone: ZoneInfo) -> Channel:
    audience = audience_table(request.audience)
    return Channel(table(request.posts), table(request.readings), audience, request.platform, zone)
