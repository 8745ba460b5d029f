"""A map of hours: how much more or less than usual happens in each, darker for more."""

from math import log2

from matplotlib.transforms import Bbox

from bot.core.charts.data import HeatChart, HeatRow
from bot.core.charts.frame import SIDE, draw_heading
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    ASIDE,
    BOTTOM,
    HEIGHT,
    INK,
    LABEL,
    LEGEND,
    MUTED,
    TICK,
    TOP,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, shrunk, width
from bot.core.locales.translator import Translator

LABELS, NOTES = 80, 132  # pixels at both ends of a row
HEADING, FOOT = 150, 96
GAP = 3
FIRST_TALLER = 1.35
TIMES = 2.0  # twice the usual is the darkest, half of it the lightest
# From light to dark in one hue, so that it reads in grey, too.
STEPS = ("#eef4fa", "#d3e3f2", "#aecbe6", "#7fabd5", "#4c86bf", "#1f63a6", "#0b3f7a")
WRITTEN = 3  # cells that share a figure
KEY_CELL = 46


def draw(chart: HeatChart, t: Translator) -> bytes:
    """Draws a PNG of 1280x720; the same chart gives the same bytes."""
    sheet = Sheet()
    draw_heading(sheet, chart.title, chart.subtitle, t)
    face = font(LABEL, bold=True)
    room = WIDTH - 2 * SIDE
    sheet.text(
        SIDE, HEIGHT - TOP - 122, fit(printable(chart.label), face, room), face, color=INK, va="baseline"
    )
    top, foot = float(HEIGHT - HEADING - 14), BOTTOM + FOOT
    unit = (top - foot) / (len(chart.rows) - 1 + FIRST_TALLER)
    cell = (WIDTH - 2 * SIDE - LABELS - NOTES) / len(chart.columns)
    for number, row in enumerate(chart.rows):
        height = unit * (FIRST_TALLER if number == 0 else 1)
        _draw_row(
            sheet,
            row,
            Bbox([[SIDE + LABELS, top - height], [SIDE + LABELS + cell, top]]),
            t,
            is_first=number == 0,
        )
        top -= height
    _columns(sheet, chart, SIDE + LABELS, cell, foot)
    _key(sheet, t, has_gaps=any(None in row.cells for row in chart.rows))
    return sheet.png()


def _draw_row(sheet: Sheet, row: HeatRow, first: Bbox, t: Translator, *, is_first: bool) -> None:
    middle = (first.y0 + first.y1) / 2
    face = shrunk(row.label, TICK, LABELS - 10, bold=is_first)
    sheet.text(SIDE, middle, row.label, face, color=INK if is_first else MUTED, va="center_baseline")
    for number, value in enumerate(row.cells):
        left = first.x0 + number * first.width
        place = Bbox(
            [[left + GAP / 2, first.y0 + GAP / 2], [left + first.width - GAP / 2, first.y1 - GAP / 2]]
        )
        if value is None:
            sheet.hatched(place, zorder=1)
            continue
        step = _step(value)
        sheet.box(place, facecolor=STEPS[step], edgecolor="none", zorder=2)
    if is_first:
        _write_means(sheet, row, first, t)
    if row.note:
        face = shrunk(row.note, ASIDE, NOTES - 12)
        sheet.text(WIDTH - SIDE - NOTES + 12, middle, row.note, face, color=MUTED, va="center_baseline")


def _write_means(sheet: Sheet, row: HeatRow, first: Bbox, t: Translator) -> None:
    """Writes one figure for every WRITTEN cells, their mean: a phone shows no smaller ones."""
    middle = (first.y0 + first.y1) / 2
    for start in range(0, len(row.cells), WRITTEN):
        known = [value for value in row.cells[start : start + WRITTEN] if value is not None]
        if not known:
            continue
        mean = sum(known) / len(known)
        text = t.number(mean, 1)
        x = first.x0 + (start + WRITTEN / 2) * first.width
        face = font(LABEL, bold=True)
        sheet.text(
            x,
            middle,
            text,
            face,
            color=INK,
            ha="center",
            va="center_baseline",
            zorder=3,
            has_halo=True,
        )


def _step(value: float) -> int:
    """Returns a step of the scale: 0 for half the usual and less, the last for twice as much and more."""
    place = (log2(max(value, 1e-6)) / log2(TIMES) + 1) / 2
    return min(len(STEPS) - 1, max(0, round(place * (len(STEPS) - 1))))


def _columns(sheet: Sheet, chart: HeatChart, left: float, cell: float, foot: float) -> None:
    for number, label in enumerate(chart.columns):
        if label:
            x = left + (number + 0.5) * cell
            sheet.text(x, foot - 8, label, font(TICK), color=MUTED, ha="center", va="top")


def _key(sheet: Sheet, t: Translator, *, has_gaps: bool) -> None:
    y, x = BOTTOM + 16, float(SIDE)
    for words, is_before in ((t.plain("chart.half_usual"), True), (t.plain("chart.twice_usual"), False)):
        if not is_before:
            for step in STEPS:
                sheet.box(Bbox([[x, y - 13], [x + KEY_CELL - GAP, y + 13]]), facecolor=step, edgecolor="none")
                x += KEY_CELL
            x += 8
        face = font(LEGEND)
        sheet.text(x, y, words, face, color=MUTED, va="center_baseline")
        x += width(words, face) + 12
    if not has_gaps:
        return
    x += 20
    sheet.hatched(Bbox([[x, y - 13], [x + KEY_CELL, y + 13]]))
    sheet.text(
        x + KEY_CELL + 10, y, t.plain("chart.too_few"), font(LEGEND), color=MUTED, va="center_baseline"
    )
