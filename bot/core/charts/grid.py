"""Many channels on one picture: a small chart each, two in a row, so that a phone still shows what is written."""

from datetime import date, timedelta

from matplotlib.transforms import Bbox

from bot.core.charts.axes import day_text
from bot.core.charts.data import GridCell, GridChart, Panel
from bot.core.charts.days import draw_days
from bot.core.charts.ground import draw_missing, draw_usual, draw_young
from bot.core.charts.legend import ROW as LEGEND_ROW
from bot.core.charts.legend import draw_legend
from bot.core.charts.legend import rows as legend_rows
from bot.core.charts.limits import value_limit
from bot.core.charts.noted import draw_noted, within
from bot.core.charts.plane import Plane
from bot.core.charts.scene import FRONT, Scene
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    ASIDE,
    BASELINE,
    HAIR,
    HEIGHT,
    INK,
    LABEL,
    MUTED,
    SERIES,
    SUBTITLE,
    TITLE,
    TOP,
    VALUE,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, width
from bot.core.locales.translator import Translator

SIDE, BETWEEN, FOOT = 28, 44, 20
HEADING = 118
COLUMNS, WIDE_UP_TO = 2, 3  # so few lie one over the other, at full width
ROW = 248  # pixels of a row where there are many
CELL_HEAD, CELL_FOOT = 88, 34
LABEL_SIZE, LABEL_ROW = ASIDE - 2, 28
POINT = " · "
SMALL_FLAG = 12.0


def draw(chart: GridChart, t: Translator) -> bytes:
    """Draws a PNG 1280 wide; the height grows with the rows. The same chart gives the same bytes."""
    columns = 1 if len(chart.cells) <= WIDE_UP_TO else COLUMNS
    rows = -(-len(chart.cells) // columns)
    panels = tuple(cell.panel for cell in chart.cells if cell.panel)
    height = max(HEIGHT, HEADING + FOOT + LEGEND_ROW + rows * ROW)
    sheet = Sheet(height)
    noted = any(cell.panel and within(*_span(cell.panel), cell.noted) for cell in chart.cells)
    legend = legend_rows(panels, SERIES[0], t, noted=noted)
    draw_legend(sheet, legend)
    _heading(sheet, chart, height)
    row = (height - HEADING - FOOT - LEGEND_ROW * len(legend)) / rows
    column = (WIDTH - 2 * SIDE - BETWEEN * (columns - 1)) / columns
    for number, cell in enumerate(chart.cells):
        left = SIDE + number % columns * (column + BETWEEN)
        top = height - HEADING - number // columns * row
        _draw_cell(sheet, cell, Bbox([[left, top - row], [left + column, top]]), t)
    return sheet.png()


def _heading(sheet: Sheet, chart: GridChart, height: int) -> None:
    room = WIDTH - 2 * SIDE
    title, subtitle = font(TITLE, bold=True), font(SUBTITLE)
    y = height - TOP - 30
    sheet.text(SIDE, y, fit(chart.title, title, room), title, color=INK, va="baseline")
    words = fit(chart.subtitle, subtitle, room)
    sheet.text(SIDE, y - 42, words, subtitle, color=MUTED, va="baseline")


def _draw_cell(sheet: Sheet, cell: GridCell, place: Bbox, t: Translator) -> None:
    figure = font(VALUE, bold=True)
    taken = width(cell.figure, figure) + 16 if cell.figure else 0
    title = printable(cell.title) or t.plain("chart.untitled")
    face = font(LABEL, bold=True)
    shown = fit(title, face, place.width - taken)
    sheet.text(place.x0, place.y1 - 36, shown, face, color=INK, va="baseline")
    if cell.panel is None:
        sheet.text(place.x0, place.y1 - 72, t.plain("chart.nothing"), font(ASIDE), color=MUTED, va="baseline")
        return
    sheet.text(place.x1, place.y1 - 38, cell.figure, figure, color=SERIES[0], ha="right", va="baseline")
    lines = _label_lines(printable(cell.panel.label), place.width)
    for number, line in enumerate(lines):
        y = place.y1 - 70 - number * LABEL_ROW
        sheet.text(place.x0, y, line, font(LABEL_SIZE), color=MUTED, va="baseline")
    _draw_plot(sheet, cell, cell.panel, place, t, head=CELL_HEAD + (len(lines) - 1) * LABEL_ROW)


def _label_lines(label: str, room: float) -> list[str]:
    """Returns one line, or two parted where the label has a point in the middle.

    Smaller letters a phone would not show.
    """
    face, parts = font(LABEL_SIZE), label.split(POINT)
    if width(label, face) <= room or len(parts) == 1:
        return [fit(label, face, room)]
    first = parts[:1]
    while len(first) + 1 < len(parts) and width(POINT.join(parts[: len(first) + 1]), face) <= room:
        first = parts[: len(first) + 1]
    return [fit(POINT.join(some), face, room) for some in (first, parts[len(first) :])]


def _draw_plot(
    sheet: Sheet, cell: GridCell, panel: Panel, place: Bbox, t: Translator, *, head: float
) -> None:
    first, last = _span(panel)
    box = Bbox([[place.x0, place.y0 + CELL_FOOT], [place.x1, place.y1 - head]])
    scene = Scene(sheet, Plane(box, first, last, value_limit(panel)), panel, SERIES[0], t)
    draw_usual(scene)
    draw_missing(scene)
    draw_young(scene)
    sheet.line([box.x0, box.x1], [box.y0, box.y0], color=BASELINE, linewidth=HAIR)
    draw_days(scene)
    draw_noted(sheet, scene.plane, cell.noted, flag=SMALL_FLAG)
    for day, x, side in ((first, box.x0, "left"), (last, box.x1, "right")):
        text = day_text(day, first, last, t)
        sheet.text(x, box.y0 - 6, text, font(ASIDE - 4), color=MUTED, ha=side, va="top", zorder=FRONT)


def _span(panel: Panel) -> tuple[date, date]:
    days = [point.day for point in panel.days]
    return days[0], max(days[-1], days[0] + timedelta(days=1))
