"""Where the value axis ends, so that one viral post does not flatten all the others."""

from collections.abc import Sequence
from statistics import median, quantiles

from bot.core.charts.data import Panel

HEADROOM = 1.1
BAND_HEADROOM = 1.2  # a band that ran along the upper edge would look cut off there
FEW = 8  # below it quartiles say little
FEW_TIMES_MEDIAN = 4.0
FAR_OUT_IQR = 3.0  # Tukey's outer fence
SMALLEST = 0.001  # a figure this small is drawn as 0
WORTH_CLIPPING = 1.3  # an outlier this close to the rest is simply shown
DOTS_KEPT, DAYS_KEPT = 0.95, 0.98  # shares that always stay in the picture: a new level is not an outlier


def value_limit(panel: Panel) -> float:
    """Returns the top of the axis in the panel's unit, above 0. Values over it are drawn as arrows."""
    days = [point.value for point in panel.days if point.value is not None]
    dots = [dot.value for dot in panel.dots]
    shown = days + dots
    if not shown:
        return 1.0
    limit = max(_fence(shown), _kept(dots, DOTS_KEPT), _kept(days, DAYS_KEPT), *_references(panel))
    highest = max(*shown, *_references(panel), 0.0)
    if highest <= limit * WORTH_CLIPPING:
        limit = highest
    else:
        limit = max(value for value in (*shown, *_references(panel)) if value <= limit)
    limit = max(limit * HEADROOM, BAND_HEADROOM * max(_bands(panel), default=0.0))
    return max(limit, SMALLEST) if limit > 0 else 1.0


def _bands(panel: Panel) -> list[float]:
    return [band.high for band in (panel.band, *panel.day_bands) if band]


def _references(panel: Panel) -> list[float]:
    return _bands(panel) + ([panel.average] if panel.average is not None else [])


def _fence(values: Sequence[float]) -> float:
    """Returns the value over which lie outliers.

    Few values lose at most one; where most are 0, nothing is far.
    """
    if len(values) < FEW:
        runner_up = sorted(values)[-2:][0]
        fence = max(FEW_TIMES_MEDIAN * median(values), runner_up)
    else:
        lower, _, upper = quantiles(values, n=4)
        fence = upper + FAR_OUT_IQR * (upper - lower)
    return fence if fence > 0 else max(values)


def _kept(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0
