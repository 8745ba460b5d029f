"""A line of words as a bitmap: laid out once, put on many pictures. Legends, dates and labels come again and again."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from math import ceil
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

from bot.core.charts.style import DPI, PAPER

Across = Literal["left", "center", "right"]
Up = Literal["baseline", "center", "center_baseline", "top"]
Ink = npt.NDArray[np.uint8]  # opacity of each pixel, the top row first

KEPT = 512  # lines of words, 6 kB each as a rule and 50 kB where one is as wide as a picture
ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}  # part of the width that lies left of the place
ASCENT, DESCENT = 0.76, 0.24  # parts of the size that DejaVu Sans names as its own
SUBPIXELS, MARGIN = 64, 1  # FreeType's parts of a pixel; rows it leaves blank below the ink
HALO = 3  # pixels of paper around words that lie on data


@dataclass(frozen=True, slots=True)
class _Line:
    """`left` and `foot`: from the beginning and the baseline to the edges of `ink`, to the right and down.

    `ascent` and `descent` are at least the face's own.
    """

    ink: Ink
    left: float
    foot: int
    width: float
    ascent: float
    descent: float

    def baseline(self, y: float, up: Up) -> float:
        """Returns the height of the baseline of words whose `up` is at `y`."""
        if up == "center":
            return y - (self.ascent - self.descent) / 2
        return y - {"baseline": 0.0, "center_baseline": 0.5, "top": 1.0}[up] * self.ascent


class Words(Artist):
    """Words at a place, in whole pixels. Every mark stands for itself: no mathtext, no TeX."""

    def __init__(
        self,
        x: float,
        y: float,
        text: str,
        face: FontProperties,
        *,
        color: str,
        ha: Across = "left",
        va: Up = "baseline",
        has_halo: bool = False,
        zorder: float = 3,
    ) -> None:
        super().__init__()
        line = _line(text, face)
        self._left = round(x - ACROSS[ha] * line.width + line.left)
        self._foot = round(line.baseline(y, va)) - line.foot
        self._inks = [(_spread(line.ink), PAPER, HALO)] if has_halo else []
        self._inks.append((line.ink, color, 0))
        self.set_zorder(zorder)

    def draw(self, renderer: Any) -> None:
        for ink, colour, margin in self._inks:
            picture = np.empty((*ink.shape, 4), dtype=np.uint8)
            picture[..., :3] = _rgb(colour)
            picture[..., 3] = ink
            renderer.draw_image(renderer.new_gc(), self._left - margin, self._foot - margin, picture[::-1])


@lru_cache(maxsize=KEPT)
def _line(text: str, face: FontProperties) -> _Line:
    font = get_font(str(face.get_file()))
    size = face.get_size_in_points()
    font.set_size(size, DPI)
    font.set_text(text, 0.0, flags=LoadFlags.DEFAULT)
    font.draw_glyphs_to_bitmap(antialiased=True)
    width, height = (part / SUBPIXELS for part in font.get_width_height())
    foot = font.get_descent() / SUBPIXELS
    return _Line(
        np.array(font.get_image()),
        font.get_bitmap_offset()[0] / SUBPIXELS,
        ceil(foot) + MARGIN,
        width,
        max(height - foot, size * ASCENT),
        max(foot, size * DESCENT),
    )


def _spread(ink: Ink) -> Ink:
    """Returns the ink grown by HALO pixels to every side, round at its corners."""
    height, width = ink.shape
    grown = np.zeros((height + 2 * HALO, width + 2 * HALO), dtype=np.uint8)
    steps = range(-HALO, HALO + 1)
    for down, right in product(steps, steps):
        if down**2 + right**2 <= HALO**2:
            part = grown[HALO + down : HALO + down + height, HALO + right : HALO + right + width]
            np.maximum(part, ink, out=part)
    return grown


@cache
def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(round(255 * part) for part in to_rgb(colour))
