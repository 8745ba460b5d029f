"""Growth in the hours when an audience sleeps (indicator 3), in the channel's own time.

The middle of the night is taken for the hour opposite to the mean hour of posting: bought views don't move it. Within
3 hours of it the quietest 6 hours are the night: an editor may post at noon only, and an audience lives by itself.
"""

import numpy as np

from metrics.audit import limits
from metrics.audit.blocks import of_posts
from metrics.audit.evidence import Evidence
from metrics.audit.findings import IndicatorReading, NotChecked, Outcome
from metrics.audit.growth import Segments, curves, segments, watched
from metrics.frame import Bools, Floats, Ints
from metrics.maturity import FINAL_H

_DAY_H = 24.0


def night_growth(evidence: Evidence) -> Outcome:
    middle = middle_of_night(evidence)
    if middle is None:
        return NotChecked("night_growth", "posting_hours")
    cut, grown = _watched_growth(evidence)
    nights = [night_shares(cut, start, len(grown)) for start in _nights(middle)]

    def measure(posts: Ints) -> Outcome:
        if len(posts) < limits.WATCHED_POSTS:
            return NotChecked("night_growth", "watch_48h")
        quietest = min(float(np.median(shares[posts])) for shares in nights)
        return IndicatorReading("night_growth", quietest, len(posts))

    return of_posts(evidence, grown, measure)


def middle_of_night(evidence: Evidence) -> float | None:
    """Returns the UTC hour opposite to the mean hour of posting.

    None: too few posts, or posting round the clock.
    """
    known = evidence.posts.published_at[evidence.posts.time_known][-2 * limits.RECENT_POSTS :]
    if len(known) < limits.POSTING_TIMES:
        return None
    angles = known % 86_400 / 86_400 * 2 * np.pi
    mean = np.exp(1j * angles).mean()
    if abs(mean) < limits.POSTING_CONCENTRATION:
        return None
    return float((np.angle(mean) / (2 * np.pi) * _DAY_H + _DAY_H / 2) % _DAY_H)


def _nights(middle_h: float) -> list[float]:
    """Returns the UTC hours at which the night may begin."""
    shifts = range(-limits.NIGHT_SHIFT_H, limits.NIGHT_SHIFT_H + 1)
    return [(middle_h - limits.NIGHT_HOURS / 2 + shift) % _DAY_H for shift in shifts]


def night_shares(cut: Segments, start_h: float, posts: int) -> Floats:
    """Returns the share of each post's growth that fell into the 6 hours from `start_h` (UTC).

    It is NaN where nothing grew.
    """
    end = cut.start_h + cut.to_h - cut.from_h
    asleep = (_slept(end, start_h) - _slept(cut.start_h, start_h)) / (cut.to_h - cut.from_h)
    total = np.bincount(cut.post, cut.gain, posts)
    at_night = np.bincount(cut.post, cut.gain * asleep, posts)
    return np.asarray(np.divide(at_night, total, out=np.full(posts, np.nan), where=total > 0))


def _slept(moment_h: Floats, start_h: float) -> Floats:
    """Returns the hours of night up to each moment, counted from some night long ago."""
    days, hour = np.divmod(moment_h - start_h, _DAY_H)
    return np.asarray(days * limits.NIGHT_HOURS + np.minimum(hour, limits.NIGHT_HOURS))


def _watched_growth(evidence: Evidence) -> tuple[Segments, Bools]:
    """Returns growth to 7 days where enough posts were watched so long, else growth between 24 and 48 hours.

    The second value tells which posts were read densely enough.
    """
    _, to_7d = watched(evidence)
    cut, read = _growth(evidence, limits.GROWTH_FROM_H, FINAL_H)
    read &= to_7d
    if read.sum() >= limits.WATCHED_POSTS:
        return cut, read
    return _growth(evidence, *limits.NIGHT_WATCH_H)


def _growth(evidence: Evidence, from_h: float, to_h: float) -> tuple[Segments, Bools]:
    """Returns what grew between readings close enough to tell the hour, and the posts it nearly covers."""
    cut = segments(curves(evidence), from_h, to_h)
    close = cut.gap_h <= limits.DENSE_GAP_H
    cut = Segments(*(getattr(cut, name)[close] for name in Segments.__slots__))
    size = len(evidence.posts)
    covered = np.bincount(cut.post, cut.to_h - cut.from_h, size) >= limits.NIGHT_COVERED * (to_h - from_h)
    return cut, covered & (np.bincount(cut.post, cut.gain, size) >= limits.NIGHT_GAIN)
