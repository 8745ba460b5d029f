"""What posts were like: a level of each trait a post, by which the two sides of a fall may differ."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.causes.levels import Levels
from metrics.causes.parameters import (
    AD_NEAR_H,
    GAP_EDGES_H,
    HOUR_STARTS,
    KNOWN_SHARE,
)
from metrics.causes.runs import find_runs
from metrics.content import LENGTH_EDGES, LENGTHS, WEEKDAYS
from metrics.drops.spans import Span
from metrics.durations import HOUR_S
from metrics.frame import Bools, Floats, Ints, texts
from metrics.scope import Scope

Words = npt.NDArray[np.object_]
YES = "yes"  # the one level of a trait that a post has or lacks
GAPS = ("under_1h", "1_3h", "3_8h", "over_8h")
HOURS = ("night", "morning", "day", "afternoon", "evening")


def traits(
    scope: Scope,
    posts: pd.DataFrame,
    found: Levels,
    x: Floats,
    gaps: Sequence[tuple[int, int]],
    holidays: Sequence[Span],
) -> dict[str, Words]:
    """Returns trait -> the level of each post of `found`, None where it has none.

    Traits that most posts lack are left out.
    """
    own, rows = scope.own, scope.own.rows[found.own]
    published = own.published_at[found.own]
    hour = np.searchsorted(HOUR_STARTS, own.hour[found.own], side="right") - 1
    length = np.searchsorted(LENGTH_EDGES, posts["text_length"].to_numpy()[rows], side="right") - 1
    known_length = ~np.isnan(posts["text_length"].to_numpy()[rows])
    day = scope.window_first.toordinal() + found.day
    runs = find_runs(found, x)
    made = {
        "format": texts(posts, "format", rows),
        "length": _named(LENGTHS, length, known_length),
        "hour": _named(HOURS, hour, own.time_known[found.own]),
        "weekday": _named(WEEKDAYS, (scope.window_first.weekday() + found.day) % 7, None),
        "gap_to_next": _gaps(posts, published, scope.as_of),
        "ad_nearby": _has(_near_ads(posts, published)),
        "holiday": _has(_inside(day, [(one.first, one.last + 1) for one in holidays])),
        "missed": _has(_inside(published, gaps)),
        "boost": _has(runs.boost),
        "earlier": _has(runs.earlier),
    }
    return {name: words for name, words in made.items() if _is_known(words)}


def _named(names: Sequence[str], place: Ints, known: Bools | None) -> Words:
    words = np.array(names, dtype=np.object_)[np.clip(place, 0, len(names) - 1)]
    if known is not None:
        words[~known] = None
    return words


def _has(mask: Bools) -> Words:
    return np.where(mask, YES, "").astype(np.object_)


def _inside(at: Ints, spans: Sequence[tuple[int, int]]) -> Bools:
    inside = np.zeros(len(at), dtype=np.bool_)
    for first, end in spans:
        inside |= (at >= first) & (at < end)
    return inside


def _gaps(posts: pd.DataFrame, published: Ints, as_of: int) -> Words:
    """Returns the class of the time to whatever the channel shows next.

    An ad or a repost covers a post as well.
    """
    every = np.append(np.sort(posts["published_at"].to_numpy()), as_of)
    following = every[np.minimum(np.searchsorted(every, published, side="right"), len(every) - 1)]
    place = np.searchsorted(GAP_EDGES_H, (following - published) / HOUR_S, side="right") - 1
    return _named(GAPS, place, None)


def _near_ads(posts: pd.DataFrame, published: Ints) -> Bools:
    ads = np.sort(posts["published_at"].to_numpy()[posts["is_ad"].to_numpy()])
    first, end = (np.searchsorted(ads, published + int(edge * HOUR_S)) for edge in AD_NEAR_H)
    return np.asarray(end > first)


def _is_known(words: Words) -> bool:
    there = np.array([word is not None for word in words])
    return bool(there.mean() >= KNOWN_SHARE) and len(set(words[there])) > 1
