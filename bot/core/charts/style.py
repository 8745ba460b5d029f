"""The house style: sizes in pixels of a 1280x720 picture, which a phone shows about 360 wide.

At 72 dots an inch a point is a pixel, so every size handed to matplotlib is one of the finished picture.
Colours are told apart by every common kind of colour vision (blue, orange, greys) and never carry a meaning alone.
"""

from functools import lru_cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties

WIDTH, HEIGHT, DPI = 1280, 720, 72

PAPER = "#ffffff"
INK = "#17202a"
MUTED = "#55606d"  # 6.4 : 1 on the paper
GRID = "#e3e7eb"
BASELINE = "#9aa4af"
USUAL = "#dbe2ea"
USUAL_CENTRE = PAPER
NO_DATA, NO_DATA_GROUND = "#9aa4af", "#f1f3f5"
NOT_YET = "#ebebeb"
MARKED, MARKED_EDGE = "#fdeadd", "#c2410c"
PAID = "#c2410c"  # 5.2 : 1
SERIES = ("#0b5cad", "#00705a")  # 6.6 and 6.1 : 1; the panels of one picture, top first

TITLE, SUBTITLE, LABEL, TICK, LEGEND, VALUE, ASIDE = 40, 27, 30, 27, 26, 36, 26
SMALLEST_TITLE, SMALLEST_SUBTITLE = 30, 22

LEFT, RIGHT, TOP, BOTTOM = 100, 186, 24, 20  # margins; the right one holds the last value and the average

LINE, THIN_LINE, HAIR, FUZZ = 4.0, 2.6, 1.5, 18.0
DASHES = (0.0, (2.2, 1.5))
DOTS = (0.0, (1.0, 1.6))
HATCH, HATCH_WIDTH = "/", 2.0


@lru_cache
def font(size: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(fname=font_file(bold=bold), size=size)


def font_file(*, bold: bool = False) -> Path:
    """Returns the path of the face that matplotlib carries: no search of the system's, no user's settings."""
    return Path(get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
