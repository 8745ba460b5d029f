"""What channels of the same size have: medians of a panel (docs/evidence.md, section 5). Always printed with their source."""

from dataclasses import dataclass

PANEL_CHANNELS, PANEL_YEAR = 25, 2025
REACTIONS_PER_VIEW_24H = (0.8, 1.6, 2.5)  # percent: the quartiles of all sizes together


@dataclass(frozen=True, slots=True)
class SizeBand:
    """Percent of subscribers. `channels`: those of the panel that the medians rest on."""

    code: str
    below: float  # subscribers
    view_rate_24h: float
    view_rate_7d: float
    channels: int


SIZES = (
    SizeBand("small", 10_000, 17.8, 32.0, 9),
    SizeBand("middle", 25_000, 15.9, 26.8, 12),
    SizeBand("large", float("inf"), 9.6, 21.5, 4),
)


def of_size(subscribers: int | None) -> SizeBand | None:
    if not subscribers:
        return None
    return next(band for band in SIZES if subscribers < band.below)
