"""What the chart of `/er` shows: ER by views above, view rate below; what stands in for them where they are undefined."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.links import name_of
from bot.answers.noted import noted_days
from bot.answers.request import EngagementRequest
from bot.answers.spans import period_words
from bot.core.charts.data import Band, DayPoint, EngagementChart, Panel, PostDot
from bot.core.locales import Translator
from metrics.registry import LEVELS
from metrics.series import Line, Series
from metrics.summary import Summary

PANELS = 2
PREFERRED = (
    "er_by_views",
    "er_by_reach",
    "view_rate",
    "er_by_subscribers",
    "views_per_post",
    "reach_per_post",
    "interactions_per_post",
)


def chart(
    summary: Summary, series: Series, request: EngagementRequest, t: Translator
) -> EngagementChart | None:
    """Returns the chart of `/er`; None where no post of the period has a figure to draw."""
    order = dict.fromkeys((summary.basis.headline, *PREFERRED))  # the headline first, whatever it is
    chosen = [series.lines[code] for code in order if series.lines[code].average is not None][:PANELS]
    if not chosen:
        return None
    return EngagementChart(
        title=request.title,
        subtitle=f"{period_words(summary.period, request, t)} · {_rests_on(summary, request, t)}",
        panels=tuple(panel(line, series, ZoneInfo(request.zone), t) for line in chosen),
        noted=noted_days(request.notes),
    )


def _rests_on(summary: Summary, request: EngagementRequest, t: Translator) -> str:
    """Says who, how many posts, as of when, and whose picture it is: a picture may be sent on alone."""
    until = datetime.fromtimestamp(request.data_until, ZoneInfo(request.zone))
    return t.plain(
        "er.chart.basis",
        handle=f"{name_of(request.platform, request.handle)} · " if request.handle else "",
        posts=t.plural("er.posts", summary.posts.used),
        moment=t.moment(until, year=until.year != datetime.fromtimestamp(request.as_of, until.tzinfo).year),
    )


def panel(
    line: Line, series: Series, zone: ZoneInfo, t: Translator, *, marked: tuple[date, date] | None = None
) -> Panel:
    days = zip(
        series.days, line.values, series.posts, series.final, line.approximate, series.young, strict=True
    )
    return Panel(
        label=t.plain(f"er.chart.{line.code}"),
        unit="count" if line.code in LEVELS else "percent",
        days=tuple(DayPoint(*day) for day in days),
        dots=tuple(
            PostDot(datetime.fromtimestamp(dot.published_at, zone), dot.value, dot.final, paid=False)
            for dot in line.dots
        ),
        band=None,
        average=line.average,
        day_bands=_bands(line),
        marked=marked,
    )


def _bands(line: Line) -> tuple[Band | None, ...]:
    """Returns the band of each day; a young one has its own: the channel's days when they were as young."""
    return tuple(
        None if low is None or centre is None or high is None else Band(low, centre, high)
        for low, centre, high in zip(line.low, line.centre, line.high, strict=True)
    )
