"""Which readings of a post, or of subscribers, no figure needs any more. Pure: rows in, ids out.

A reading may go when those on both sides of it are of its shape and no age of comparison lies between them: every
interpolation at such an age, every growth curve and every fall of views is then the same without it. What a file
stated stays, so that an import is taken back exactly.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from metrics.durations import HOUR_S
from metrics.periods import local_date
from metrics.posts import COUNTERS, Post
from storage.projection import TOGETHER_S, project
from storage.retention import AGES_H, FIRST_WEEK_H

COARSE_STEP = 0.03  # of the views: a count rounded more coarsely has no part in a growth curve
LINE_SHARE = 0.001  # a count so close to the line between its neighbours is told by them
TYPED = frozenset({"person", "file"})


class Stated(NamedTuple):
    id: int
    import_id: int | None
    source: str
    post: Post

    @property
    def age_s(self) -> int:
        return self.post.observed_at - self.post.published_at


@dataclass(frozen=True, slots=True)
class Count:
    """Subscribers at a moment."""

    id: int
    observed_at: int
    subscribers: int
    step: int
    source: str
    import_id: int | None


def superfluous(rows: Sequence[Stated], *, keeps_first_week: bool) -> set[int]:
    """Returns ids of the readings of one post that may go; `rows` in the order of their arrival."""
    collected = [row for row in rows if row.import_id is None]
    inner = _inner(rows) & _inner(collected)
    if not inner:
        return inner
    newest = max(row.post.observed_at for row in collected)
    gone = {
        row.id
        for row in collected
        if row.id in inner
        and newest - row.post.observed_at > TOGETHER_S
        and not (keeps_first_week and row.age_s <= FIRST_WEEK_H * HOUR_S)
    }
    gone -= {row.id for row in _newest_of_sources(collected)}
    return gone if _is_shown_alike(rows, gone) else set()


def superfluous_counts(rows: Sequence[Count], zones: Iterable[str]) -> set[int]:
    """Returns ids of the counts that may go; `rows` by moment. Those around midnights of the zones stay."""
    clocks = [ZoneInfo(zone) for zone in zones]
    days = [tuple(local_date(row.observed_at, clock) for clock in clocks) for row in rows]
    gone: set[int] = set()
    left = 0
    for place in range(1, len(rows)):
        if _is_inner_count(rows, days, place):
            continue
        between = rows[left + 1 : place]
        if all(_is_on_line(rows[left], one, rows[place]) for one in between):
            gone |= {one.id for one in between}
        left = place
    return gone


def _inner(rows: Iterable[Stated]) -> set[int]:
    """Returns the readings whose neighbours tell at every age what they tell."""
    ordered = sorted(rows, key=lambda row: (row.post.observed_at, row.id))
    shapes = [_shape(row) for row in ordered]
    return {
        ordered[place].id
        for place in range(2, len(ordered) - 1)
        if len(set(shapes[place - 2 : place + 2])) == 1 and _tells_nothing(*ordered[place - 1 : place + 2])
    }


def _shape(row: Stated) -> tuple[object, ...]:
    """Returns everything by which a figure chooses among readings."""
    one = row.post
    step = _step_of_views(one.steps)
    return (
        one.published_at,
        one.time_known,
        one.observed_exact,
        one.is_ad,
        one.is_forwarded,
        one.format,
        tuple(getattr(one, name) is None for name in COUNTERS),
        step > COARSE_STEP * (one.views or 0),
    )


def _step_of_views(steps: str | None) -> int:
    told = dict(word.split(":") for word in (steps or "").split())
    return int(told.get("views", 0))


def _tells_nothing(before: Stated, row: Stated, after: Stated) -> bool:
    if not before.post.observed_at < row.post.observed_at < after.post.observed_at:
        return False
    views = [one.post.views or 0 for one in (before, row, after)]
    return views == sorted(views) and not _has_age_between(before.age_s, after.age_s)


def _has_age_between(from_s: int, to_s: int) -> bool:
    place = bisect_right(AGES_H, from_s / HOUR_S)
    return place < len(AGES_H) and AGES_H[place] * HOUR_S < to_s


def _newest_of_sources(rows: Iterable[Stated]) -> list[Stated]:
    newest: dict[str, Stated] = {}
    for row in rows:
        known = newest.get(row.source)
        if known is None or row.post.observed_at >= known.post.observed_at:
            newest[row.source] = row
    return list(newest.values())


def _is_shown_alike(rows: Sequence[Stated], gone: set[int]) -> bool:
    """Tells whether the post shows the same without them.

    That is now, and when an import or all of them have been taken back.
    """
    left = [row for row in rows if row.id not in gone]
    imports = {row.import_id for row in rows} - {None}
    taken_back = [frozenset[int | None](), frozenset(imports), *(frozenset({one}) for one in imports)]
    return all(_shown(rows, without) == _shown(left, without) for without in taken_back)


def _shown(rows: Iterable[Stated], without: frozenset[int | None]) -> Post | None:
    stands = [row for row in rows if row.import_id is None or row.import_id not in without]
    return project([row.post for row in stands], [row.source for row in stands]) if stands else None


def _is_inner_count(rows: Sequence[Count], days: Sequence[tuple[date, ...]], place: int) -> bool:
    if not 0 < place < len(rows) - 1:
        return False
    before, row, after = rows[place - 1 : place + 2]
    is_collected = row.import_id is None and row.source not in TYPED
    is_apart = before.observed_at < row.observed_at < after.observed_at
    is_alike = before.step == row.step == after.step
    return is_collected and is_apart and is_alike and days[place - 1] == days[place] == days[place + 1]


def _is_on_line(left: Count, one: Count, right: Count) -> bool:
    part = (one.observed_at - left.observed_at) / (right.observed_at - left.observed_at)
    told = left.subscribers + part * (right.subscribers - left.subscribers)
    return abs(one.subscribers - told) <= LINE_SHARE * one.subscribers
