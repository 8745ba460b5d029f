"""A request -> the answer to `/when`: the audience's hours, and the results by hour and weekday. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.answers.request import EngagementRequest, resolve
from bot.answers.tables import asked_tables
from bot.core.charts import heat, ranges
from bot.core.locales import translator
from bot.features.timing.picture import heat_map, result_ranges
from bot.features.timing.words import TimingFindings, caption
from metrics.activity import activity_of_week
from metrics.content import content_of
from metrics.json_shape import shape
from metrics.timing import timing_of


def build_report(request: EngagementRequest) -> Report:
    zone, t = ZoneInfo(request.zone), translator(request.language)
    tables = asked_tables(request)
    period = resolve(request.period, request.as_of, zone)
    scope = tables.scope(period)
    found = TimingFindings(
        timing=timing_of(scope, tables.posts, tables.readings),
        weekdays=content_of(scope, tables.posts).weekday,
        week=activity_of_week(tables.readings, period=period, zone=zone),
    )
    map_of_hours = heat_map(found, request, t)
    results = result_ranges(found, request, t)
    picture = None
    if map_of_hours is not None:
        picture = heat.draw(map_of_hours, t)
    elif results is not None:
        picture = ranges.draw(results, t)
    return Report(
        text=caption(found, request, t),
        picture=picture,
        data={"timing": shape(found.timing), "weekday": shape(found.weekdays)},
    )
