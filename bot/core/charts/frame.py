"""What stands around the data of a picture: its title and subtitle above, the days below."""

from datetime import date

from matplotlib.transforms import Bbox

from bot.core.charts.axes import day_text, day_ticks
from bot.core.charts.plane import Plane
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    BASELINE,
    HAIR,
    HEIGHT,
    INK,
    LEFT,
    MUTED,
    RIGHT,
    SMALLEST_SUBTITLE,
    SMALLEST_TITLE,
    SUBTITLE,
    TICK,
    TITLE,
    TOP,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, shrunk
from bot.core.locales.translator import Translator

SIDE = 28
TITLE_ROOM, SUBTITLE_ROOM = 50, 34
DAYS_ROOM = 52


def draw_heading(sheet: Sheet, title: str, subtitle: str, t: Translator, *, height: int = HEIGHT) -> None:
    """Draws title and subtitle on a line each, smaller where they are long, then cut."""
    room = WIDTH - 2 * SIDE
    words = printable(title) or t.plain("chart.untitled")
    face = font(max(SMALLEST_TITLE, shrunk(words, TITLE, room, bold=True).get_size()), bold=True)
    sheet.text(SIDE, height - TOP - 30, fit(words, face, room), face, color=INK, va="baseline")
    words = printable(subtitle)
    face = font(max(SMALLEST_SUBTITLE, shrunk(words, SUBTITLE, room).get_size()))
    y = height - TOP - TITLE_ROOM - 22
    sheet.text(SIDE, y, fit(words, face, room), face, color=MUTED, va="baseline")


def draw_days_axis(sheet: Sheet, first: date, last: date, foot: float, t: Translator) -> None:
    """Draws ticks and dates in the DAYS_ROOM pixels above `foot`."""
    plane = Plane(Bbox([[LEFT, foot], [WIDTH - RIGHT, foot + DAYS_ROOM]]), first, last, 1.0)
    for day in day_ticks(first, last):
        text = day_text(day, first, last, t)
        x = plane.noon(day)
        sheet.line([x, x], [plane.box.y1 - 7, plane.box.y1], color=BASELINE, linewidth=HAIR)
        sheet.text(x, foot + DAYS_ROOM - 10, text, font(TICK), color=MUTED, ha="center", va="top")
