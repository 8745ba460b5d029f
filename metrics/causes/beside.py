"""Causes that lie beside the posts: subscribers, switched counters, deletions, other channels, holidays, lost updates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.audience import subscribers_at
from metrics.causes.found import Fact
from metrics.causes.levels import HALF, Levels, counted_parts, levels
from metrics.causes.parameters import (
    DELETED_LEAST,
    OFF_EXPECTED,
    OFF_POSTS_SHARE,
    OTHERS_FELL_LOG,
    OTHERS_FELL_SHARE,
    OTHERS_LEAST,
    PURGE_DAYS,
    PURGE_SHARE,
)
from metrics.drops.spans import Span
from metrics.durations import DAY_S
from metrics.frame import Floats
from metrics.periods import local_date
from metrics.scope import Scope


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the posts. `others`: the shift of the log of the workspace's other channels over the same days;
    `deleted`: ids of the table's posts that their channel deleted; `gaps`: times without updates, Unix seconds.
    """

    others: Sequence[float] = ()
    deleted: Sequence[str] = ()
    gaps: Sequence[tuple[int, int]] = ()
    holidays: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """`log`: what it adds to the log of the level, below 0."""

    code: str
    log: float
    facts: dict[str, Fact]
    is_bound: bool = False


def switched_off(scope: Scope, found: Levels) -> Iterator[tuple[str, Effect]]:
    """Yields each part of the interactions that earlier posts had and none has had since, with its effect."""
    before = ~found.is_now
    for part in counted_parts(scope):
        values = np.nan_to_num(scope.own.aged[part][found.own])
        expected = float(values[before].mean()) * int(found.is_now.sum())
        is_usual = float((values[before] > 0).mean()) >= OFF_POSTS_SHARE
        if part == "saves" or values[found.is_now].any() or not is_usual or expected < OFF_EXPECTED:
            continue
        share = float(values[before].sum() / max(found.above[before].sum(), HALF))
        with_, without = found.x, without_part(found, values).x
        log = float((with_ - without)[found.is_now].mean() - (with_ - without)[before].mean())
        yield part, Effect(f"{part}_off", log, {"part_percent": 100 * share})


def without_part(found: Levels, values: Floats) -> Levels:
    return Levels(found.own, found.day, found.is_now, np.maximum(found.above - values, 0.0), found.below)


def deleted(scope: Scope, metric: str, found: Levels, ids: Sequence[str]) -> Effect | None:
    """Returns how far the level of the days lies below what it were with the deleted posts.

    None where few were deleted.
    """
    there = levels(scope, metric)
    gone = np.isin(scope.own.ids[there.own], np.array(ids, dtype=np.object_)) & there.is_now
    if gone.sum() < DELETED_LEAST:
        return None
    now = found.is_now
    log = float(found.x[now].mean() - there.x[there.is_now].mean())
    times = float(np.exp(there.x[gone].mean() - found.x[now].mean()))
    return Effect("deleted", log, {"posts": int(gone.sum()), "times_percent": 100 * (times - 1)})


def subscribers(scope: Scope, found: Levels) -> Effect | None:
    """Returns the effect of the subscribers that left; None where they are unknown or have not fallen.

    Who left reads nothing: as subscribers fell, so would views that nothing else holds up.
    """
    counted = subscribers_at(scope.own.published_at[found.own], scope.audience).subscribers
    if np.isnan(counted).any():
        return None
    before, now = (counted[side] for side in (~found.is_now, found.is_now))
    log = float(np.log(now).mean() - np.log(before).mean())
    if log >= 0:
        return None
    facts: dict[str, Fact] = {"before": round(float(before.mean())), "now": round(float(now.mean()))}
    purge = _purge(scope)
    if purge is None:
        return Effect("subscribers_left", log, facts)
    return Effect("subscribers_purged", log, facts | purge, is_bound=True)


def _purge(scope: Scope) -> dict[str, Fact] | None:
    """Returns the largest loss between two readings few days apart, within the days compared.

    None where it is small.
    """
    at = scope.audience["observed_at"].to_numpy()
    count = scope.audience["subscribers"].to_numpy()
    if len(at) < 2:
        return None
    near = (np.diff(at) <= PURGE_DAYS * DAY_S) & (at[1:] < scope.period.end_unix)
    near &= at[1:] >= scope.period.start_unix - PURGE_DAYS * DAY_S
    lost = np.where(near, -np.diff(count), 0.0)
    worst = int(lost.argmax())
    if lost[worst] < PURGE_SHARE * count[worst]:
        return None
    return {"lost": round(float(lost[worst])), "date": local_date(int(at[worst + 1]), scope.zone)}


def everywhere(others: Sequence[float]) -> Effect | None:
    """Returns the fall that most of the other channels share; None where too few channels fell."""
    shifts = np.array(others, dtype=np.float64)
    if len(shifts) < OTHERS_LEAST or (shifts <= OTHERS_FELL_LOG).mean() < OTHERS_FELL_SHARE:
        return None
    fell = int((shifts <= OTHERS_FELL_LOG).sum())
    return Effect("everywhere", float(np.median(shifts)), {"channels": fell, "of": len(shifts)})
