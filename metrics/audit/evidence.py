"""What is known of a channel at a moment: its own posts, every reading of them, its subscribers. Nothing later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.audience import subscribers_at
from metrics.audit import limits
from metrics.frame import Bools, Floats, Ints, are_apart, bools, floats, ints, numbered, objects
from metrics.maturity import VIEWS
from metrics.posts import COUNTERS
from metrics.readings import views_at_age

AGES_H = (24, 48, 168)


@dataclass(frozen=True, slots=True)
class Posts:
    """Holds the posts that an audit looks at, one entry a post, oldest first."""

    ids: npt.NDArray[np.object_]
    published_at: Ints
    time_known: Bools
    is_ad: Bools
    subscribers: Floats  # as of the post
    views_at: Mapping[int, Floats]  # age in hours -> views read around that age, NaN where nobody did

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Readings:
    """Holds the readings of `Posts`, one entry a reading, in the order of posts and of time within each."""

    post: Ints  # row in `Posts`
    at: Ints
    age_h: Floats
    exact: Bools  # moment and hour of posting are known: fit for growth
    counters: Mapping[str, Floats]
    views_step: Floats

    def newest(self, *names: str) -> Ints:
        """Returns, for each post, the row of its newest reading that has all these counters."""
        known = np.ones(len(self.post), dtype=np.bool_)
        for name in names:
            known &= ~np.isnan(self.counters[name])
        rows = np.flatnonzero(known)
        return rows[np.flatnonzero(np.diff(self.post[rows], append=-1))]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Holds what an audit of a channel looks at: its own organic posts, as in every answer.

    No ads, no forwarded posts, no replies, no stories.
    """

    posts: Posts
    readings: Readings
    audience: pd.DataFrame
    zone: tzinfo
    as_of: int
    last_post_at: int | None = None  # forwarded posts too
    with_ads: "Evidence | None" = None  # the same with paid posts, where there are any
    has_curve: bool = True  # the fleet's tells how its posts grow: it is a channel of Telegram

    @property
    def feed(self) -> "Evidence":
        """Own posts and paid ones: all that a reader of the channel sees of its own."""
        return self.with_ads or self

    def recent(self, rows: Ints, from_age_h: float) -> Ints:
        """Returns those of the given rows of readings, one a post, that are of the last posts old enough."""
        old = rows[self.readings.age_h[rows] >= from_age_h][-limits.RECENT_POSTS :]
        published = self.posts.published_at[self.readings.post[old]]
        recent: Ints = old[published >= published.max(initial=0) - limits.RECENT_S]
        return recent


def gather(readings: pd.DataFrame, audience: pd.DataFrame, *, zone: tzinfo, as_of: int) -> Evidence:
    """Returns what is known of a channel at `as_of`.

    Tables are those of `frame.table` (a row a reading) and `frame.audience_table`.
    Counters whose moment is not known stay where their post was published by then: nothing earlier is to be had.
    """
    seen = bools(readings, "observed_exact"), ints(readings, "observed_at") <= as_of
    own = _agreed(readings[seen[1] | (~seen[0] & (ints(readings, "published_at") <= as_of))])
    last = int(own["published_at"].max()) if len(own) else None
    own = own[
        ~bools(own, "is_forwarded")
        & ~bools(own, "is_apart")
        & (ints(own, "published_at") <= ints(own, "observed_at"))
    ]
    own = own.sort_values(["published_at", "external_id", "observed_at"], kind="stable")
    own = own.drop_duplicates(["external_id", "observed_at"], keep="last")
    known = audience[ints(audience, "observed_at") <= as_of]
    paid = bools(own, "is_ad")
    whole = _evidence(own, known, zone, as_of, last)
    return replace(_evidence(own[~paid], known, zone, as_of, last), with_ads=whole) if paid.any() else whole


def _evidence(
    own: pd.DataFrame, audience: pd.DataFrame, zone: tzinfo, as_of: int, last: int | None
) -> Evidence:
    numbers, ids = numbered(objects(own, "external_id"))
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    posts = _posts(own, first, ids, audience)
    return Evidence(posts, _readings(own, numbers), audience, zone, as_of, last)


def _agreed(rows: pd.DataFrame) -> pd.DataFrame:
    """Gives each post one publication time and one set of marks, whichever source told them.

    A known hour wins.
    """
    numbers, ids = numbered(objects(rows, "external_id"))
    published, known = ints(rows, "published_at"), bools(rows, "time_known")
    told = np.zeros(len(ids), dtype=np.bool_)
    np.logical_or.at(told, numbers, known)
    moment = np.full(len(ids), np.iinfo(np.int64).max)
    counts = known | ~told[numbers]
    np.minimum.at(moment, numbers[counts], published[counts])
    marks = {}
    for name in ("is_forwarded", "is_ad"):
        marked = np.zeros(len(ids), dtype=np.bool_)
        np.logical_or.at(marked, numbers, bools(rows, name))
        marks[name] = marked[numbers]
    apart = np.zeros(len(ids), dtype=np.bool_)
    np.logical_or.at(apart, numbers, are_apart(rows))
    marks["is_apart"] = apart[numbers]
    return rows.assign(published_at=moment[numbers], time_known=told[numbers], **marks)


def _posts(own: pd.DataFrame, first: Ints, ids: npt.NDArray[np.object_], audience: pd.DataFrame) -> Posts:
    published = ints(own, "published_at")[first]
    return Posts(
        ids=ids,
        published_at=published,
        time_known=bools(own, "time_known")[first],
        is_ad=bools(own, "is_ad")[first],
        subscribers=subscribers_at(published, audience).subscribers,
        views_at={age: views_at_age(ids, own, age) for age in AGES_H},
    )


def _readings(own: pd.DataFrame, numbers: Ints) -> Readings:
    at = ints(own, "observed_at")
    return Readings(
        post=numbers,
        at=at,
        age_h=(at - ints(own, "published_at")) / 3600,
        exact=bools(own, "observed_exact") & bools(own, "time_known"),
        counters={name: floats(own, name) for name in COUNTERS},
        views_step=floats(own, "views_step"),
    )


def views_at(evidence: Evidence, rows: Ints, age_h: int) -> Floats:
    """Returns views of these readings' posts at an age, as read around it, else by the fleet's curve.

    NaN where nobody read them then, and the curve is of others.
    """
    readings, posts = evidence.readings, evidence.posts
    numbers = readings.post[rows]
    if not evidence.has_curve:
        return posts.views_at[age_h][numbers]
    shares = VIEWS.share(readings.age_h[rows], local_hours(posts.published_at[numbers], evidence.zone))
    at_age = VIEWS.share(np.array([float(age_h)]))[0]
    brought = readings.counters["views"][rows] / shares * at_age
    read = posts.views_at[age_h][numbers]
    return np.where(np.isnan(read), brought, read)


def local_hours(moments: Ints, zone: tzinfo) -> Floats:
    clocks = [datetime.fromtimestamp(moment, zone) for moment in moments.tolist()]
    return np.array([clock.hour + clock.minute / 60 for clock in clocks], dtype=np.float64)
