"""A request -> the answer to `/top`. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.answers.request import resolve
from bot.core.locales import translator
from bot.core.parsing.rankings import MOST_SHOWN
from bot.features.top.request import TopRequest
from bot.features.top.words import words
from metrics.frame import audience_table, table
from metrics.json_shape import shape
from metrics.ranking.posts import top


def build_report(request: TopRequest) -> Report:
    asked = request.engagement
    zone = ZoneInfo(asked.zone)
    found = top(
        table(asked.posts),
        audience_table(asked.audience),
        period=resolve(asked.period, asked.as_of, zone),
        zone=zone,
        as_of=asked.as_of,
        platform=asked.platform,
        by=request.by,
        shown=min(request.count, MOST_SHOWN),
        readings=table(asked.readings) if asked.readings else None,
    )
    return Report(
        text=words(found, request, translator(asked.language).on(asked.platform)), data={"top": shape(found)}
    )
