"""When an audience reads: views gained by hour of its local day, between readings close enough to tell the hour.

Views come soonest after publication, so that the raw gains mostly tell when the channel posts. `relative` takes that
out: the gains of an hour over what the fleet's curve lets posts of those ages gain.
"""

from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import pandas as pd

from metrics import maturity
from metrics.frame import Bools, Floats, Ints, bools, floats, ints, numbered, objects
from metrics.periods import Period
from metrics.wall_clock import wall_clock

CLOSE_H = 6.0  # between two readings; further apart they don't tell the hour
SLOT_S = 900  # zones lie whole quarters of an hour from UTC
WEEK_HOURS = 7 * 24
MINIMUM_POSTS = 5
MINIMUM_HOURS_SEEN = 3.0  # of each hour of the day, or its average is one day's luck


@dataclass(frozen=True, slots=True)
class Hour:
    """`views_per_hour`: gained by all posts read, while they were; `seen_h`: real hours of readings it rests on."""

    hour: int
    views_per_hour: float
    share_percent: float  # of the 24
    relative: float | None  # 1: as many as the ages of the posts let expect
    seen_h: float


@dataclass(frozen=True, slots=True)
class HourOfWeek:
    """`relative` as in `Hour`; None where fewer than MINIMUM_POSTS posts were read then, or none could gain anything."""

    weekday: int  # Monday is 0
    hour: int
    relative: float | None
    posts: int  # whose growth was read then


@dataclass(frozen=True, slots=True)
class Activity:
    hours: tuple[Hour, ...] | None  # 24
    posts: int  # whose growth was read
    reason: str | None  # one of estimates.REASONS


@dataclass(frozen=True, slots=True)
class _Gains:
    """Neighbouring readings of one post: [start, end) in unix seconds, and what it gained meanwhile."""

    post: Ints
    start: Ints
    end: Ints
    published_at: Ints
    views: Floats

    def take(self, chosen: Bools) -> "_Gains":
        return _Gains(*(getattr(self, name)[chosen] for name in _Gains.__slots__))


def activity(readings: pd.DataFrame, *, period: Period, zone: tzinfo) -> Activity:
    """Returns when the audience reads: views gained by local hour, of own posts published in the period.

    `readings` has the shape of a `frame.table`, in any order. `hours` is None, with a reason, where there are
    too few readings.
    """
    gains = _gains(readings, period)
    posts = len(np.unique(gains.post))
    if posts < MINIMUM_POSTS:
        return Activity(None, posts, "readings_too_rare" if _is_read_twice(readings) else "no_readings")
    seen_h, views, expected = _by_hour(gains, zone)
    if (seen_h < MINIMUM_HOURS_SEEN).any():
        return Activity(None, posts, "readings_too_rare")
    if views.sum() <= 0:
        return Activity(None, posts, "zero_rate")
    rate = views / seen_h
    usual = views.sum() / expected.sum()
    return Activity(
        tuple(
            Hour(
                hour=hour,
                views_per_hour=float(rate[hour]),
                share_percent=float(100 * rate[hour] / rate.sum()),
                relative=float(views[hour] / expected[hour] / usual) if expected[hour] > 0 else None,
                seen_h=float(seen_h[hour]),
            )
            for hour in range(24)
        ),
        posts,
        None,
    )


def activity_of_week(
    readings: pd.DataFrame, *, period: Period, zone: tzinfo
) -> tuple[HourOfWeek, ...] | None:
    """Gives the 168 hours of a week, Monday's first; None where `activity` tells no hours either."""
    if activity(readings, period=period, zone=zone).hours is None:
        return None
    slots = _by_slot(_gains(readings, period), zone)
    expected = np.bincount(slots.hour_of_week, slots.expected, WEEK_HOURS)
    views = np.bincount(slots.hour_of_week, slots.views, WEEK_HOURS)
    seen = np.unique(np.stack([slots.hour_of_week, slots.post]), axis=1)[0]
    posts = np.bincount(seen, minlength=WEEK_HOURS)
    usual = views.sum() / expected.sum()
    is_known = (posts >= MINIMUM_POSTS) & (expected > 0)
    return tuple(
        HourOfWeek(
            place // 24,
            place % 24,
            float(views[place] / expected[place] / usual) if is_known[place] else None,
            int(posts[place]),
        )
        for place in range(WEEK_HOURS)
    )


