"""A channel's own posts with their counters at one age: all of them final, or all of them so many hours old."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

import numpy as np
import pandas as pd

from metrics import maturity
from metrics.audience import SubscribersAt, subscribers_at
from metrics.frame import Floats, Ints, are_apart, bools, floats, ints, objects
from metrics.periods import day_starts, local_date
from metrics.posts import COUNTERS
from metrics.readings import counter_at_age

THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Holds the counters of posts, one entry a post, oldest first; NaN where a counter is unknown."""

    day: Ints  # ordinal of the local day of posting
    counters: Mapping[str, Floats]
    steps: Mapping[str, Floats]  # rounding steps of the counters that are rounded at all
    counted: SubscribersAt  # subscribers as of each post
    age_h: Floats | None  # of the readings that are still to be brought to 7 days


def own_posts(posts: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """Returns own posts published by `as_of`, oldest first.

    Ads, forwarded posts, replies and stories are left out.
    """
    published = ints(posts, "published_at")
    own = (published <= as_of) & ~bools(posts, "is_forwarded") & ~bools(posts, "is_ad")
    own &= ~are_apart(posts)
    rows = np.flatnonzero(own)
    return posts.iloc[rows[np.argsort(published[rows], kind="stable")]]


def local_days(moments: Ints, zone: tzinfo) -> Ints:
    """Returns the ordinals of the local days of ascending moments."""
    if len(moments) == 0:
        return np.empty(0, dtype=np.int64)
    first, last = (local_date(int(moment), zone) for moment in (moments[0], moments[-1]))
    starts = np.array(day_starts(first, last, zone), dtype=np.int64)
    return first.toordinal() + np.searchsorted(starts, moments, side="right") - 1


def final_counts(own: pd.DataFrame, audience: pd.DataFrame, zone: tzinfo, as_of: int) -> Counts:
    """Returns counters of posts of 7 days and more, at the reading and at `as_of`.

    See docs/evidence.md#A.6 (d).
    """
    published, observed = ints(own, "published_at"), ints(own, "observed_at")
    old = np.minimum(observed, as_of) - published >= maturity.FINAL_H * 3600
    posts = own[old]
    steps = {name: floats(posts, f"{name}_step") for name in COUNTERS}
    return Counts(
        local_days(published[old], zone),
        {name: floats(posts, name) for name in COUNTERS},
        {name: step for name, step in steps.items() if step.any()},
        subscribers_at(published[old], audience),
        (observed[old] - published[old]) / 3600,
    )


def counts_at_age(
    own: pd.DataFrame, readings: pd.DataFrame, audience: pd.DataFrame, zone: tzinfo, age_h: float
) -> Counts:
    """Returns counters of these posts at an age, from every reading of them; subscribers as of the post."""
    ids, published = objects(own, "external_id"), ints(own, "published_at")
    read = {name: counter_at_age(ids, readings, name, age_h) for name in COUNTERS}
    return Counts(
        local_days(published, zone),
        {name: values for name, (values, _) in read.items()},
        {name: np.nan_to_num(step) for name, (_, step) in read.items() if np.nan_to_num(step).any()},
        subscribers_at(published, audience),
        None,
    )


def with_page_steps(counts: Counts) -> Counts:
    """Returns the counts with the rounding steps that pages have.

    Pages round to three significant digits and drop trailing zeros: «4K» is 4.00K once a page showed «4.03K».
    Until then one decimal of the thousands is trusted, which is what older pages always gave.
    """
    steps = {name: _page_step(counts.counters[name], step) for name, step in counts.steps.items()}
    return replace(counts, steps=steps)


def _page_step(values: Floats, steps: Floats) -> Floats:
    known = np.isfinite(values) & (values >= THOUSAND) & (steps > 1)
    digits = np.floor(np.log10(np.where(known, values, THOUSAND)))
    three = 10.0 ** (digits - 2)
    shows_two_decimals = bool((known & (steps == three) & (digits % 3 == 0)).any())
    trusted = three if shows_two_decimals else np.maximum(three, 10.0 ** (digits - digits % 3 - 1))
    return np.where(known, np.minimum(steps, trusted), steps)
