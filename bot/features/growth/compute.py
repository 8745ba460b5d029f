"""A request -> the answer to `/growth`: numbers, words and picture of the same figures. Runs in workers."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.noted import noted_days
from bot.answers.report import Report
from bot.answers.request import resolve
from bot.answers.spans import days_words
from bot.core.charts.data import CountedSubscribers, FlowDay, FollowersChart
from bot.core.charts.followers import draw
from bot.core.locales import Translator, translator
from bot.features.growth.request import GrowthRequest
from bot.features.growth.words import caption, signed_count
from metrics.followers import Followers, followers
from metrics.json_shape import shape


def build_report(request: GrowthRequest) -> Report:
    t = translator(request.language)
    period = resolve(request.period, request.as_of, ZoneInfo(request.zone))
    found = followers(request.readings, request.movement, period=period, as_of=request.as_of)
    chart = _chart(found, request, t)
    return Report(
        text=caption(found, request, t),
        picture=draw(chart, t) if chart else None,
        data={"growth": shape(found)},
    )


def _chart(found: Followers, request: GrowthRequest, t: Translator) -> FollowersChart | None:
    """Returns the chart; None where neither counts nor people of these days are known."""
    counts = tuple(_counts(found, request))
    days = tuple(FlowDay(one.day, one.joined, one.left, one.net) for one in found.days)
    if not counts and all(day.net is None and day.joined is None for day in days):
        return None
    return FollowersChart(
        title=request.title,
        subtitle=days_words(found.period, request.as_of, request.zone, t),
        counts=counts,
        days=days,
        net="" if found.net is None else signed_count(found.net, t),
        noted=noted_days(request.notes),
    )


def _counts(found: Followers, request: GrowthRequest) -> Iterator[CountedSubscribers]:
    """Yields readings of the period between its two ends, which are the ones in the words."""
    zone, period = ZoneInfo(request.zone), found.period
    if found.start is not None:
        yield CountedSubscribers(period.start, round(found.start.subscribers), found.start.is_rough)
    for row in request.readings:
        if period.start_unix < row.observed_at < period.end_unix:
            at = datetime.fromtimestamp(row.observed_at, zone)
            yield CountedSubscribers(at, row.subscribers, row.step > 0)
    if found.end is not None:
        yield CountedSubscribers(period.end, round(found.end.subscribers), found.end.is_rough)
