"""A blank picture that takes artists in pixels, (0, 0) at the lower left. One is drawn at a time.

Without Axes: their ticks cost more time than all the data, and every place is known here anyway.
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform
from PIL import Image

from bot.core.charts.style import DPI, HATCH, HATCH_WIDTH, HEIGHT, NO_DATA, NO_DATA_GROUND, PAPER, WIDTH


@lru_cache(maxsize=2)
def _canvas(height: int) -> Any:
    return FigureCanvasAgg(Figure((WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER))


def _blank(height: int) -> Any:
    """Wiped instead of made anew: the canvas remembers how wide the words were that pictures have in common."""
    canvas = _canvas(height)
    canvas.figure.clear()
    return canvas


class Sheet:
    def __init__(self, height: int = HEIGHT) -> None:
        self._height = height
        self._canvas = _blank(height)
        self._figure = self._canvas.figure

    def line(
        self, xs: Sequence[float], ys: Sequence[float], *, within: Bbox | None = None, **look: Any
    ) -> None:
        """`look` is Line2D's own; `within` cuts the line at a box of pixels."""
        self._add(Line2D(xs, ys, **look), within)

    def box(self, place: Bbox, **look: Any) -> None:
        self._add(Rectangle((place.x0, place.y0), place.width, place.height, **look), None)

    def shape(self, outline: Sequence[tuple[float, float]], *, within: Bbox, **look: Any) -> None:
        self._add(Polygon(outline, closed=True, **look), within)

    def hatched(self, place: Bbox, **look: Any) -> None:
        """Where figures are missing."""
        self.box(
            place,
            facecolor=NO_DATA_GROUND,
            linewidth=0,
            edgecolor=NO_DATA,
            hatch=HATCH,
            hatch_linewidth=HATCH_WIDTH,
            **look,
        )

    def text(self, x: float, y: float, text: str, face: FontProperties, **look: Any) -> None:
        """As it stands: no mathtext, no TeX."""
        self._add(Text(x, y, text, fontproperties=face, parse_math=False, usetex=False, **look), None)

    def _add(self, artist: Any, within: Bbox | None) -> None:
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist)
        if within is not None:
            artist.set_clip_box(within)

    def png(self) -> bytes:
        self._canvas.draw()
        return png(self._canvas.buffer_rgba().tobytes(), (WIDTH, self._height))


def png(pixels: bytes, size: tuple[int, int]) -> bytes:
    """`pixels` are rows of RGBA. Level 1: level 6 costs twice the time for a tenth of the size, and Telegram encodes photos anew anyway."""
    image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1).convert("RGB")
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()
