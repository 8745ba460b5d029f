"""Figures that others published of channels at large (docs/evidence.md#5): always told with base, source, year and trust.

They never enter a channel's own number, nor are two of them put together: their bases differ tenfold.
"""

from dataclasses import dataclass

from metrics.audit.benchmarks import PANEL_YEAR, REACTIONS_PER_VIEW_24H, SIZES

MEASURED, GOOD = "measured", "good"  # trust; what deserves less is not told at all
PANEL = "panel"  # the channels that were measured for this product
SHOWN = 4


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """Percent: the middle, or quartiles, or a range of `low` to `high`. `base`: of what, a code with its words.

    `from_size` up to, not including, `below_size`: subscribers; None: of all sizes together.
    """

    platform: str
    base: str
    low: float | None
    middle: float | None
    high: float | None
    source: str
    year: int
    trust: str
    from_size: int | None = None
    below_size: int | None = None

    def fits(self, platform: str, subscribers: float | None) -> bool:
        if self.platform != platform:
            return False
        if self.from_size is None and self.below_size is None:
            return True
        if subscribers is None:
            return False
        return (self.from_size or 0) <= subscribers < (self.below_size or float("inf"))


_YOUTUBE = (
    (1_000, 10_000, 3.41, 5.23, 7.82),
    (10_000, 50_000, 2.48, 3.74, 5.43),
    (50_000, 100_000, 1.87, 2.81, 4.12),
    (100_000, 500_000, 1.38, 2.12, 3.24),
    (500_000, None, 0.89, 1.41, 2.18),
)
_BY_FOLLOWERS = {"instagram": 0.48, "facebook": 0.15, "x": 0.12, "tiktok": 3.70}
_BY_IMPRESSIONS = {
    "linkedin": 6.5,
    "facebook": 5.07,
    "tiktok": 4.86,
    "youtube": 4.41,
    "x": 2.31,
    "instagram": 1.16,
}


def _measured() -> list[PublishedFigure]:
    """Returns the medians of the channels that were measured for this product."""
    starts = [0, *(int(band.below) for band in SIZES[:-1])]
    found = [
        PublishedFigure(
            "telegram", "views_7d_by_subscribers", None, band.view_rate_7d, None, PANEL, PANEL_YEAR, MEASURED,
            start, int(band.below) if band.below < float("inf") else None,
        )
        for start, band in zip(starts, SIZES, strict=True)
    ]  # fmt: skip
    low, middle, high = REACTIONS_PER_VIEW_24H
    whole = PublishedFigure(
        "telegram", "reactions_by_views_24h", low, middle, high, PANEL, PANEL_YEAR, MEASURED
    )
    return [*found, whole]


PUBLISHED = (
    *_measured(),
    *(
        PublishedFigure(
            "youtube", "likes_comments_by_views", low, middle, high, "sociavault", 2026, GOOD, start, end
        )
        for start, end, low, middle, high in _YOUTUBE
    ),
    *(
        PublishedFigure(platform, "er_by_followers", None, value, None, "Socialinsider", 2026, GOOD)
        for platform, value in _BY_FOLLOWERS.items()
    ),
    *(
        PublishedFigure(platform, "er_by_impressions", None, value, None, "Buffer", 2025, GOOD)
        for platform, value in _BY_IMPRESSIONS.items()
    ),
)


def published_of(platform: str, subscribers: float | None) -> tuple[PublishedFigure, ...]:
    """Returns the figures of this network and size, the most trusted first."""
    order = {MEASURED: 0, GOOD: 1}
    found = [one for one in PUBLISHED if one.fits(platform, subscribers)]
    return tuple(sorted(found, key=lambda one: order[one.trust])[:SHOWN])
