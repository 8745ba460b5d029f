"""Engagement over time: one or two measures, stacked over one time axis."""

from collections.abc import Sequence
from datetime import date, timedelta

from matplotlib.transforms import Bbox

from bot.core.charts.data import Band, DayPoint, EngagementChart, Panel, PostDot, Unit
from bot.core.charts.days import draw_days
from bot.core.charts.dots import draw_dots, draw_overflow
from bot.core.charts.frame import DAYS_ROOM, SUBTITLE_ROOM, TITLE_ROOM, draw_days_axis, draw_heading
from bot.core.charts.ground import draw_ground, draw_label, draw_nothing
from bot.core.charts.gutter import draw_gutter
from bot.core.charts.legend import ROW, draw_legend, rows
from bot.core.charts.limits import value_limit
from bot.core.charts.noted import draw_noted, within
from bot.core.charts.plane import Plane
from bot.core.charts.scene import Scene
from bot.core.charts.series import valued
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import BOTTOM, HEIGHT, LEFT, MUTED, RIGHT, SERIES, TOP, WIDTH
from bot.core.locales.translator import Translator

__all__ = ["Band", "DayPoint", "EngagementChart", "Panel", "PostDot", "Unit", "draw"]

PANEL_LABEL, BETWEEN = 55, 12
EPOCH = date(1970, 1, 1)


def draw(chart: EngagementChart, t: Translator) -> bytes:
    """Draws a PNG of 1280x720. The same chart gives the same bytes."""
    sheet = Sheet()
    draw_heading(sheet, chart.title, chart.subtitle, t)
    first, last = _span(chart.panels)
    marked = bool(within(first, last, chart.noted))
    words = rows(chart.panels, SERIES[0] if len(chart.panels) == 1 else MUTED, t, noted=marked)
    draw_legend(sheet, words)
    foot = BOTTOM + ROW * len(words)
    draw_days_axis(sheet, first, last, foot, t)
    for place, panel, colour in zip(
        _places(len(chart.panels), foot + DAYS_ROOM), chart.panels, SERIES, strict=False
    ):
        scene = Scene(sheet, Plane(place, first, last, value_limit(panel)), panel, colour, t)
        _draw_panel(scene)
        draw_noted(sheet, scene.plane, chart.noted)
    return sheet.png()


def _draw_panel(scene: Scene) -> None:
    draw_label(scene)
    if not valued(scene.panel.days) and not scene.panel.dots:
        draw_nothing(scene)
        return
    draw_ground(scene)
    draw_dots(scene)
    draw_days(scene)
    draw_overflow(scene)
    draw_gutter(scene)


def _span(panels: Sequence[Panel]) -> tuple[date, date]:
    days = {point.day for panel in panels for point in panel.days}
    days |= {dot.at.date() for panel in panels for dot in panel.dots}
    return min(days, default=EPOCH), max(days, default=EPOCH + timedelta(days=6))


def _places(count: int, foot: float) -> list[Bbox]:
    """Returns the rectangles of the panels, top first."""
    ceiling = HEIGHT - TOP - TITLE_ROOM - SUBTITLE_ROOM
    share = (ceiling - foot - BETWEEN * (count - 1)) / count
    tops = [ceiling - index * (share + BETWEEN) for index in range(count)]
    return [Bbox([[LEFT, top - share], [WIDTH - RIGHT, top - PANEL_LABEL]]) for top in tops]
