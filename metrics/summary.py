"""A period's report: the headline, what stands beside it, and what it is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

import pandas as pd

from metrics.estimates import Estimate
from metrics.periods import Period


@dataclass(frozen=True, slots=True)
class Missing:
    """`field` is a counter, "views" or "subscribers"; `reason` one of MISSING_REASONS."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts published in the period. `used`: those the headline rests on; `young`: of these, read under 7 days old."""

    used: int
    forwarded: int
    ads: int
    young: int
    days: int  # days of the period that have begun
    silent_days: int  # of these, without an own post


@dataclass(frozen=True, slots=True)
class Subscribers:
    """The count at `moment`; `read_at` is the reading it rests on, `moment` itself where it lies between two."""

    value: int
    moment: int
    read_at: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Side:
    period: Period
    posts: int
    rates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Difference:
    """Percent by which the period stands above (below: negative) the earlier posts, both at 7 days of age."""

    percent: float | None
    low: float | None
    high: float | None
    n: int  # posts of the period
    n_before: int
    approximate: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    previous: Difference
    history: Difference


@dataclass(frozen=True, slots=True)
class Summary:
    platform: str
    zone: str
    as_of: int
    period: Period
    posts: Counts
    fallback: bool  # nothing in the period: the rates are those of the last posts before its end
    few_posts: bool  # 3-4 posts
    components: tuple[str, ...]  # what an interaction is made of in this answer
    weights: Mapping[str, float]  # of weighted_er, by component
    missing: tuple[Missing, ...]
    totals: Mapping[str, int | None]  # counter -> sum over the used posts; None: nobody counted it
    subscribers: Subscribers | None
    rates: Mapping[str, Estimate]  # every code of formulas.FORMULAS
    organic: Side
    paid: Side | None  # from 3 posts on
    previous: Side
    history: Side
    change: Mapping[str, Change]
    approximate: bool


def summarize(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
    weights: Mapping[str, float] | None = None,
    readings: pd.DataFrame | None = None,
) -> Summary:
    """The answer for one channel. `readings`: earlier readings of the posts, a table of the same shape."""
    raise NotImplementedError
