"""What the chart of `/er` shows: ER by views above, view rate below; what stands in for them where they are undefined."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.charts.data import Band, DayPoint, EngagementChart, Panel, PostDot
from bot.locales import Translator
from bot.reports.engagement.request import EngagementRequest
from bot.reports.engagement.spans import period_words
from metrics.series import Line, Series
from metrics.summary import Summary

PANELS = 2
PREFERRED = ("er_by_views", "view_rate", "er_by_subscribers", "views_per_post", "interactions_per_post")
COUNTS = ("views_per_post", "interactions_per_post")


def chart(
    summary: Summary, series: Series, request: EngagementRequest, t: Translator
) -> EngagementChart | None:
    """None where no post of the period has a figure to draw."""
    chosen = [series.lines[code] for code in PREFERRED if series.lines[code].average is not None][:PANELS]
    if not chosen:
        return None
    return EngagementChart(
        title=request.title,
        subtitle=period_words(summary.period, request, t),
        panels=tuple(panel(line, series, ZoneInfo(request.zone), t) for line in chosen),
    )


def panel(
    line: Line, series: Series, zone: ZoneInfo, t: Translator, *, marked: tuple[date, date] | None = None
) -> Panel:
    days = zip(series.days, line.values, series.posts, series.final, line.approximate, strict=True)
    dots = zip(series.published_at, line.dots, series.dot_final, strict=True)
    return Panel(
        label=t.plain(f"er.chart.{line.code}"),
        unit="count" if line.code in COUNTS else "percent",
        days=tuple(DayPoint(*day) for day in days),
        dots=tuple(
            PostDot(datetime.fromtimestamp(at, zone), value, final, paid=False)
            for at, value, final in dots
            if value is not None
        ),
        band=None,
        average=line.average,
        day_bands=_bands(line),
        marked=marked,
    )


def _bands(line: Line) -> tuple[Band | None, ...]:
    """A young day has its own: what the channel's days were when they were as young."""
    return tuple(
        None if low is None or centre is None or high is None else Band(low, centre, high)
        for low, centre, high in zip(line.low, line.centre, line.high, strict=True)
    )
