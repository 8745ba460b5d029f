"""Words kept as bitmaps: another shape or place than matplotlib gives them, a picture that no viewer opens."""

import io

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from bot.core.charts import words
from bot.core.charts.sheet import Sheet
from bot.core.charts.style import DPI, HEIGHT, INK, WIDTH, font


def drawn(text: str, **look: str) -> np.ndarray:
    sheet = Sheet()
    sheet.text(640, 360, text, font(26), color=INK, **look)
    return np.asarray(Image.open(io.BytesIO(sheet.png())), dtype=np.int64)


def drawn_by_matplotlib(text: str, **look: str) -> np.ndarray:
    figure = Figure((WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    canvas = FigureCanvasAgg(figure)
    figure.add_artist(
        Text(640, 360, text, fontproperties=font(26), color=INK, parse_math=False, transform=None, **look)
    )
    canvas.draw()
    return np.asarray(canvas.buffer_rgba(), dtype=np.int64)[..., :3]


@pytest.mark.parametrize("text", ["Вовлечённость, %", "AVATo ≈ 2,41 %", "$x_1$ gjpq", "قناة"])
@pytest.mark.parametrize(
    "look",
    [{}, {"va": "top"}, {"va": "center"}, {"va": "center_baseline"}, {"ha": "right"}, {"ha": "center"}],
)
def test_words_stand_within_a_pixel_of_where_matplotlib_writes_them(text, look):
    ours, theirs = (
        np.nonzero(picture(text, **look)[..., 0] < 128) for picture in (drawn, drawn_by_matplotlib)
    )
    for ours_of_axis, theirs_of_axis in zip(ours, theirs, strict=True):
        assert abs(ours_of_axis.min() - theirs_of_axis.min()) <= 1
        assert abs(ours_of_axis.max() - theirs_of_axis.max()) <= 1


def test_words_at_a_whole_pixel_have_the_very_pixels_of_matplotlib():
    assert np.abs(drawn("Вовлечённость, %") - drawn_by_matplotlib("Вовлечённость, %")).max() <= 2


def test_a_halo_is_paper_around_the_words_and_nothing_beyond():
    sheet = Sheet()
    sheet.box(Bbox([[0, 0], [WIDTH, HEIGHT]]), facecolor="#000000", edgecolor="none", zorder=1)
    sheet.text(640, 360, "1,7", font(36), color=INK, has_halo=True, zorder=2)
    bright = np.nonzero(np.asarray(Image.open(io.BytesIO(sheet.png())))[..., 0] > 200)
    bare = np.nonzero(drawn("1,7")[..., 0] < 255)
    assert len(bright[0]) > 0
    assert bright[1].max() - bright[1].min() < 3 * (bare[1].max() - bare[1].min())


def test_a_worker_keeps_no_more_lines_than_it_may():
    for number in range(words.KEPT + 20):
        Sheet().text(0, 0, f"{number}", font(8), color=INK)
    assert words._line.cache_info().currsize == words.KEPT
