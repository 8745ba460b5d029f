"""How one post grew with its age, in the band of the channel's other posts. The age runs on its log: the first day counts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.transforms import Bbox

from bot.core.charts.axes import tick_text, value_step, value_text, value_ticks
from bot.core.charts.data import AgeBand, AgePoint, GrowthChart
from bot.core.charts.frame import draw_heading
from bot.core.charts.legend import ROW, Item, draw_legend, laid_out, marker, stroke, usual_band
from bot.core.charts.scene import BACK, FRONT, MARK, RULED, STROKE
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    ASIDE,
    BASELINE,
    BOTTOM,
    GRID,
    HAIR,
    HEIGHT,
    LABEL,
    LEFT,
    LINE,
    MUTED,
    PAPER,
    RIGHT,
    SERIES,
    TICK,
    TOP,
    USUAL,
    USUAL_CENTRE,
    VALUE,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, shrunk
from bot.core.locales.translator import Translator

COLOUR = SERIES[0]
EXPECTED_H = 24.0
TICKS_H = (1, 3, 6, 12, 24, 72, 168, 720, 2160, 8760)
FIRST_H = 1.0
DAY_H = 24
AGES_ROOM, HEADING_ROOM, LABEL_ROOM = 52, 84, 55
HEADROOM = 1.12
MOST_TICKS = 5
DOT, EXPECTED_DOT, CAP = 15.0, 18.0, 16.0
GAP = 22


@dataclass(frozen=True, slots=True)
class _Plane:
    """A rectangle of ages and values; 0 at its foot."""

    box: Bbox
    first_h: float
    last_h: float
    limit: float

    def x(self, age_h: float) -> float:
        share = math.log(max(age_h, self.first_h) / self.first_h) / math.log(self.last_h / self.first_h)
        return float(self.box.x0 + share * self.box.width)

    def y(self, value: float) -> float:
        return float(self.box.y0 + value / self.limit * self.box.height)


def draw(chart: GrowthChart, t: Translator) -> bytes:
    """Draws a PNG of 1280x720. The same chart gives the same bytes."""
    sheet = Sheet()
    draw_heading(sheet, chart.title, chart.subtitle, t)
    lines = laid_out(_items(chart), t)
    draw_legend(sheet, lines)
    foot = BOTTOM + ROW * len(lines) + AGES_ROOM
    plane = _plane(chart, foot)
    label = fit(printable(chart.label), font(LABEL, bold=True), WIDTH - LEFT)
    sheet.text(
        28, plane.box.y1 + 15, label, font(LABEL, bold=True), color=COLOUR, va="baseline", zorder=FRONT
    )
    _draw_band(sheet, plane, chart.usual)
    _draw_grid(sheet, plane, t)
    _draw_post(sheet, plane, chart.points)
    _draw_expected(sheet, plane, chart)
    _draw_values(sheet, plane, chart, t)
    return sheet.png()


def _plane(chart: GrowthChart, foot: float) -> _Plane:
    ages = [point.age_h for point in chart.points] + [band.age_h for band in chart.usual]
    ages += [EXPECTED_H] if chart.expected else []
    values = [point.value for point in chart.points]
    values += [
        edge for band in chart.usual for edge in (band.low, band.centre, band.high) if edge is not None
    ]
    values += [chart.expected.high] if chart.expected else []
    first = min(FIRST_H, *ages)
    right, top = float(WIDTH - RIGHT), float(HEIGHT - TOP - HEADING_ROOM - LABEL_ROOM)
    box = Bbox([[float(LEFT), foot], [right, top]])
    return _Plane(box, first, max(*ages, 2 * first), max(*values, 1.0) * HEADROOM)


def _draw_band(sheet: Sheet, plane: _Plane, usual: Sequence[AgeBand]) -> None:
    """Draws white through the band; where there is none, a line that is seen on the paper."""
    low = [(plane.x(one.age_h), plane.y(one.low)) for one in usual if one.low is not None]
    high = [(plane.x(one.age_h), plane.y(one.high)) for one in usual if one.high is not None]
    if len(low) > 1:
        sheet.shape([*low, *reversed(high)], within=plane.box, facecolor=USUAL, edgecolor="none", zorder=BACK)
    xs, ys = [plane.x(one.age_h) for one in usual], [plane.y(one.centre) for one in usual]
    colour = USUAL_CENTRE if len(low) > 1 else BASELINE
    sheet.line(xs, ys, within=plane.box, color=colour, linewidth=HAIR * 2, zorder=RULED)


def _draw_grid(sheet: Sheet, plane: _Plane, t: Translator) -> None:
    box, step = plane.box, value_step(plane.limit, MOST_TICKS)
    for value in value_ticks(plane.limit, MOST_TICKS):
        y = plane.y(value)
        if y > box.y1 - TICK / 2:
            break
        colour = GRID if value else BASELINE
        sheet.line([box.x0, box.x1], [y, y], color=colour, linewidth=HAIR, zorder=RULED - 0.5)
        text = tick_text(value, step, "count", t)
        sheet.text(LEFT - 14, y, text, shrunk(text, TICK, LEFT - 28), color=MUTED, ha="right", va="center")
    for age in TICKS_H:
        if not plane.first_h <= age <= plane.last_h:
            continue
        x = plane.x(age)
        sheet.line([x, x], [box.y0 - 7, box.y0], color=BASELINE, linewidth=HAIR)
        sheet.text(x, box.y0 - 10, age_text(age, t), font(TICK), color=MUTED, ha="center", va="top")


def age_text(age_h: int, t: Translator) -> str:
    """Returns an age in words: «6 ч», «7 д»."""
    if age_h <= DAY_H:
        return t.plain("chart.age.hours", n=t.number(age_h))
    return t.plain("chart.age.days", n=t.number(age_h // DAY_H))


def _draw_post(sheet: Sheet, plane: _Plane, points: Sequence[AgePoint]) -> None:
    xs, ys = [plane.x(point.age_h) for point in points], [plane.y(point.value) for point in points]
    sheet.line(xs, ys, color=COLOUR, linewidth=LINE, solid_capstyle="round", zorder=STROKE)
    shown = slice(-1, None) if len(points) > len(TICKS_H) * 2 else slice(None)
    sheet.line(
        xs[shown],
        ys[shown],
        linestyle="none",
        marker="o",
        markersize=DOT,
        color=COLOUR,
        markeredgecolor=PAPER,
        markeredgewidth=2,
        zorder=MARK,
    )


def _draw_expected(sheet: Sheet, plane: _Plane, chart: GrowthChart) -> None:
    if chart.expected is None:
        return
    x = plane.x(EXPECTED_H)
    low, centre, high = (
        plane.y(edge) for edge in (chart.expected.low, chart.expected.centre, chart.expected.high)
    )
    for y in (low, high):
        sheet.line([x - CAP, x + CAP], [y, y], color=COLOUR, linewidth=LINE, zorder=STROKE)
    sheet.line([x, x], [low, high], color=COLOUR, linewidth=LINE, zorder=STROKE)
    sheet.line(
        [x],
        [centre],
        linestyle="none",
        marker="o",
        markersize=EXPECTED_DOT,
        markerfacecolor=PAPER,
        markeredgecolor=COLOUR,
        markeredgewidth=LINE,
        zorder=MARK,
    )


def _draw_values(sheet: Sheet, plane: _Plane, chart: GrowthChart, t: Translator) -> None:
    """Writes what the post has, large, beside its end; the expected, else the usual, small under it."""
    notes: list[tuple[float, str, str, bool]] = []
    if chart.points:
        last = chart.points[-1]
        notes.append((last.value, value_text(last.value, "count", t), t.plain("chart.age.now"), True))
    if chart.expected is not None:
        expected = chart.expected.centre
        text = value_text(round(expected), "count", t, approximate=True)
        notes.append((expected, text, t.plain("chart.age.expected"), False))
    elif chart.usual:
        usual = chart.usual[-1].centre
        notes.append((usual, value_text(round(usual), "count", t), t.plain("chart.usual"), False))
    floor = plane.box.y0 + ASIDE * 1.2
    for value, text, below, is_large in sorted(notes, key=lambda note: note[0]):
        y = max(min(plane.y(value), plane.box.y1 - VALUE / 2), floor)
        x, room = WIDTH - RIGHT + GAP, RIGHT - GAP - 8
        face = shrunk(text, VALUE if is_large else ASIDE, room, bold=is_large)
        colour = COLOUR if is_large else MUTED
        sheet.text(x, y, text, face, color=colour, va="center_baseline", zorder=FRONT)
        sheet.text(x, y - ASIDE * 1.2, below, shrunk(below, ASIDE, room), color=colour, va="center_baseline")
        floor = y + ASIDE * 2.6


def _items(chart: GrowthChart) -> list[Item]:
    has_band = any(one.low is not None for one in chart.usual)
    usual = usual_band if has_band else stroke(color=BASELINE, linewidth=HAIR * 2)
    return [
        Item("chart.legend.this_post", stroke(color=COLOUR, linewidth=LINE), shown=bool(chart.points)),
        Item("chart.legend.usual", usual, shown=bool(chart.usual)),
        Item(
            "chart.legend.expected",
            marker("o", 14, PAPER, 1.0, edge=COLOUR),
            shown=chart.expected is not None,
        ),
    ]
