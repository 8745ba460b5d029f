"""When the audience is there, and whether the hour of posting goes with the result.

The two are different questions: the hour moves the views of the first day only (docs/evidence.md#2.2), and of the results at 7
days a table of weekday x hour predicts nothing (docs/evidence.md#6). So blocks of 3 hours, workdays and weekends, shrunk.
"""

from dataclasses import dataclass
from datetime import tzinfo

import pandas as pd

from metrics import groups
from metrics.activity import Activity, activity
from metrics.frame import bools
from metrics.groups import Group
from metrics.periods import Period, zone_name
from metrics.results import results
from metrics.scope import Scope, open_scope
from metrics.wall_clock import wall_clock

BLOCK_H = 3
KINDS_OF_DAY = ("workday", "weekend")  # Monday to Friday; Saturday and Sunday


@dataclass(frozen=True, slots=True)
class Block:
    """Posts published in [from_hour, to_hour) of that kind of day, by the clock on the wall."""

    days: str  # of KINDS_OF_DAY
    from_hour: int
    to_hour: int
    result: Group


@dataclass(frozen=True, slots=True)
class Timing:
    """`blocks`: all 16, the empty ones too: organic posts of 24 hours and more whose hour is known, `n` in all."""

    period: Period
    zone: str
    activity: Activity
    n: int
    components: tuple[str, ...]
    blocks: tuple[Block, ...]


def timing(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
    readings: pd.DataFrame | None = None,
) -> Timing:
    """Returns when the audience is there, and how the hour of posting goes with results.

    `readings`: every reading of these posts; without it, `posts`, in which nothing can be seen to grow.
    """
    scope = open_scope(posts, audience, period=period, zone=zone, as_of=as_of, platform=platform)
    return timing_of(scope, posts, posts if readings is None else readings)


def timing_of(scope: Scope, posts: pd.DataFrame, readings: pd.DataFrame) -> Timing:
    """Returns the timing of a scope. `posts`: the table that the scope was opened on."""
    hour_known = bools(posts, "time_known")[scope.own.rows]
    known = results(scope, scope.organic(scope.period) & hour_known)
    clock = wall_clock(scope.own.published_at[known.own], scope.zone)
    masks = {
        (days, start): (clock.is_weekend == (days == "weekend")) & (clock.hour // BLOCK_H == start // BLOCK_H)
        for days in KINDS_OF_DAY
        for start in range(0, 24, BLOCK_H)
    }
    compared = groups.compare(known, {_key(*block): mask for block, mask in masks.items()})
    return Timing(
        period=scope.period,
        zone=zone_name(scope.zone),
        activity=activity(readings, period=scope.period, zone=scope.zone),
        n=known.posts.size,
        components=scope.choice.components,
        blocks=tuple(
            Block(days, start, start + BLOCK_H, group)
            for (days, start), group in zip(masks, compared, strict=True)
        ),
    )


def _key(days: str, start: int) -> str:
    return f"{days} {start:02}-{start + BLOCK_H:02}"
