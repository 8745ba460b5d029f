"""The words under the picture: only for what is in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from matplotlib.transforms import Bbox

from bot.core.charts.data import DayPoint, Panel
from bot.core.charts.limits import value_limit
from bot.core.charts.series import young_runs
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    BOTTOM,
    DASHES,
    FUZZ,
    INK,
    LEGEND,
    LINE,
    MARKED,
    MARKED_EDGE,
    MUTED,
    NOT_YET,
    PAID,
    USUAL,
    USUAL_CENTRE,
    WIDTH,
    font,
)
from bot.core.charts.text import width
from bot.core.locales.translator import Translator

SAMPLE, SAMPLE_GAP, ITEM_GAP = 40, 10, 30
ROW = 38
MARGIN = 28

Draw = Callable[[Sheet, float, float], None]  # a sample from x on, its middle at y


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    draw: Draw
    shown: bool


Lines = list[list[tuple[Item, str, float]]]  # items with their word and width


def rows(panels: tuple[Panel, ...], colour: str, t: Translator, *, noted: bool = False) -> Lines:
    """Returns the legend of what is in these panels; `noted`: and of marks of notes."""
    note = Item("chart.legend.noted", marker("v", 15, INK, 1.0), noted)
    return laid_out([*_items(panels, colour), note], t)


def laid_out(items: Iterable[Item], t: Translator) -> Lines:
    """Returns those items that are shown, broken into lines that fit the picture."""
    lines: Lines = [[]]
    used = 0.0
    for item in items:
        if not item.shown:
            continue
        word = t.plain(item.code)
        needed = SAMPLE + SAMPLE_GAP + width(word, font(LEGEND)) + ITEM_GAP
        if used + needed > WIDTH - 2 * MARGIN + ITEM_GAP:
            lines.append([])
            used = 0.0
        lines[-1].append((item, word, needed))
        used += needed
    return [line for line in lines if line]


def draw_legend(sheet: Sheet, lines: Lines) -> None:
    for index, line in enumerate(reversed(lines)):
        y = BOTTOM + ROW * (index + 0.4)
        x = float(MARGIN)
        for item, word, needed in line:
            item.draw(sheet, x, y)
            sheet.text(x + SAMPLE + SAMPLE_GAP, y, word, font(LEGEND), color=MUTED, va="center_baseline")
            x += needed


def _items(panels: tuple[Panel, ...], colour: str) -> list[Item]:
    days: list[DayPoint] = [point for panel in panels for point in panel.days]
    known = [point for point in days if point.value is not None]
    dots = [dot for panel in panels for dot in panel.dots]
    clipped = any(map(_is_clipped, panels))
    return [
        Item("chart.legend.day", stroke(color=colour, linewidth=LINE), any(point.final for point in known)),
        Item(
            "chart.legend.young",
            stroke(color=MUTED, linewidth=LINE, linestyle=DASHES, dash_capstyle="butt"),
            any(not point.final for point in known) or any(not dot.final for dot in dots),
        ),
        Item("chart.legend.post", marker("o", 14, colour, 0.6), any(not dot.paid for dot in dots)),
        Item("chart.legend.paid", marker("D", 13, PAID, 0.9), any(dot.paid for dot in dots)),
        Item("chart.legend.marked", _marked, any(panel.marked for panel in panels)),
        Item("chart.legend.usual", usual_band, any(panel.band or any(panel.day_bands) for panel in panels)),
        Item(
            "chart.legend.approximate",
            stroke(color=colour, linewidth=FUZZ, alpha=0.3, solid_capstyle="round"),
            any(point.approximate for point in known),
        ),
        Item(
            "chart.legend.missing", _hatched, any(point.value is None and point.posts > 0 for point in days)
        ),
        Item("chart.legend.not_yet", _not_yet, any(True for panel in panels for _ in young_runs(panel.days))),
        Item("chart.legend.beyond", marker("^", 15, colour, 1.0), clipped),
    ]


def _is_clipped(panel: Panel) -> bool:
    """Tells whether values lie over the limit, which costs a pass over all of them: once a panel."""
    values = [point.value for point in panel.days if point.value is not None]
    values += [dot.value for dot in panel.dots]
    return bool(values) and max(values) > value_limit(panel)


def stroke(**look: Any) -> Draw:
    """Returns a sample of a line that looks so."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        inset = FUZZ / 2 if look.get("linewidth") == FUZZ else 0
        sheet.line([x + inset, x + SAMPLE - inset], [y, y], **look)

    return draw


def marker(shape: str, size: float, colour: str, opacity: float, *, edge: str | None = None) -> Draw:
    """Returns a sample of a mark; `edge`: of a ring."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        middle = x + SAMPLE * 0.6
        sheet.line(
            [middle],
            [y],
            linestyle="none",
            marker=shape,
            markersize=size,
            color=colour,
            markeredgewidth=3 if edge else 0,
            markeredgecolor=edge or colour,
            alpha=opacity,
        )

    return draw


def bar(colour: str) -> Draw:
    """Returns a sample of a bar."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        place = Bbox([[x + SAMPLE * 0.3, y - 12], [x + SAMPLE * 0.7, y + 12]])
        sheet.box(place, facecolor=colour, edgecolor="none")

    return draw


def _marked(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Bbox([[x, y - 11], [x + SAMPLE, y + 11]]), facecolor=MARKED, edgecolor="none")
    for edge in (x, x + SAMPLE):
        sheet.line([edge, edge], [y - 11, y + 11], color=MARKED_EDGE, linewidth=3)


def usual_band(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Bbox([[x, y - 11], [x + SAMPLE, y + 11]]), facecolor=USUAL, edgecolor="none")
    sheet.line([x, x + SAMPLE], [y, y], color=USUAL_CENTRE, linewidth=3)


def _not_yet(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Bbox([[x, y - 11], [x + SAMPLE, y + 11]]), facecolor=NOT_YET, edgecolor="none")


def _hatched(sheet: Sheet, x: float, y: float) -> None:
    sheet.hatched(Bbox([[x, y - 11], [x + SAMPLE, y + 11]]))
