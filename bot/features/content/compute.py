"""A request -> the answer to `/content`: numbers, words and picture of the same figures. Runs in workers."""

from functools import partial
from zoneinfo import ZoneInfo

from bot.answers.compared import columns, range_rows
from bot.answers.report import Report
from bot.answers.request import EngagementRequest, resolve
from bot.answers.spans import period_words
from bot.answers.tables import asked_tables
from bot.core.charts.data import RangeRow, RangesChart
from bot.core.charts.ranges import draw
from bot.core.locales import Translator, translator
from bot.features.content.words import PARTS, caption, groups_of, name_of
from metrics.content import Content, content_of
from metrics.json_shape import shape

HASHTAGS_DRAWN = 5


def build_report(request: EngagementRequest) -> Report:
    t = translator(request.language)
    tables = asked_tables(request)
    period = resolve(request.period, request.as_of, ZoneInfo(request.zone))
    found = content_of(tables.scope(period), tables.posts)
    chart = _chart(found, request, t)
    return Report(
        text=caption(found, request, t),
        picture=draw(chart, t) if chart else None,
        data={"content": shape(found)},
    )


def _chart(found: Content, request: EngagementRequest, t: Translator) -> RangesChart | None:
    """Returns the chart; None where no group has enough posts."""
    rows: list[RangeRow] = []
    for part in PARTS:
        groups = groups_of(found, part)[: HASHTAGS_DRAWN if part == "hashtag" else None]
        rows += range_rows(t.plain(f"content.part.{part}"), groups, partial(name_of, part, t), t)
    if not rows:
        return None
    subtitle = f"{period_words(found.period, request, t)} · {t.plural('er.posts', found.n)}"
    return RangesChart(request.title, subtitle, columns(t), tuple(rows))
