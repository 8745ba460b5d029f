"""The chart of a drop: the metric day by day, the channel's usual band, the days that were compared. Runs in workers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.charts.data import EngagementChart
from bot.charts.engagement import draw
from bot.locales import translator
from bot.reports.alert.request import SHOWN_DAYS, PictureRequest
from bot.reports.engagement.picture import panel
from bot.reports.engagement.spans import span_words
from metrics import periods
from metrics.frame import audience_table, table
from metrics.series import series


def draw_drop(request: PictureRequest) -> bytes | None:
    zone, t = ZoneInfo(request.zone), translator(request.language)
    today = periods.local_date(request.as_of, zone)
    first = min(request.window_first, today - timedelta(days=SHOWN_DAYS))
    shown = series(
        table(request.posts),
        audience_table(request.audience),
        period=periods.dates(first, today - timedelta(days=1), zone),
        zone=zone,
        as_of=request.as_of,
        platform=request.platform,
    )
    line = shown.lines[_code(request)]
    if line.average is None:
        return None
    marked = (request.window_first, request.window_last)
    subtitle = t.plain("alert.chart.subtitle", window=span_words(*marked, t, today))
    return draw(EngagementChart(request.title, subtitle, (panel(line, shown, zone, t, marked=marked),)), t)


def _code(request: PictureRequest) -> str:
    if request.metric == "views":
        return "views_per_post"
    return "er_by_subscribers" if request.basis == "subscribers" else "er_by_views"
