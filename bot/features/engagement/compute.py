"""A request -> the answer to `/er`: numbers, words and picture of the same figures. Runs in workers."""

from typing import TypedDict
from zoneinfo import ZoneInfo

import pandas as pd

from bot.answers.goal_facts import facts_of
from bot.answers.picture import chart
from bot.answers.report import Report
from bot.answers.request import EngagementRequest, resolve
from bot.core.charts.engagement import draw
from bot.core.locales import translator
from bot.features.engagement.caption import caption
from metrics.curves import Curves, curves
from metrics.details import details
from metrics.frame import audience_table, table
from metrics.json_shape import channel_json, shape
from metrics.periods import local_date, today
from metrics.scope import open_scope
from metrics.series import series_of
from metrics.summary import Summary, summarize, summary_of
from metrics.verdict import fell
from metrics.young import young_posts


class _CommonTerms(TypedDict):
    zone: ZoneInfo
    as_of: int
    platform: str
    readings: pd.DataFrame
    growth: Curves


def build_report(request: EngagementRequest) -> Report:
    zone, t = ZoneInfo(request.zone), translator(request.language).on(request.platform)
    posts, audience = table(request.posts), audience_table(request.audience)
    readings = table(request.readings) if request.readings else posts
    fixed: _CommonTerms = {
        "zone": zone,
        "as_of": request.as_of,
        "platform": request.platform,
        "readings": readings,
        "growth": curves(readings, request.platform, request.as_of),
    }
    period = resolve(request.period, request.as_of, zone)
    scope = open_scope(posts, audience, period=period, **fixed)
    summary = summary_of(scope)
    unfinished = _today(posts, audience, fixed)
    young = young_posts(
        posts, audience, zone=zone, as_of=request.as_of, platform=request.platform, readings=readings
    )
    if summary.organic.posts == 0 and unfinished and period.end == unfinished.period.start:
        # a file of one day is all about that day
        period, summary, unfinished = unfinished.period, unfinished, None
        scope = open_scope(posts, audience, period=period, **fixed)
    series = series_of(scope) if request.draw or request.goals else None
    picture = chart(summary, series, request, t) if request.draw and series else None
    facts = facts_of(summary, series) if series else {}
    data = channel_json(summary, request.title)
    if request.detailed:
        data |= shape(details(posts, audience, young, period=period, **fixed))
    return Report(
        text=caption(summary, unfinished, young, facts, request, t),
        picture=draw(picture, t) if picture else None,
        data=data,
        wants=_wants(summary),
        fell=fell(summary, request.episode, local_date(request.as_of, zone)),
    )


def _wants(summary: Summary) -> tuple[str, ...]:
    known = {"subscribers": summary.subscribers, "views": summary.totals.get("views")}
    return tuple(name for name, value in known.items() if value is None)


def _today(posts: pd.DataFrame, audience: pd.DataFrame, fixed: _CommonTerms) -> Summary | None:
    """Returns the day that is not over, where it has own posts; else None."""
    summary = summarize(posts, audience, period=today(fixed["as_of"], fixed["zone"]), **fixed)
    return None if summary.fallback or summary.organic.posts == 0 else summary
