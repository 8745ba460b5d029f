"""One channel's posts as an answer needs them: which of them it rests on, and what it compares them with.

Summary and series are both read off one scope, so that a table is taken apart once an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics import interactions, quantities
from metrics.audience import subscribers_at
from metrics.frame import Bools, Floats, Ints
from metrics.interactions import Choice
from metrics.periods import Period, day_starts, history, local_date, noons, previous
from metrics.posts import COUNTERS
from metrics.sample import Sample

FALLBACK_POSTS = 5
FALLBACK_S = 183 * 86_400  # six months


@dataclass(frozen=True, slots=True)
class Own:
    """The channel's own posts, oldest first, from the earliest day an answer needs to the period's end."""

    rows: Ints  # of the table
    ids: npt.NDArray[np.object_]
    published_at: Ints
    age_h: Floats  # of the reading
    hour: Floats  # local hour of posting
    day: Ints  # number of the local day since the scope's `window_first`; negative before it
    is_ad: Bools
    counters: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Scope:
    period: Period
    zone: tzinfo
    as_of: int
    platform: str
    audience: pd.DataFrame
    weights: Mapping[str, float]
    choice: Choice
    own: Own
    posts: Sample  # the quantities of `own`
    used: Bools  # organic posts of the period, or those that stand in for them
    fallback: bool
    forwarded: int  # posts of the period that came from elsewhere
    window_first: date
    known_since: date | None  # local day of the oldest post in the whole table

    def within(self, period: Period) -> Bools:
        first = (period.first - self.window_first).days
        return np.asarray((self.own.day >= first) & (self.own.day < first + period.days))

    def organic(self, period: Period) -> Bools:
        return self.within(period) & ~self.own.is_ad


def open_scope(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
    weights: Mapping[str, float] | None = None,
    readings: pd.DataFrame | None = None,
    components: Sequence[str] | None = None,
) -> Scope:
    """`readings`: every reading of these posts, a table of the same shape; without it the one that `posts` holds.

    `components`: what an interaction may consist of, where the answer is about other channels too.
    """
    window_first = min(previous(period).first, history(period).first)
    starts = np.array(day_starts(window_first, period.last, zone), dtype=np.int64)
    own = _own(posts, starts, min(int(starts[0]), period.end_unix - FALLBACK_S), as_of)
    first = (period.first - window_first).days
    organic = (own.day >= first) & ~own.is_ad
    used = organic if organic.any() else _stand_ins(own, period)
    before = (own.day >= 0) & (own.day < first) & ~own.is_ad
    choice = interactions.choose(own.counters, platform, used, before)
    if components is not None:
        choice = interactions.narrowed(choice, components)
    shown = {name: (weights or {}).get(name, 1.0) for name in choice.components}
    counted = subscribers_at(own.published_at, audience)
    steps = quantities.rounding_steps(posts, own.rows)
    sample = quantities.of_posts(own.counters, steps, choice, shown, counted)
    published = posts["published_at"].to_numpy()
    return Scope(
        period=period,
        zone=zone,
        as_of=as_of,
        platform=platform,
        audience=audience,
        weights=shown,
        choice=choice,
        own=own,
        posts=quantities.with_views_at_age(sample, own.ids, posts if readings is None else readings),
        used=used,
        fallback=not organic.any(),
        forwarded=_forwarded(posts, period, as_of),
        window_first=window_first,
        known_since=local_date(int(published.min()), zone) if len(published) else None,
    )


def days_of(scope: Scope, period: Period, chosen: Bools, posts: Sample) -> Sample:
    """The period's days that have begun, with the chosen ones of `posts` (the scope's own, or those at 7 days)."""
    last = min(period.last, local_date(scope.as_of, scope.zone))
    noon = np.array(noons(period.first, last, scope.zone), dtype=np.int64)
    rows = np.flatnonzero(chosen & scope.within(period))
    day = scope.own.day[rows] - (period.first - scope.window_first).days
    return quantities.of_days(day, posts.take(rows), subscribers_at(noon, scope.audience), scope.choice)


def _own(posts: pd.DataFrame, starts: Ints, since: int, as_of: int) -> Own:
    published = posts["published_at"].to_numpy()
    wanted = (published >= since) & (published < starts[-1]) & (published <= as_of)
    rows = np.flatnonzero(wanted & ~posts["is_forwarded"].to_numpy())
    rows = rows[np.argsort(published[rows], kind="stable")]
    times = published[rows]
    day = np.searchsorted(starts, times, side="right") - 1
    return Own(
        rows=rows,
        ids=posts["external_id"].to_numpy()[rows],
        published_at=times,
        age_h=(posts["observed_at"].to_numpy()[rows] - times) / 3600,
        hour=(times - starts[np.maximum(day, 0)]) / 3600 % 24,
        day=day,
        is_ad=posts["is_ad"].to_numpy()[rows],
        counters={name: posts[name].to_numpy()[rows] for name in COUNTERS},
    )


def _stand_ins(own: Own, period: Period) -> Bools:
    """The last 5 organic posts within six months, for a period without any (docs/evidence.md#A.1)."""
    candidates = np.flatnonzero(~own.is_ad & (own.published_at >= period.end_unix - FALLBACK_S))
    ordered = sorted(candidates.tolist(), key=lambda row: (int(own.published_at[row]), str(own.ids[row])))
    chosen = np.zeros(len(own.is_ad), dtype=np.bool_)
    chosen[ordered[-FALLBACK_POSTS:]] = True
    return chosen


def _forwarded(posts: pd.DataFrame, period: Period, as_of: int) -> int:
    published = posts["published_at"].to_numpy()
    inside = (published >= period.start_unix) & (published < period.end_unix) & (published <= as_of)
    return int((inside & posts["is_forwarded"].to_numpy()).sum())


def comparable_days(scope: Scope, period: Period, young: Bools, days: int) -> Bools:
    """Which of the period's first `days` days can be compared: the table tells of them, and none has a young post."""
    chosen = np.ones(days, dtype=np.bool_)
    if scope.known_since is not None:
        chosen[: max(0, (scope.known_since - period.first).days)] = False
    touched = scope.own.day[young] - (period.first - scope.window_first).days
    chosen[touched] = False
    return chosen
