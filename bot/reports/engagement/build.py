"""A request -> the answer to `/er`: numbers, words and picture of the same figures. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.charts.engagement import draw
from bot.locales import translator
from bot.reports.engagement.caption import caption
from bot.reports.engagement.picture import chart
from bot.reports.engagement.request import EngagementRequest, resolve
from bot.reports.report import Report
from metrics.frame import audience_table, table
from metrics.json_shape import channel_json
from metrics.scope import open_scope
from metrics.series import series
from metrics.summary import summary_of


def build_report(request: EngagementRequest) -> Report:
    zone, t = ZoneInfo(request.zone), translator(request.language)
    posts, audience = table(request.posts), audience_table(request.audience)
    period = resolve(request.period, request.as_of, zone)
    scope = open_scope(
        posts, audience, period=period, zone=zone, as_of=request.as_of, platform=request.platform
    )
    summary = summary_of(scope)
    lines = series(posts, audience, period=period, zone=zone, as_of=request.as_of, platform=request.platform)
    picture = chart(summary, lines, request, t) if request.draw else None
    return Report(
        text=caption(summary, request, t),
        picture=draw(picture, t) if picture else None,
        data=channel_json(summary, request.title),
        wants=() if summary.subscribers else ("subscribers",),
    )
