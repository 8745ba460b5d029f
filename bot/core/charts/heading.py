"""The two lines over a picture: what it is of, and what it rests on."""

from bot.core.charts.sheet import Sheet
from bot.core.charts.style import (
    HEIGHT,
    INK,
    MUTED,
    SMALLEST_SUBTITLE,
    SMALLEST_TITLE,
    SUBTITLE,
    TITLE,
    TOP,
    WIDTH,
    font,
)
from bot.core.charts.text import fit, printable, shrunk
from bot.core.locales.translator import Translator

SIDE = 28
TITLE_ROOM, SUBTITLE_ROOM = 50, 34


def draw_heading(sheet: Sheet, title: str, subtitle: str, t: Translator) -> None:
    room = WIDTH - 2 * SIDE
    shown = printable(title) or t.plain("chart.untitled")
    face = font(max(SMALLEST_TITLE, shrunk(shown, TITLE, room, bold=True).get_size()), bold=True)
    sheet.text(SIDE, HEIGHT - TOP - 30, fit(shown, face, room), face, color=INK, va="baseline")
    words = printable(subtitle)
    face = font(max(SMALLEST_SUBTITLE, shrunk(words, SUBTITLE, room).get_size()))
    y = HEIGHT - TOP - TITLE_ROOM - 22
    sheet.text(SIDE, y, fit(words, face, room), face, color=MUTED, va="baseline")
