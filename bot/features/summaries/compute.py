"""A request -> the summary: words, a picture, and for many channels a table. Runs in workers."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.core.charts.engagement import draw as draw_one
from bot.core.charts.grid import draw as draw_grid
from bot.core.locales import Translator, translator
from bot.features.summaries.caption import LISTED, caption
from bot.features.summaries.figures import Figures, figures
from bot.features.summaries.picture import grid, single
from bot.features.summaries.request import CHART_DAYS, DigestRequest
from bot.features.summaries.workbook import table_file
from metrics import periods


def build_digest(request: DigestRequest) -> Report:
    t = translator(request.language)
    days = max(CHART_DAYS[request.frequency], request.period.days)
    chart = periods.dates(request.last - timedelta(days=days - 1), request.last, ZoneInfo(request.zone))
    told = [figures(channel, request, chart) for channel in request.channels]
    return Report(
        text=caption(told, request, t),
        picture=_picture(told, request, t) if request.draw else None,
        document=table_file(told, request, t) if len(told) > LISTED else None,
    )


def _picture(told: Sequence[Figures], request: DigestRequest, t: Translator) -> bytes | None:
    """Draws the picture; None where nothing was published anywhere: a line says so."""
    if all(one.is_silent for one in told):
        return None
    if len(told) == 1:
        chart = single(told[0], request, t)
        return draw_one(chart, t) if chart else None
    sheet = grid(told, request, t)
    return draw_grid(sheet, t) if sheet else None
