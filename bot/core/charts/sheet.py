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
    """Returns a canvas wiped instead of made anew: it remembers how wide the pictures' common words were."""
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
        """Draws a line. `look` is Line2D's own; `within` cuts the line at a box of pixels."""
        self._add(Line2D(xs, ys, **look), within)

    def box(self, place: Bbox, **look: Any) -> None:
        self._add(Rectangle((place.x0, place.y0), place.width, place.height, **look), None)

    def shape(self, outline: Sequence[tuple[float, float]], *, within: Bbox, **look: Any) -> None:
        self._add(Polygon(outline, closed=True, **look), within)

    def hatched(self, place: Bbox, **look: Any) -> None:
        """Draws the hatched ground of a place where figures are missing."""
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
        """Writes a text as it stands: no mathtext, no TeX."""
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
    """Returns rows of RGBA pixels as a PNG of level 1.

    Level 6 costs twice the time for a tenth of the size, and Telegram encodes photos anew anyway.
    """
    image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1).convert("RGB")
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()
