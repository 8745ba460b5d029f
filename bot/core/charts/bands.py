"""The usual band as outlines: one for the whole panel, or one for every stretch of days that has it."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.charts.data import Band, Panel
from bot.core.charts.plane import Plane


@dataclass(frozen=True, slots=True)
class Outline:
    """`xs` in pixels, the others in the panel's unit, all of one length."""

    xs: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    centre: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, x: float, band: Band) -> None:
        self.xs.append(x)
        self.low.append(band.low)
        self.centre.append(band.centre)
        self.high.append(band.high)


def usual_bands(panel: Panel, plane: Plane) -> list[Outline]:
    if any(panel.day_bands):
        return _of_days(panel, plane)
    if panel.band is None:
        return []
    whole = Outline()
    for x in (plane.box.x0, plane.box.x1):
        whole.add(float(x), panel.band)
    return [whole]


def _of_days(panel: Panel, plane: Plane) -> list[Outline]:
    """From the midnight before a stretch of days to the midnight after it, through their noons."""
    found: list[Outline] = []
    pairs = [(point, band) for point, band in zip(panel.days, panel.day_bands, strict=False) if band]
    for place, (point, band) in enumerate(pairs):
        if place == 0 or point.day - pairs[place - 1][0].day > timedelta(days=1):
            found.append(Outline())
            found[-1].add(plane.midnight(point.day), band)
        found[-1].add(plane.noon(point.day), band)
        if place + 1 == len(pairs) or pairs[place + 1][0].day - point.day > timedelta(days=1):
            found[-1].add(plane.midnight(point.day) + plane.day_width, band)
    return found
