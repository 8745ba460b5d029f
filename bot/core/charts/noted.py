"""Days that somebody noted something of: a line down each panel, and a flag at its top."""

from collections.abc import Sequence
from datetime import date

from bot.core.charts.scene import FRONT, MARK, Scene
from bot.core.charts.style import DOTS, INK, LINE

FLAG = 16.0
LIFT = 4.0  # pixels of the flag above the panel


def draw_noted(scene: Scene, noted: Sequence[date]) -> None:
    box = scene.plane.box
    inside = [day for day in dict.fromkeys(noted) if scene.plane.first <= day <= scene.plane.last]
    for day in inside:
        x = scene.plane.noon(day)
        scene.sheet.line([x, x], [box.y0, box.y1], color=INK, linewidth=LINE / 2, linestyle=DOTS, zorder=MARK)
    if inside:
        scene.sheet.line(
            [scene.plane.noon(day) for day in inside],
            [box.y1 + LIFT] * len(inside),
            linestyle="none",
            marker="v",
            markersize=FLAG,
            markeredgewidth=0,
            color=INK,
            zorder=FRONT,
        )
