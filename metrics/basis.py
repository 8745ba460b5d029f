"""What an answer rests on: which posts, over which denominator, of which components, at which age. Chosen once.

Every figure, picture, ranking, comparison and summary of a channel and a period is computed from the posts that stand
here, with their counters brought to 7 days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics import registry
from metrics.curves import Curves
from metrics.frame import Bools, Floats
from metrics.interactions import present
from metrics.maturity import CURVES, FINAL_H, YOUNG_H
from metrics.posts import COUNTERS
from metrics.readings import AT_AGE, counter_at_age
from metrics.registry import HEADLINES, LEVEL_OF

AGES = (
    "readings",  # read at 7 days
    "own_curve",  # brought to 7 days by the channel's own growth
    "fleet_curve",  # by that of Telegram channels
    "final",  # the last values of posts of 7 days and more
    "as_read",  # no curve, and younger than 7 days: as they stand
    "unknown_age",  # the moment of reading is not known
)
BY_CURVE = ("own_curve", "fleet_curve")
MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Basis:
    """`kept_out`: kind -> posts of the period that are not counted: ads, forwarded, replies, stories."""

    posts: int
    denominator: str  # views, reach or subscribers
    components: tuple[str, ...]
    age: str  # one of AGES: how most of the posts came to their age
    approximate: bool  # a curve or a rounded counter took part
    young: int  # posts under 24 hours, not counted yet
    all_young: bool  # there are no others: then they are counted, by the curve
    unknown_age: int  # counted, but in no difference
    kept_out: Mapping[str, int]
    curve: str  # Curves.kind
    curve_since: date | None  # local day on which another way to 7 days took over, told for a week
    entered: tuple[str, ...]  # components that the earlier posts lack: no difference is computed across them
    left: tuple[str, ...]  # parts that counted before
    folded: Mapping[str, int]  # one of folding.FOLDED -> rows of the source that are no posts of their own

    @property
    def headline(self) -> str:
        return HEADLINES[self.denominator]

    @property
    def level(self) -> str:
        return LEVEL_OF[self.denominator]


@dataclass(frozen=True, slots=True)
class CountersAt7Days:
    """Counters at 7 days, their rounding steps, and by which of AGES each post came there."""

    counters: Mapping[str, Floats]
    steps: Mapping[str, Floats]
    by: "np.ndarray[tuple[int], np.dtype[np.object_]]"


def denominator(counters: Mapping[str, Floats], subscribers: Floats, used: Bools) -> str:
    """Returns the first of views, reach and subscribers that most posts carry; views where none is."""
    known = {"views": counters["views"], "reach": counters["reach"], "subscribers": subscribers}
    return next((name for name in registry.HEADLINES if present(known[name], used)), "views")


def at_7d(
    counters: Mapping[str, Floats],
    steps: Mapping[str, Floats],
    ids: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    readings: pd.DataFrame | None,
    age_h: Floats,
    hour: Floats,
    is_exact: Bools,
    curves: Curves,
) -> CountersAt7Days:
    """Returns the counters at 7 days.

    A reading taken then comes first, else the newest brought there by the curve, else the counter as it
    stands.
    `readings`: None where `counters` are the only ones.
    """
    by = _by(age_h, is_exact, curves)
    grown, rounded = dict(counters), dict(steps)
    close = is_exact & (np.abs(age_h / FINAL_H - 1) <= AT_AGE)
    by[close] = "readings"
    for name in COUNTERS:
        values = counters[name]
        if np.isnan(values).all():
            continue
        curve = "interactions" if name not in CURVES else name
        share = np.where(is_exact & ~close, curves.share(curve, age_h, hour), 1.0)
        found, step = values / share, steps.get(name)
        if step is not None:
            step = step / share
        if readings is not None and len(readings) > len(ids):
            read, read_step = counter_at_age(ids, readings, name, FINAL_H)
            there = ~np.isnan(read) & ~close
            found = np.where(there, read, found)
            step = None if step is None else np.where(there, read_step, step)
            if name in ("views", "reach", "reactions"):
                by[there] = "readings"
        grown[name] = found
        if step is not None:
            rounded[name] = step
    return CountersAt7Days(grown, rounded, by)


def _by(age_h: Floats, is_exact: Bools, curves: Curves) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    by = np.full(len(age_h), curves.kind, dtype=np.object_)
    if curves.kind == "none":
        by = np.where(age_h >= FINAL_H, "final", "as_read").astype(np.object_)
    by[~is_exact] = np.where(age_h[~is_exact] >= FINAL_H, "final", "unknown_age")
    return by


def is_young(age_h: Floats, is_exact: Bools) -> Bools:
    """Tells which posts are known to be younger than 24 hours."""
    return np.asarray(is_exact & (age_h < YOUNG_H))


def named_age(by: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> str:
    """Returns the way by which most of the posts came to their age.

    Where no way has most of them: the least sure one that was taken.
    """
    if not len(by):
        return "as_read"
    counts = {code: int((by == code).sum()) for code in AGES}
    most = max(AGES, key=lambda code: counts[code])
    if counts[most] >= MOSTLY * len(by):
        return most
    return next(code for code in reversed(AGES) if counts[code])
