"""What a comparison comes to, before anybody judges it. No pandas here: decisions cross to the bot's own process."""

from dataclasses import dataclass, replace

from metrics.drops.spans import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """`shift` is D of docs/evidence.md#A.6: the window's mean log less the history's. `se` is None where a rule has none."""

    shift: float
    se: float | None
    window: Span
    window_posts: int
    history: Span  # from the first day that the series knows, where it begins later than was asked for
    history_posts: int
    history_days: int  # with posts
    rounding_sd: float = 0.0  # of a post of the window
    is_floored: bool = False  # most of the window's posts lie below the clip: the fall is deeper than that

    newest: int | None = None  # the last day of the window with a post
    newest_shift: float | None = None  # of that day's own mean
    started: int | None = None  # the day the level fell, where it lies below by the gate

    @property
    def z(self) -> float | None:
        return None if self.se is None else -self.shift / self.se


@dataclass(frozen=True, slots=True)
class NoComparison:
    """Why there is nothing to compare; one of REASONS."""

    reason: str
    window: Span
    window_posts: int
    history: Span
    history_posts: int
    history_days: int


@dataclass(frozen=True, slots=True)
class Fit:
    """`z` is None where the history is too short. A drop of `detectable_percent` shows within so many days."""

    z: float | None
    days: int
    judged_days: int
    detectable_percent: float | None = None
    detectable_days: int | None = None


REASONS = (
    "no_data",  # nobody ever counted what the metric is made of
    "no_posts",  # nothing was published in the window
    "no_readings",  # posts were published, nobody read their counters at the age that is compared
    "learning",  # the history is still too short
    "too_few_posts",  # fewer than three in the window
    "other_components",  # the interactions that the window counts were not counted before
)

Compared = Comparison | NoComparison


def without_common(comparison: Comparison, common: float) -> Comparison:
    """Returns the comparison without the shift that all channels of the workspace share."""
    return replace(comparison, shift=comparison.shift - common)
