"""Groups beside all others: a row each, its difference in percent as a dot with its interval, about the line of no difference."""

from collections.abc import Iterator
from math import floor, log10

from matplotlib.transforms import Bbox

from bot.core.charts.data import Range, RangeRow, RangesChart
from bot.core.charts.frame import SIDE, draw_heading
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    ASIDE,
    BASELINE,
    GRID,
    HAIR,
    HEIGHT,
    INK,
    LABEL,
    LEGEND,
    LINE,
    MUTED,
    PAPER,
    SERIES,
    SUBTITLE,
    TICK,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, shrunk
from bot.core.locales.translator import Translator

LABELS, NOTES, BETWEEN = 264, 120, 40
HEADING, FOOT = 168, 104
ROW, HEADING_ROW = 44, 56
SMALLEST, LARGEST = 10.0, 200.0  # percent that an axis reaches to
MARKER, THICK = 15.0, 7.0
WIDEST_TICK = 0.8  # of the axis: a figure further out would run into the next column


def draw(chart: RangesChart, t: Translator) -> bytes:
    """Draws a PNG 1280 wide; the height grows with the rows. The same chart gives the same bytes."""
    heights = [ROW if row.ranges else HEADING_ROW for row in chart.rows]
    height = max(HEIGHT, HEADING + FOOT + sum(heights))
    sheet = Sheet(height)
    draw_heading(sheet, chart.title, chart.subtitle, t, height=height)
    foot = height - HEADING - sum(heights)
    places = list(_places(chart, foot, height - HEADING))
    for number, (title, place) in enumerate(zip(chart.columns, places, strict=True)):
        _draw_column(sheet, title, place, _reach(chart, number), t)
    y = float(height - HEADING)
    for row, taken in zip(chart.rows, heights, strict=True):
        y -= taken
        _draw_row(sheet, row, places, [_reach(chart, n) for n in range(len(places))], y)
    _legend(sheet, t)
    return sheet.png()


def _places(chart: RangesChart, foot: float, top: float) -> Iterator[Bbox]:
    count = len(chart.columns)
    room = (WIDTH - 2 * SIDE - LABELS - NOTES - BETWEEN * (count - 1)) / count
    for number in range(count):
        left = SIDE + LABELS + number * (room + BETWEEN)
        yield Bbox([[left, foot], [left + room, top]])


def _reach(chart: RangesChart, column: int) -> float:
    """Returns how far the axis goes on both sides: no end is cut below LARGEST."""
    ends = [
        abs(end)
        for row in chart.rows
        for one in row.ranges[column : column + 1]
        for end in (one.value, one.low, one.high)
        if end is not None
    ]
    return min(LARGEST, max(SMALLEST, *ends, 0.0) * 1.08)


def _draw_column(sheet: Sheet, title: str, place: Bbox, reach: float, t: Translator) -> None:
    face = shrunk(title, LABEL, place.width, bold=True)
    sheet.text(place.x0, place.y1 + 14, title, face, color=INK, va="baseline")
    step = _tick(reach)
    for number in (-1, 0, 1):
        x = _x(place, number * step, reach)
        look = (BASELINE, HAIR * 2) if number == 0 else (GRID, HAIR)
        sheet.line([x, x], [place.y0, place.y1], color=look[0], linewidth=look[1], zorder=1)
        text = "0" if number == 0 else _signed(number * step, t)
        sheet.text(x, place.y0 - 8, text, font(TICK - 3), color=MUTED, ha="center", va="top")


def _tick(reach: float) -> float:
    """Returns the largest round step within the axis that leaves room for its figure: one on each side."""
    unit = 10.0 ** floor(log10(reach))
    return max(nice * unit for nice in (0.5, 1.0, 2.0, 5.0) if nice * unit <= reach * WIDEST_TICK)


def _draw_row(sheet: Sheet, row: RangeRow, places: list[Bbox], reaches: list[float], y: float) -> None:
    if not row.ranges:
        face = font(SUBTITLE, bold=True)
        label = fit(printable(row.label), face, LABELS)
        sheet.text(SIDE, y + 12, label, face, color=SERIES[0], va="baseline")
        return
    middle, face = y + ROW / 2, font(ASIDE)
    label = fit(printable(row.label), face, LABELS - 16)
    sheet.text(SIDE, middle, label, face, color=INK, va="center_baseline")
    note = shrunk(row.note, ASIDE - 2, NOTES - 12)
    sheet.text(WIDTH - SIDE - NOTES + 12, middle, row.note, note, color=MUTED, va="center_baseline")
    for one, place, reach in zip(row.ranges, places, reaches, strict=True):
        _draw_range(sheet, one, place, reach, middle)


def _draw_range(sheet: Sheet, one: Range, place: Bbox, reach: float, y: float) -> None:
    if one.value is None:
        return
    colour = SERIES[0] if one.is_sure else MUTED
    if one.low is not None and one.high is not None:
        ends = [_x(place, end, reach) for end in (one.low, one.high)]
        width = THICK if one.is_sure else LINE
        sheet.line(ends, [y, y], color=colour, linewidth=width, solid_capstyle="round", zorder=3)
    sheet.line(
        [_x(place, one.value, reach)],
        [y],
        marker="o",
        markersize=MARKER,
        markerfacecolor=colour if one.is_sure else PAPER,
        markeredgecolor=colour,
        markeredgewidth=3,
        zorder=4,
    )


def _x(place: Bbox, value: float, reach: float) -> float:
    """Returns the x of a value within the place: an end beyond the axis stands at its edge."""
    part = (min(reach, max(-reach, value)) + reach) / (2 * reach)
    return float(place.x0 + part * place.width)


def _signed(value: float, t: Translator) -> str:
    return f"{'+' if value > 0 else '−'}{t.number(abs(value))}{t.percent_sign}"


def _legend(sheet: Sheet, t: Translator) -> None:
    y = 34.0
    for x, words, is_sure in ((SIDE, "chart.legend.sure", True), (WIDTH / 2, "chart.legend.unsure", False)):
        place = Bbox([[x, y - 10], [x + 56, y + 10]])
        _draw_range(sheet, Range(0.0, -9.0, 9.0, is_sure), place, 10.0, y)
        sheet.text(x + 70, y, t.plain(words), font(LEGEND), color=MUTED, va="center_baseline")
