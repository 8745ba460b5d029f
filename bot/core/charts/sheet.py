"""A blank picture that takes artists in pixels, (0, 0) at the lower left. One is drawn at a time.

Without Axes: their ticks cost more time than all the data, and every place is known here anyway.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import Bbox, IdentityTransform

from bot.core.charts.style import DPI, HATCH, HATCH_WIDTH, HEIGHT, NO_DATA, NO_DATA_GROUND, WIDTH
from bot.core.charts.words import Words

WHITE = 255  # every part of a pixel of the paper, its opacity too
SIGNATURE, RGB = b"\x89PNG\r\n\x1a\n", 2  # of a PNG, and the number of its kind of pixels


class Sheet:
    def __init__(self, height: int = HEIGHT) -> None:
        self._height = height
        self._artists: list[Artist] = []

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
        """Writes a text as it stands; `look` is that of `Words`."""
        if text:
            self._artists.append(Words(x, y, text, face, **look))

    def _add(self, artist: Artist, within: Bbox | None) -> None:
        artist.set_transform(IdentityTransform())
        if within is not None:
            artist.set_clip_box(within)
        self._artists.append(artist)

    def png(self) -> bytes:
        made: Any = RendererAgg
        renderer = made(WIDTH, self._height, DPI)
        pixels = np.asarray(renderer.buffer_rgba())
        pixels.fill(WHITE)
        for artist in sorted(self._artists, key=Artist.get_zorder):
            artist.draw(renderer)
        return png(pixels)


def png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Returns rows of opaque RGBA pixels as a PNG of level 1, no row filtered.

    Pillow tries five filters a row, which takes as long again and makes files of flat colours larger; level 6 costs twice the
    time for a tenth of the size, and Telegram encodes photos anew anyway.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + width * 3), dtype=np.uint8)  # each begins with its filter: none
    for colour in range(3):  # at once it takes five times as long: numpy would copy three bytes at a time
        rows[:, 1 + colour :: 3] = pixels[..., colour]
    header = struct.pack(">IIBBBBB", width, height, 8, RGB, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b""))
    return SIGNATURE + b"".join(map(_chunk, *zip(*parts, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