def _is_read_twice(readings: pd.DataFrame) -> bool:
    return bool(readings["external_id"].duplicated().any())


def _gains(readings: pd.DataFrame, period: Period) -> _Gains:
    """Returns the views that posts gained between neighbouring readings.

    Posts whose views fell are left out: they were taken down or replaced in between.
    """
    published = ints(readings, "published_at")
    inside = (published >= period.start_unix) & (published < period.end_unix)
    exact = bools(readings, "observed_exact") & bools(readings, "time_known")
    views = floats(readings, "views")
    rows = np.flatnonzero(inside & exact & ~bools(readings, "is_forwarded") & ~np.isnan(views))
    at = ints(readings, "observed_at")[rows]
    post = numbered(objects(readings, "external_id")[rows])[0]
    order = np.lexsort((views[rows], at, post))
    rows, at, post = rows[order], at[order], post[order]
    left = np.flatnonzero((np.diff(post) == 0) & (np.diff(at) > 0))
    right = left + 1
    gained = views[rows[right]] - views[rows[left]]
    step = floats(readings, "views_step")[rows]
    fell = np.unique(post[left[gained < -np.maximum(step[left], step[right])]])
    made = _Gains(post[left], at[left], at[right], published[rows[left]], np.maximum(gained, 0))
    close = (made.end - made.start <= CLOSE_H * 3600) & (made.start >= made.published_at)
    return made.take(close & ~np.isin(made.post, fell))


@dataclass(frozen=True, slots=True)
class _Slots:
    """Parts of gains: each within one slot of a quarter of an hour. `hour_of_week`: 0 is Monday's first."""

    start: Ints
    hour_of_week: Ints
    post: Ints
    views: Floats
    expected: Floats  # what posts of those ages gain by the fleet's curve


def _by_slot(gains: _Gains, zone: tzinfo) -> _Slots:
    span = (gains.end - gains.start).astype(np.float64)
    level = gains.views.sum() / max(1, len(np.unique(gains.post)))
    parts: list[tuple[Ints, Ints, Floats, Floats]] = []
    for number in range(int(CLOSE_H * 3600 // SLOT_S) + 1):
        slot = gains.start // SLOT_S + number
        begin, end = np.maximum(slot * SLOT_S, gains.start), np.minimum((slot + 1) * SLOT_S, gains.end)
        some = end > begin
        share = _share(end, gains.published_at) - _share(begin, gains.published_at)
        views = (gains.views * (end - begin) / span)[some]
        parts.append((slot[some] * SLOT_S, gains.post[some], views, (level * share)[some]))
    start, post, views, expected = (np.concatenate(column) for column in zip(*parts, strict=True))
    clock = wall_clock(start, zone)
    return _Slots(start, clock.weekday * 24 + clock.hour, post, views, expected)


def _by_hour(gains: _Gains, zone: tzinfo) -> tuple[Floats, Floats, Floats]:
    """Returns, for each local hour: real hours seen, views gained, and views expected by the fleet's curve.

    What is expected is what posts of the same ages usually gain in those hours.
    """
    slots = _by_slot(gains, zone)
    hour = slots.hour_of_week % 24
    _, first = np.unique(slots.start, return_index=True)
    seen_h = np.bincount(hour[first], minlength=24) * SLOT_S / 3600
    views, expected = (
        np.bincount(hour, part, 24).astype(np.float64) for part in (slots.views, slots.expected)
    )
    return seen_h, views, expected


def _share(moment: Ints, published: Ints) -> Floats:
    """Returns the share of its final views that each post has at a moment (unix seconds).

    Growth is even within the first hour, of which the curve tells nothing.
    """
    age_h = (moment - published) / 3600
    return maturity.VIEWS.share(age_h) * np.minimum(age_h, 1)
