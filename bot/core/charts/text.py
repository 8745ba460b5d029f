"""Text as a picture can show it: only glyphs the font has, cut to the room there is."""

import unicodedata
from functools import cache, lru_cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, get_font

from bot.core.charts.style import DPI, font, font_file

ELLIPSIS = "…"
LONGEST = 200  # characters worth measuring for a line of a picture


@cache
def _ruler() -> Any:
    """Returns what measures words: they are as wide in a picture of any size."""
    renderer: Any = RendererAgg
    return renderer(1, 1, DPI)


@lru_cache
def _glyphs() -> frozenset[int]:
    regular, bold = (get_font(font_file(bold=bold)).get_charmap() for bold in (False, True))
    return frozenset(regular.keys() & bold.keys())


def printable(text: str) -> str:
    """Drops what the font lacks (most emoji, hieroglyphs) and what has no shape; blanks in a row become one."""
    composed = unicodedata.normalize("NFC", text)  # «и» + U+0306 draws better as one letter
    return " ".join("".join(char for char in composed if char.isspace() or _has_shape(char)).split())


def _has_shape(char: str) -> bool:
    # Category C: control and direction marks, joiners, private use, halves of pairs. Variation selectors are marks.
    selector = 0xFE00 <= ord(char) <= 0xFE0F
    return unicodedata.category(char)[0] != "C" and not selector and ord(char) in _glyphs()


@lru_cache(maxsize=4_096)
def width(text: str, face: FontProperties) -> float:
    """Returns the width of a text in pixels."""
    measured: float = _ruler().get_text_width_height_descent(text, face, False)[0]
    return measured


def shrunk(text: str, size: float, room: float, *, bold: bool = False) -> FontProperties:
    """Returns the face at `size`, or as much smaller as the text needs to take `room` pixels."""
    needed = width(text[:LONGEST], font(size, bold=bold))
    return font(size if needed <= room else max(1, int(size * room / needed)), bold=bold)


def fit(text: str, face: FontProperties, room: float) -> str:
    """Returns the text, or as much of its beginning as `room` pixels hold, with an ellipsis."""
    if len(text) <= LONGEST and width(text, face) <= room:
        return text
    fits, too_long = 0, min(len(text), LONGEST)
    while fits + 1 < too_long:
        half = (fits + too_long) // 2
        if width(text[:half].rstrip() + ELLIPSIS, face) <= room:
            fits = half
        else:
            too_long = half
    return text[:fits].rstrip() + ELLIPSIS
