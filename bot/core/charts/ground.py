"""What lies under the data of a panel: its name, the usual band, days without figures, the value axis."""

from dataclasses import dataclass, field
from datetime import timedelta

from matplotlib.transforms import Bbox

from bot.core.charts.axes import tick_text, value_step, value_ticks
from bot.core.charts.data import Band, Panel
from bot.core.charts.plane import Plane
from bot.core.charts.scene import BACK, FRONT, MARK, RULED, Scene
from bot.core.charts.series import missing_runs, young_runs
from bot.core.charts.style import (
    BASELINE,
    DOTS,
    GRID,
    HAIR,
    LABEL,
    LEFT,
    MARKED,
    MARKED_EDGE,
    MUTED,
    NOT_YET,
    PAPER,
    RIGHT,
    TICK,
    USUAL,
    USUAL_CENTRE,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, shrunk, width

TICK_SPACING, MOST_TICKS = 42, 5  # pixels of height a tick of the value axis needs
LABEL_GAP = 15
TICK_GAP = 14
TICK_HALF = 12
NOTHING_MARGIN = 14


def draw_label(scene: Scene) -> None:
    face = font(LABEL, bold=True)
    left = 2 * TICK_GAP
    text = fit(printable(scene.panel.label), face, WIDTH - left - RIGHT / 2)
    top = scene.plane.box.y1 + LABEL_GAP
    scene.sheet.text(left, top, text, face, color=scene.colour, va="baseline", zorder=FRONT)


def draw_ground(scene: Scene) -> None:
    _marked(scene)
    draw_usual(scene)
    draw_missing(scene)
    draw_young(scene)
    _grid(scene)
    _average(scene)


def draw_nothing(scene: Scene) -> None:
    """Draws what stands in place of everything else where no day and no post has a figure."""
    box = scene.plane.box
    scene.sheet.hatched(box, zorder=BACK)
    words, face = scene.t.plain("chart.nothing"), font(LABEL)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    half, rise = width(words, face) / 2 + NOTHING_MARGIN, LABEL / 2 + NOTHING_MARGIN
    scene.sheet.box(
        Bbox([[x - half, y - rise], [x + half, y + rise]]), facecolor=PAPER, edgecolor="none", zorder=MARK
    )
    scene.sheet.text(x, y, words, face, color=MUTED, ha="center", va="center", zorder=FRONT)


def _marked(scene: Scene) -> None:
    """Draws the marked days between two lines, so that they are not told by colour alone."""
    if scene.panel.marked is None:
        return
    box, (first, last) = scene.plane.box, scene.panel.marked
    left, right = scene.plane.midnight(first), scene.plane.midnight(last) + scene.plane.day_width
    place = Bbox([[max(left, box.x0), box.y0], [min(right, box.x1), box.y1]])
    scene.sheet.box(place, facecolor=MARKED, edgecolor="none", zorder=BACK - 0.5)
    for x in (place.x0, place.x1):
        scene.sheet.line([x, x], [box.y0, box.y1], color=MARKED_EDGE, linewidth=HAIR * 2, zorder=RULED)


def draw_usual(scene: Scene) -> None:
    box = scene.plane.box
    for band in usual_bands(scene.panel, scene.plane):
        low, centre, high = (
            [scene.plane.height(value) for value in part] for part in (band.low, band.centre, band.high)
        )
        outline = [*zip(band.xs, low, strict=True), *reversed([*zip(band.xs, high, strict=True)])]
        scene.sheet.shape(outline, within=box, facecolor=USUAL, edgecolor="none", zorder=BACK)
        scene.sheet.line(band.xs, centre, within=box, color=USUAL_CENTRE, linewidth=HAIR * 2, zorder=RULED)


def draw_missing(scene: Scene) -> None:
    plane = scene.plane
    for first, last in missing_runs(scene.panel.days):
        place = Bbox(
            [[plane.midnight(first), plane.box.y0], [plane.midnight(last) + plane.day_width, plane.box.y1]]
        )
        scene.sheet.hatched(place, zorder=BACK + 0.5)


def draw_young(scene: Scene) -> None:
    """Draws grey where no post of a day counts yet: neither a fall nor a gap."""
    plane = scene.plane
    for first, last in young_runs(scene.panel.days):
        left, right = plane.midnight(first), plane.midnight(last) + plane.day_width
        place = Bbox([[left, plane.box.y0], [right, plane.box.y1]])
        scene.sheet.box(place, facecolor=NOT_YET, edgecolor="none", zorder=BACK + 0.5)


def _grid(scene: Scene) -> None:
    box = scene.plane.box
    most = min(MOST_TICKS, max(3, int(box.height / TICK_SPACING)))
    step = value_step(scene.plane.limit, most)
    for value in value_ticks(scene.plane.limit, most):
        y = scene.plane.height(value)
        if y > box.y1 - TICK_HALF:
            break  # it would run into the panel's name
        colour = GRID if value else BASELINE
        scene.sheet.line([box.x0, box.x1], [y, y], color=colour, linewidth=HAIR, zorder=RULED - 0.5)
        text = tick_text(value, step, scene.panel.unit, scene.t)
        face = shrunk(text, TICK, LEFT - 2 * TICK_GAP)
        scene.sheet.text(LEFT - TICK_GAP, y, text, face, color=MUTED, ha="right", va="center")


def _average(scene: Scene) -> None:
    if scene.panel.average is None:
        return
    box, y = scene.plane.box, scene.plane.height(scene.panel.average)
    scene.sheet.line(
        [box.x0, box.x1], [y, y], within=box, color=MUTED, linewidth=HAIR * 1.6, linestyle=DOTS, zorder=RULED
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """`xs` in pixels, the others in the panel's unit, all of one length."""

    xs: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    centre: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, x: float, band: Band) -> None:
        self.xs.append(x)
        self.low.append(band.low)
        self.centre.append(band.centre)
        self.high.append(band.high)


def usual_bands(panel: Panel, plane: Plane) -> list[Outline]:
    if any(panel.day_bands):
        return _of_days(panel, plane)
    if panel.band is None:
        return []
    whole = Outline()
    for x in (plane.box.x0, plane.box.x1):
        whole.add(float(x), panel.band)
    return [whole]


def _of_days(panel: Panel, plane: Plane) -> list[Outline]:
    """Returns outlines from the midnight before a stretch of days to the midnight after it, through noons."""
    found: list[Outline] = []
    pairs = [(point, band) for point, band in zip(panel.days, panel.day_bands, strict=False) if band]
    for place, (point, band) in enumerate(pairs):
        if place == 0 or point.day - pairs[place - 1][0].day > timedelta(days=1):
            found.append(Outline())
            found[-1].add(plane.midnight(point.day), band)
        found[-1].add(plane.noon(point.day), band)
        if place + 1 == len(pairs) or pairs[place + 1][0].day - point.day > timedelta(days=1):
            found[-1].add(plane.midnight(point.day) + plane.day_width, band)
    return found
