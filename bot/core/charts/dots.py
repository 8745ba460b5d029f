"""Posts as dots, and whatever stands higher than the axis."""

from bisect import bisect
from dataclasses import dataclass

from matplotlib.transforms import Bbox

from bot.core.charts.axes import value_text
from bot.core.charts.data import PostDot
from bot.core.charts.scene import CLOUD, FRONT, MARK, Scene
from bot.core.charts.series import valued
from bot.core.charts.style import LEGEND, MUTED, PAID, PAPER, font

SIZES = ((30, 15.0, 0.55), (120, 12.0, 0.42), (400, 9.0, 0.34))  # up to so many posts: diameter, opacity
CROWD = (7.0, 0.26)
PAID_LARGER = 1.25  # a diamond of the same width looks smaller
ARROW = 15.0
MOST_VALUES = 3
MOST_CONSIDERED = 100  # of the arrows: room is looked for beside every other one
VALUE_ROOM = 135  # pixels an arrow and its value take


def dot_look(count: int) -> tuple[float, float]:
    """Returns diameter in pixels and opacity for so many posts."""
    return next(((size, opacity) for most, size, opacity in SIZES if count <= most), CROWD)


def draw_dots(scene: Scene) -> None:
    size, opacity = dot_look(len(scene.panel.dots))
    inside = [dot for dot in scene.panel.dots if dot.value <= scene.plane.limit]
    for paid in (False, True):
        for final in (True, False):
            group = [dot for dot in inside if dot.paid is paid and dot.final is final]
            if group:
                _draw_group(scene, group, size * (PAID_LARGER if paid else 1), 0.9 if paid else opacity)


def _draw_group(scene: Scene, group: list[PostDot], size: float, opacity: float) -> None:
    paid, final = group[0].paid, group[0].final
    colour = PAID if paid else scene.colour if final else MUTED
    scene.sheet.line(
        [scene.plane.moment(dot.at) for dot in group],
        [scene.plane.height(dot.value) for dot in group],
        linestyle="none",
        marker="D" if paid else "o",
        markersize=size * (0.72 if paid else 1),
        markerfacecolor=colour if final else PAPER,
        markeredgecolor=colour,
        markeredgewidth=0 if final else max(1.5, size / 7),
        alpha=opacity if final else min(1.0, opacity * 1.5),
        zorder=CLOUD + (0.5 if paid else 0),
    )


@dataclass(frozen=True, slots=True)
class _Beyond:
    x: float
    value: float
    colour: str
    approximate: bool


def draw_overflow(scene: Scene) -> None:
    """Draws an arrow at the upper edge for every value over it; the highest say how high, with room."""
    top = scene.plane.box.y1 - ARROW * 0.6
    items = sorted(_beyond(scene), key=lambda item: -item.value)
    for colour in dict.fromkeys(item.colour for item in items):
        places = [item.x for item in items if item.colour == colour]
        scene.sheet.line(
            places,
            [top] * len(places),
            linestyle="none",
            marker="^",
            markersize=ARROW,
            markeredgewidth=0,
            color=colour,
            zorder=MARK,
        )
    _write_highest(scene, items[:MOST_CONSIDERED], top, [(i.x - ARROW / 2, i.x + ARROW / 2) for i in items])


def _write_highest(scene: Scene, items: list[_Beyond], top: float, taken: list[tuple[float, float]]) -> None:
    written = 0
    for item in items:
        sides = [side for side in (1, -1) if _free(_room(item.x, side), taken, scene.plane.box)]
        if sides or not written:
            side = sides[0] if sides else 1
            taken.append(_room(item.x, side))
            _write_value(scene, item, top, side)
            written += 1
        if written == MOST_VALUES:
            return


def _room(x: float, side: int) -> tuple[float, float]:
    near, far = x + side * ARROW, x + side * VALUE_ROOM
    return min(near, far), max(near, far)


def _free(room: tuple[float, float], taken: list[tuple[float, float]], box: Bbox) -> bool:
    inside = box.x0 <= room[0] and room[1] <= box.x1
    return inside and all(room[1] < left or room[0] > right for left, right in taken)


def _beyond(scene: Scene) -> list[_Beyond]:
    plane, limit = scene.plane, scene.plane.limit
    found = [
        _Beyond(plane.moment(dot.at), dot.value, PAID if dot.paid else scene.colour, approximate=False)
        for dot in scene.panel.dots
        if dot.value > limit
    ]
    near = plane.day_width / 2 + ARROW
    drawn = sorted(item.x for item in found)
    for day in valued(scene.panel.days):
        x = plane.noon(day.day)
        place = bisect(drawn, x)
        if day.value > limit and all(abs(other - x) > near for other in drawn[max(0, place - 1) : place + 1]):
            drawn.insert(place, x)
            found.append(_Beyond(x, day.value, scene.colour, day.approximate))
    return found


def _write_value(scene: Scene, item: _Beyond, y: float, side: int) -> None:
    scene.sheet.text(
        item.x + side * ARROW,
        y,
        value_text(item.value, scene.panel.unit, scene.t, approximate=item.approximate),
        font(LEGEND, bold=True),
        color=item.colour,
        ha="left" if side > 0 else "right",
        va="center",
        has_halo=True,
        zorder=FRONT,
    )
