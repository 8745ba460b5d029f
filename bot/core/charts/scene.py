"""What every part of a panel draws on and with."""

from dataclasses import dataclass

from bot.core.charts.data import Panel
from bot.core.charts.plane import Plane
from bot.core.charts.sheet import Sheet
from bot.core.locales.translator import Translator


@dataclass(frozen=True, slots=True)
class Scene:
    sheet: Sheet
    plane: Plane
    panel: Panel
    colour: str
    t: Translator


# What lies over what.
BACK, RULED, CLOUD, FUZZY, STROKE, MARK, FRONT = range(1, 8)
