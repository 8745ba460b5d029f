"""Marks of the days that somebody noted something of, alike on every chart over days."""

from collections.abc import Sequence
from datetime import date

from bot.core.charts.plane import Plane
from bot.core.charts.scene import FRONT, MARK
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import DOTS, INK, LINE

FLAG = 16.0
LIFT = 4.0  # pixels of the flag above the panel


def draw_noted(sheet: Sheet, plane: Plane, noted: Sequence[date], *, flag: float = FLAG) -> None:
    """Draws a dotted line through each day with a flag above the panel; days outside of the plane are left out."""
    box = plane.box
    inside = within(plane.first, plane.last, noted)
    for day in inside:
        x = plane.noon(day)
        sheet.line([x, x], [box.y0, box.y1], color=INK, linewidth=LINE / 2, linestyle=DOTS, zorder=MARK)
    if inside:
        sheet.line(
            [plane.noon(day) for day in inside],
            [box.y1 + LIFT] * len(inside),
            linestyle="none",
            marker="v",
            markersize=flag,
            markeredgewidth=0,
            color=INK,
            zorder=FRONT,
        )


def within(first: date, last: date, noted: Sequence[date]) -> list[date]:
    """Returns those within, each once."""
    return [day for day in dict.fromkeys(noted) if first <= day <= last]
