"""The ages of a post at which its counters are read (docs/evidence.md#7), in hours."""

from collections.abc import Sequence

from metrics.durations import HOUR_S

AGES_H = (1, 3, 6, 12, 24, 48, 72, 168, 720)


def newest_age(published_at: int, now: int, ages_h: Sequence[int] = AGES_H) -> int | None:
    """Returns the moment at which the post came to the last age it has passed; None before the first."""
    return max((at for at in _moments(published_at, ages_h) if at <= now), default=None)


def next_age(published_at: int, now: int, ages_h: Sequence[int] = AGES_H) -> int | None:
    return min((at for at in _moments(published_at, ages_h) if at > now), default=None)


def ages_passed(published_at: int, moment: int) -> int:
    """Returns how many reading ages the post had passed before a moment.

    A reading taken exactly at an age still belongs to the ages before it.
    """
    return sum(at < moment for at in _moments(published_at, AGES_H))


def _moments(published_at: int, ages_h: Sequence[int]) -> list[int]:
    return [published_at + age_h * HOUR_S for age_h in ages_h]
