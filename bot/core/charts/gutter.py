"""The right margin: the period's value in large figures, the last day's in small ones; of marked days theirs beside the usual."""

from dataclasses import dataclass

from bot.core.charts.axes import value_text
from bot.core.charts.scene import FRONT, Scene
from bot.core.charts.series import valued
from bot.core.charts.style import ASIDE, MUTED, RIGHT, VALUE, WIDTH
from bot.core.charts.text import shrunk
from bot.core.locales.translator import APPROXIMATELY

GAP, EDGE = 22, 8
HALF_LINE = 0.58  # of a text's size
COMPACT_COUNT_FROM = 100_000


@dataclass(slots=True)
class _Note:
    """A line of text, its middle at y, and perhaps a smaller one under it."""

    y: float
    text: str
    size: float
    colour: str
    bold: bool
    below: str = ""

    @property
    def top(self) -> float:
        return self.size * HALF_LINE

    @property
    def foot(self) -> float:
        return self.size * HALF_LINE + (2 * ASIDE * HALF_LINE if self.below else 0)


def draw_gutter(scene: Scene) -> None:
    for note in _apart(_notes(scene), scene.plane.box.y0, scene.plane.box.y1):
        _write(scene, note.text, note.y, note.size, note.colour, bold=note.bold)
        if note.below:
            _write(scene, note.below, note.y - note.top - ASIDE * HALF_LINE, ASIDE, note.colour, bold=False)


def _write(scene: Scene, text: str, y: float, size: float, colour: str, *, bold: bool) -> None:
    face = shrunk(text, size, RIGHT - GAP - EDGE, bold=bold)
    scene.sheet.text(WIDTH - RIGHT + GAP, y, text, face, color=colour, va="center_baseline", zorder=FRONT)


def _notes(scene: Scene) -> list[_Note]:
    plane = scene.plane
    notes: list[_Note] = []
    points = valued(scene.panel.days)
    if scene.panel.marked_value is not None:
        return _compared(scene, scene.panel.marked_value, rough=any(point.approximate for point in points))
    if points:
        last = points[-1]
        y = min(plane.height(last.value), plane.box.y1)
        text = _figure(scene, last.value, approximate=last.approximate)
        notes.append(_Note(y, text, ASIDE, MUTED, bold=False, below=scene.t.date(last.day)))
    if scene.panel.average is not None:
        rough = any(point.approximate for point in points)
        text = _figure(scene, scene.panel.average, approximate=rough)
        below = scene.t.plain("chart.average")
        y = min(plane.height(scene.panel.average), plane.box.y1)
        notes.append(_Note(y, text, VALUE, scene.colour, bold=True, below=below))
    return notes


def _compared(scene: Scene, value: float, *, rough: bool) -> list[_Note]:
    """Returns what the marked days came to in large figures, the usual level in small ones."""
    plane = scene.plane
    notes = [
        _Note(
            min(plane.height(value), plane.box.y1), _figure(scene, value, approximate=rough), VALUE, scene.colour, bold=True,
            below=scene.t.plain("chart.marked"),
        )
    ]  # fmt: skip
    usual = scene.panel.average
    if usual is not None:
        text = _figure(scene, usual, approximate=rough)
        y = min(plane.height(usual), plane.box.y1)
        notes.append(_Note(y, text, ASIDE, MUTED, bold=False, below=scene.t.plain("chart.usual")))
    return notes


def _figure(scene: Scene, value: float, *, approximate: bool = False) -> str:
    if scene.panel.unit == "count" and value >= COMPACT_COUNT_FROM:
        return (APPROXIMATELY if approximate else "") + scene.t.compact(value)
    return value_text(value, scene.panel.unit, scene.t, approximate=approximate)


def _apart(notes: list[_Note], floor: float, ceiling: float) -> list[_Note]:
    """Moves notes that would overlap each other or leave the panel."""
    ordered = sorted(notes, key=lambda note: note.y)
    lowest = floor
    for note in ordered:
        note.y = max(note.y, lowest + note.foot)
        lowest = note.y + note.top
    highest = ceiling
    for note in reversed(ordered):
        note.y = min(note.y, highest - note.top)
        highest = note.y - note.foot
    return ordered
