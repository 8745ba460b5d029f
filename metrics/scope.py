"""One channel's posts as an answer needs them: which of them it rests on, and what it compares them with.

Summary and series are both read off one scope, so that a table is taken apart once an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

import numpy as np
import pandas as pd

from metrics import basis as bases
from metrics import interactions, quantities
from metrics.audience import subscribers_at
from metrics.basis import Basis
from metrics.curves import Curves, curves
from metrics.folding import FOLDED
from metrics.frame import Bools, Floats, Ints, Objects, bools, floats, ints, objects, texts
from metrics.interactions import Choice, Sides
from metrics.periods import HISTORY_DAYS, Period, day_starts, history, local_date, noons, previous
from metrics.posts import APART_FORMATS, COUNTERS
from metrics.sample import Sample

FALLBACK_POSTS = 5
FRESH_S, FALLBACK_S = 3 * 86_400, 183 * 86_400  # an age known this well is an age; six months


@dataclass(frozen=True, slots=True)
class OwnPosts:
    """The channel's own posts, oldest first, from the earliest day an answer needs to the period's end."""

    rows: Ints  # of the table
    ids: Objects
    published_at: Ints
    age_h: Floats  # of the reading
    hour: Floats  # local hour of posting
    day: Ints  # number of the local day since the scope's `window_first`; negative before it
    is_ad: Bools
    is_apart: Bools  # replies and stories
    formats: Objects
    time_known: Bools
    is_exact: Bools  # the moment of the reading and the hour of posting are known
    by: Objects  # one of basis.AGES: how each came to 7 days
    counters: Mapping[str, Floats]  # as they were read
    folded: Mapping[str, Floats]  # by why: other rows of the table that each post stands for
    aged: Mapping[str, Floats]  # at 7 days

    @property
    def is_organic(self) -> Bools:
        return ~self.is_ad & ~self.is_apart

    @property
    def is_young(self) -> Bools:
        return bases.is_young(self.age_h, self.is_exact)

    @property
    def is_of_unknown_age(self) -> Bools:
        return np.asarray(self.by == "unknown_age")


@dataclass(frozen=True, slots=True)
class Scope:
    period: Period
    zone: tzinfo
    as_of: int
    platform: str
    audience: pd.DataFrame
    weights: Mapping[str, float]
    choice: Choice
    own: OwnPosts
    posts: Sample  # the quantities of `own`, at 7 days
    raw: Sample  # the same as they were read
    used: Bools  # organic posts of the period that count, or those that stand in for them
    young: Bools  # organic posts of the period that do not count yet
    basis: Basis
    curves: Curves
    fallback: bool
    forwarded: int  # posts of the period that came from elsewhere
    window_first: date
    known_since: date | None  # local day of the oldest post in the whole table
    known_until: date | None  # local day of the newest reading or post

    def within(self, period: Period) -> Bools:
        first = (period.first - self.window_first).days
        return np.asarray((self.own.day >= first) & (self.own.day < first + period.days))

    def organic(self, period: Period) -> Bools:
        return self.within(period) & self.own.is_organic


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
    growth: Curves | None = None,
) -> Scope:
    """Returns one channel's posts as an answer needs them.

    `readings`: every reading of these posts, a table of the same shape; without it the one that `posts`
    holds. `components`: what an interaction may consist of, where the answer is about other channels too.
    `growth`: the curves of these readings, where they are known already.
    """
    window_first = min(previous(period).first, history(period).first)
    starts = np.array(day_starts(window_first, period.last, zone), dtype=np.int64)
    known = posts if readings is None else readings
    how, again = growth or curves(known, platform, as_of), None if known is posts else known
    own = _own(posts, starts, min(int(starts[0]), period.end_unix - FALLBACK_S), as_of)
    steps = quantities.rounding_steps(posts, own.rows)
    aged = bases.at_7d(own.counters, steps, own.ids, again, own.age_h, own.hour, own.is_exact, how)
    own = replace(own, by=aged.by, aged=aged.counters)
    first = (period.first - window_first).days
    organic = (own.day >= first) & own.is_organic
    chosen = organic if organic.any() else _stand_ins(own, period)
    used = chosen & ~own.is_young if (chosen & ~own.is_young).any() else chosen
    choice = _choice(own, platform, _sides(own, used, window_first, period), components)
    shown = {name: (weights or {}).get(name, 1.0) for name in choice.components}
    counted = subscribers_at(own.published_at, audience)
    sample = quantities.of_posts(aged.counters, aged.steps, choice, shown, counted)
    sample = quantities.with_rough_curve(
        quantities.with_views_at_age(sample, own.ids, known), np.isin(own.by, bases.BY_CURVE)
    )
    since, until = _covered(posts, known, zone, as_of)
    return Scope(
        period=period,
        zone=zone,
        as_of=as_of,
        platform=platform,
        audience=audience,
        weights=shown,
        choice=choice,
        own=own,
        posts=sample,
        raw=quantities.of_posts(own.counters, steps, choice, shown, counted),
        used=used,
        young=chosen & own.is_young & ~used,
        basis=_basis(own, chosen, used, choice, sample, posts, period, as_of, how, first, zone),
        curves=how,
        fallback=not organic.any(),
        forwarded=_forwarded(posts, period, as_of),
        window_first=window_first,
        known_since=since,
        known_until=until,
    )


def _covered(
    posts: pd.DataFrame, readings: pd.DataFrame, zone: tzinfo, as_of: int
) -> tuple[date | None, date | None]:
    """Returns the local days of the oldest post and of the newest post or reading; two None without posts."""
    if posts.empty:
        return None, None
    published = ints(posts, "published_at")
    until = max(int(published.max()), int(readings["observed_at"].max()) if len(readings) else 0)
    return local_date(int(published.min()), zone), local_date(min(until, as_of), zone)


def _sides(own: OwnPosts, used: Bools, window_first: date, period: Period) -> Sides:
    first, end = ((day - window_first).days for day in (period.first, period.last))
    recent = (own.day > end - HISTORY_DAYS) & own.is_organic
    before = (own.day >= first - HISTORY_DAYS) & (own.day < first) & own.is_organic
    return Sides(used, recent, before)


def _choice(own: OwnPosts, platform: str, sides: Sides, components: Sequence[str] | None) -> Choice:
    choice = interactions.of_channel(own.counters, platform, sides)
    return choice if components is None else interactions.narrowed(choice, components)


def _basis(
    own: OwnPosts,
    chosen: Bools,
    used: Bools,
    choice: Choice,
    sample: Sample,
    posts: pd.DataFrame,
    period: Period,
    as_of: int,
    how: Curves,
    first: int,
    zone: tzinfo,
) -> Basis:
    denominator = bases.denominator(own.counters, sample.of("subscribers"), used)
    here = own.day >= first
    formats = own.formats
    kept_out = {
        "ads": int((here & own.is_ad).sum()),
        "forwarded": _forwarded(posts, period, as_of),
        "replies": int((here & ~own.is_ad & (formats == "reply")).sum()),
        "stories": int((here & ~own.is_ad & (formats == "story")).sum()),
    }
    folded = {why: int(np.nansum(rows[here])) for why, rows in own.folded.items()}
    rough = sample.is_rough("interactions") | sample.is_rough(denominator)
    return Basis(
        posts=int(used.sum()),
        denominator=denominator,
        components=choice.components,
        age=bases.named_age(own.by[used]),
        approximate=bool(rough[used].any()),
        young=int((chosen & own.is_young).sum()),
        all_young=bool(used.any() and own.is_young[used].all()),
        unknown_age=int(own.is_of_unknown_age[used].sum()),
        kept_out={kind: count for kind, count in kept_out.items() if count},
        curve=how.kind,
        curve_since=None if how.changed_at is None else local_date(how.changed_at, zone),
        entered=choice.entered,
        left=choice.left,
        folded={why: count for why, count in folded.items() if count},
    )


def days_of(scope: Scope, period: Period, chosen: Bools, posts: Sample) -> Sample:
    """Returns the period's days that have begun, with the chosen ones of a sample of the scope's posts."""
    last = min(period.last, local_date(scope.as_of, scope.zone))
    noon = np.array(noons(period.first, last, scope.zone), dtype=np.int64)
    rows = np.flatnonzero(chosen & scope.within(period))
    day = scope.own.day[rows] - (period.first - scope.window_first).days
    return quantities.of_days(day, posts.take(rows), subscribers_at(noon, scope.audience), scope.choice)


def _own(posts: pd.DataFrame, starts: Ints, since: int, as_of: int) -> OwnPosts:
    published = ints(posts, "published_at")
    wanted = (published >= since) & (published < starts[-1]) & (published <= as_of)
    rows = np.flatnonzero(wanted & ~bools(posts, "is_forwarded"))
    rows = rows[np.argsort(published[rows], kind="stable")]
    times = published[rows]
    formats = texts(posts, "format", rows)
    day = np.searchsorted(starts, times, side="right") - 1
    return OwnPosts(
        rows=rows,
        ids=objects(posts, "external_id")[rows],
        published_at=times,
        age_h=(_read_at(posts, as_of)[rows] - times) / 3600,
        hour=(times - starts[np.maximum(day, 0)]) / 3600 % 24,
        day=day,
        is_ad=bools(posts, "is_ad")[rows],
        is_apart=np.isin(formats, APART_FORMATS),
        formats=formats,
        time_known=bools(posts, "time_known")[rows],
        is_exact=bools(posts, "observed_exact")[rows] | _is_fresh(published, as_of),
        by=np.full(len(rows), "as_read", dtype=np.object_),
        aged={},
        counters={name: floats(posts, name)[rows] for name in COUNTERS},
        folded={name: floats(posts, name)[rows] for name in FOLDED},
    )


def _is_fresh(published: Ints, as_of: int) -> bool:
    """Tells whether the newest post is fresh: a file without moments was read between it and now."""
    past = published[published <= as_of]
    return bool(len(past)) and as_of - int(past.max()) <= FRESH_S


def _read_at(posts: pd.DataFrame, as_of: int) -> Ints:
    """Returns when rows were read.

    A file that does not say was read by now, even if it plans days to come.
    """
    read = ints(posts, "observed_at")
    return np.asarray(np.where(bools(posts, "observed_exact"), read, np.minimum(read, as_of)), np.int64)


def _stand_ins(own: OwnPosts, period: Period) -> Bools:
    """Tells which posts, the last 5 organic of six months, stand in for a period's (docs/evidence.md#A.1)."""
    candidates = np.flatnonzero(own.is_organic & (own.published_at >= period.end_unix - FALLBACK_S))
    ordered = sorted(candidates.tolist(), key=lambda row: (int(own.published_at[row]), str(own.ids[row])))
    chosen = np.zeros(len(own.is_ad), dtype=np.bool_)
    chosen[ordered[-FALLBACK_POSTS:]] = True
    return chosen


def _forwarded(posts: pd.DataFrame, period: Period, as_of: int) -> int:
    published = ints(posts, "published_at")
    inside = (published >= period.start_unix) & (published < period.end_unix) & (published <= as_of)
    return int((inside & bools(posts, "is_forwarded")).sum())


def compared(scope: Scope) -> Bools:
    """Tells which own posts may be compared: of 24 hours and a known age; without a curve, of 7 days."""
    old = ~scope.own.is_young & ~scope.own.is_of_unknown_age
    return np.asarray(old & (scope.own.by != "as_read"))


def comparable_days(scope: Scope, period: Period, young: Bools, days: int) -> Bools:
    """Tells which of the first `days` days of the period are known and hold no post too young to count."""
    chosen = np.ones(days, dtype=np.bool_)
    if scope.known_since is not None:
        chosen[: max(0, (scope.known_since - period.first).days)] = False
    if scope.known_until is not None:
        chosen[max(0, (scope.known_until - period.first).days + 1) :] = False
    touched = scope.own.day[young] - (period.first - scope.window_first).days
    chosen[touched] = False
    return chosen
