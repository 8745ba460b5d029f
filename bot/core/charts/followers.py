"""Subscribers of a period: their count as a line, who came and went each day as bars up and down."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil

from matplotlib.transforms import Bbox

from bot.core.charts.axes import tick_text, whole_step
from bot.core.charts.data import CountedSubscribers, FlowDay, FollowersChart
from bot.core.charts.frame import DAYS_ROOM, SUBTITLE_ROOM, TITLE_ROOM, draw_days_axis, draw_heading
from bot.core.charts.legend import ROW, Item, bar, draw_legend, laid_out, marker, stroke
from bot.core.charts.noted import draw_noted, within
from bot.core.charts.plane import Plane
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    ASIDE,
    BASELINE,
    BOTTOM,
    DASHES,
    GRID,
    HAIR,
    HEIGHT,
    INK,
    LABEL,
    LEFT,
    LINE,
    MUTED,
    PAID,
    RIGHT,
    SERIES,
    TICK,
    TOP,
    VALUE,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, shrunk
from bot.core.locales.translator import APPROXIMATELY, Translator

CAME, WENT = SERIES[0], PAID
PANEL_LABEL, BETWEEN, LABEL_GAP = 55, 12, 15
BARS_SHARE = 0.47  # of the height
TICK_GAP, TICKS = 14, 4
GUTTER_GAP = 22
MARGIN_SHARE = 0.12  # of what the line spans, above and below it
SMALLEST_SPAN = 4.0  # subscribers: a count that stands still is a line in the middle
BAR_SHARE, WIDEST_BAR = 0.72, 44.0
COMPACT_FROM = 100_000


def draw(chart: FollowersChart, t: Translator) -> bytes:
    """Draws a PNG of 1280x720; the same chart gives the same bytes."""
    sheet = Sheet()
    draw_heading(sheet, chart.title, chart.subtitle, t)
    bars = any(_ends(day) for day in chart.days)
    legend = laid_out(_items(chart), t)
    draw_legend(sheet, legend)
    first, last = chart.days[0].day, chart.days[-1].day
    foot = BOTTOM + ROW * len(legend)
    draw_days_axis(sheet, first, last, foot, t)
    above, below = _places(foot + DAYS_ROOM, has_bars=bars)
    upper, lower = Plane(above, first, last, 1.0), Plane(below, first, last, 1.0)
    _draw_counts(sheet, upper, chart, t)
    draw_noted(sheet, upper, chart.noted)
    if bars:
        _draw_bars(sheet, lower, chart, t)
        draw_noted(sheet, lower, chart.noted)
    return sheet.png()


def _places(foot: float, *, has_bars: bool) -> tuple[Bbox, Bbox]:
    ceiling = HEIGHT - TOP - TITLE_ROOM - SUBTITLE_ROOM
    middle: float = foot + (ceiling - foot) * (BARS_SHARE if has_bars else 0)
    above: float = middle + (BETWEEN if has_bars else 0)
    return (
        Bbox([[LEFT, above], [float(WIDTH - RIGHT), ceiling - PANEL_LABEL]]),
        Bbox([[LEFT, foot], [WIDTH - RIGHT, middle - PANEL_LABEL]]),
    )


def _items(chart: FollowersChart) -> list[Item]:
    seen = any(day.joined is not None for day in chart.days)
    nets = [day.net for day in chart.days if day.net is not None]
    rough = any(one.approximate for one in chart.counts)
    return [
        Item("chart.legend.subscribers", stroke(color=INK, linewidth=LINE), bool(chart.counts)),
        Item(
            "chart.legend.approximate",
            stroke(color=MUTED, linewidth=LINE, linestyle=DASHES, dash_capstyle="butt"),
            rough,
        ),
        Item("chart.legend.noted", marker("v", 15, INK, 1.0), _is_marked(chart)),
        Item("chart.legend.joined", bar(CAME), seen),
        Item("chart.legend.left", bar(WENT), seen),
        Item("chart.legend.more", bar(CAME), not seen and any(net > 0 for net in nets)),
        Item("chart.legend.fewer", bar(WENT), not seen and any(net < 0 for net in nets)),
    ]


def _is_marked(chart: FollowersChart) -> bool:
    return bool(within(chart.days[0].day, chart.days[-1].day, chart.noted))


def _draw_counts(sheet: Sheet, plane: Plane, chart: FollowersChart, t: Translator) -> None:
    box, counts = plane.box, chart.counts
    _label(sheet, box, t.plain("chart.subscribers"), INK)
    if not counts:
        sheet.hatched(box, zorder=1)
        return
    low, high = min(one.count for one in counts), max(one.count for one in counts)
    margin = max(SMALLEST_SPAN, (high - low) * MARGIN_SHARE)
    low, high = max(0.0, low - margin), high + margin

    def height(value: float) -> float:
        return float(box.y0 + (value - low) / (high - low) * box.height)

    step = whole_step(high - low, TICKS)
    for number in range(ceil(low / step), int(high / step) + 1):
        _ruled(sheet, box, height(number * step), tick_text(number * step, step, "count", t), GRID)
    _draw_line(sheet, plane, counts, height)
    last = counts[-1]
    sheet.line([plane.moment(last.at)], [height(last.count)], marker="o", markersize=13, color=INK, zorder=6)
    count = t.compact(last.count) if last.count >= COMPACT_FROM else t.number(last.count)
    text = (APPROXIMATELY if last.approximate else "") + count
    y = min(max(height(last.count), box.y0 + ASIDE), box.y1 - VALUE / 2)
    _aside(sheet, y, text, VALUE, INK, bold=True)
    _aside(sheet, y - VALUE * 0.95, chart.net, ASIDE, MUTED)


def _draw_line(
    sheet: Sheet, plane: Plane, counts: Sequence[CountedSubscribers], height: Callable[[float], float]
) -> None:
    for left, right in pairwise(counts):
        rough = left.approximate or right.approximate
        sheet.line(
            [plane.moment(left.at), plane.moment(right.at)],
            [height(left.count), height(right.count)],
            color=MUTED if rough else INK,
            linewidth=LINE,
            linestyle=DASHES if rough else "-",
            solid_capstyle="round",
            within=plane.box,
            zorder=5,
        )


def _draw_bars(sheet: Sheet, plane: Plane, chart: FollowersChart, t: Translator) -> None:
    box = plane.box
    seen = any(day.joined is not None for day in chart.days)
    _label(sheet, box, t.plain("chart.flow" if seen else "chart.net_of_day"), CAME)
    up = max((_ends(day) or (0, 0))[0] for day in chart.days)
    down = max((_ends(day) or (0, 0))[1] for day in chart.days)
    limit = max(1.0, up + down)
    zero = box.y0 + box.height * down / limit
    scale = box.height / limit
    step = whole_step(limit, TICKS)
    for number in range(-int(down / step), int(up / step) + 1):
        colour = GRID if number else BASELINE
        _ruled(
            sheet, box, zero + number * step * scale, tick_text(abs(number * step), step, "count", t), colour
        )
    width = min(WIDEST_BAR, plane.day_width * BAR_SHARE)
    for day in chart.days:
        ends = _ends(day)
        if ends is None:
            sheet.hatched(
                Bbox(
                    [[plane.midnight(day.day), box.y0], [plane.midnight(day.day) + plane.day_width, box.y1]]
                ),
                zorder=1,
            )
            continue
        x = plane.noon(day.day) - width / 2
        for value, colour in ((ends[0], CAME), (-ends[1], WENT)):
            if value:
                y = sorted((zero, zero + value * scale))
                sheet.box(Bbox([[x, y[0]], [x + width, y[1]]]), facecolor=colour, edgecolor="none", zorder=4)


def _ends(day: FlowDay) -> tuple[float, float] | None:
    """Returns how far the bars of a day reach up and down; None where nothing is known of it."""
    if day.joined is not None and day.left is not None:
        return day.joined, day.left
    return None if day.net is None else (max(0.0, day.net), max(0.0, -day.net))


def _label(sheet: Sheet, box: Bbox, text: str, colour: str) -> None:
    face = font(LABEL, bold=True)
    words = fit(text, face, WIDTH - 2 * TICK_GAP - RIGHT / 2)
    sheet.text(2 * TICK_GAP, box.y1 + LABEL_GAP, words, face, color=colour, va="baseline", zorder=7)


def _ruled(sheet: Sheet, box: Bbox, y: float, text: str, colour: str) -> None:
    sheet.line([box.x0, box.x1], [y, y], color=colour, linewidth=HAIR, zorder=2)
    face = shrunk(text, TICK, LEFT - TICK_GAP - 4)
    sheet.text(LEFT - TICK_GAP, y, text, face, color=MUTED, ha="right", va="center")


def _aside(sheet: Sheet, y: float, text: str, size: float, colour: str, *, bold: bool = False) -> None:
    face = shrunk(text, size, RIGHT - GUTTER_GAP - 8, bold=bold)
    sheet.text(WIDTH - RIGHT + GUTTER_GAP, y, text, face, color=colour, va="center_baseline", zorder=7)
