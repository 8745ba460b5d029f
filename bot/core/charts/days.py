"""The line of daily values: solid, dashed where posts still gain, fuzzy where counters were rounded, open at gaps."""

from collections.abc import Iterable
from math import nan

from matplotlib.transforms import Bbox

from bot.core.charts.scene import FUZZY, MARK, STROKE, Scene
from bot.core.charts.series import ValuedDay, alone, chains, fuzzy, valued
from bot.core.charts.style import DASHES, FUZZ, LINE, MUTED, PAPER, THIN_LINE

EVERY_DAY_MARKED = 31  # days; in a longer picture only lone days and the last get a marker
MANY_DAYS = 180
MARKER, LAST_MARKER, RIM = 12.0, 17.0, 3.5
BRIDGE = 1.8
HAZE = 0.22


def draw_days(scene: Scene) -> None:
    days = scene.panel.days
    joined, points = chains(days), valued(days)
    weight = LINE if len(days) <= MANY_DAYS else THIN_LINE
    _stroke(scene, fuzzy(days, joined), color=scene.colour, linewidth=FUZZ, alpha=HAZE, zorder=FUZZY)
    for bridge, width in ((True, BRIDGE), (False, weight)):
        for final, style in ((True, "-"), (False, DASHES)):
            group = [chain.points for chain in joined if (chain.final, chain.bridge) == (final, bridge)]
            colour = scene.colour if final else MUTED  # young days are not yet what the number says
            _stroke(scene, group, color=colour, linewidth=width, linestyle=style, zorder=STROKE)
    _mark(scene, points if len(days) <= EVERY_DAY_MARKED else alone(days, joined), MARKER)
    _mark(scene, points[-1:], LAST_MARKER)


def _stroke(scene: Scene, lines: list[list[ValuedDay]], **look: object) -> None:
    box = scene.plane.box
    xs: list[float] = []
    ys: list[float] = []
    for line in lines:
        xs += [*(scene.plane.noon(point.day) for point in line), nan]
        ys += [*(scene.plane.height(point.value) for point in line), nan]
    if xs:
        scene.sheet.line(
            xs,
            ys,
            within=Bbox([[box.x0, box.y0 - MARKER / 2], [box.x1, box.y1]]),
            solid_joinstyle="round",
            solid_capstyle="round",
            dash_capstyle="butt",
            **look,
        )


def _mark(scene: Scene, points: Iterable[ValuedDay], size: float) -> None:
    inside = [point for point in points if point.value <= scene.plane.limit]
    for final in (True, False):
        group = [point for point in inside if point.final is final]
        if group:
            scene.sheet.line(
                [scene.plane.noon(point.day) for point in group],
                [scene.plane.height(point.value) for point in group],
                linestyle="none",
                marker="o",
                markersize=size - (0 if final else RIM),
                markerfacecolor=scene.colour if final else PAPER,
                markeredgecolor=PAPER if final else MUTED,
                markeredgewidth=2.0 if final else RIM,
                zorder=MARK,
            )
