"""What a repost brought: views of the reposted post beyond those it would have had, where readings around it show any.

A post that another channel forwards counts the views it gets there as its own, so its count is all that is needed: how
fast it grew before, and how fast afterwards. Left alone, a post grows ever more slowly, and from one day to the next at
the same hours. So the faster of two yardsticks, its pace of up to a day before the repost and its growth within the same
hours a day earlier, is more than it would have had by itself. What goes beyond that is a lower bound of what the repost
brought; it is told only where the growth is at least twice that yardstick. What a repost brings comes within hours: of several counts after
it the one counts that shows most.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from metrics.durations import DAY_S, HOUR_S
from metrics.posts import Post

TOGETHER_S = 3 * HOUR_S  # reposts that lie so close share what they brought
BEFORE_S = 3 * HOUR_S  # how old the count before a repost may be
WORKS_S = DAY_S  # how long after it views are looked for
EARLIEST_S = HOUR_S  # sooner nobody has seen it
TIMES = 2.0  # the growth against the yardstick
LEAST_VIEWS = 100
STEPS = 3  # of rounding: less than so many may be the rounding itself

GainReason = Literal["no_counts", "no_pace", "rounded", "as_before"]


class Repost(NamedTuple):
    """A post of another channel that forwards a post of ours, or mentions it or the channel. Times are unix seconds."""

    kind: str  # 'forward' or 'mention'
    external_id: str | None  # of our post; None: unknown, or the channel as a whole
    link: str
    at: int
    handle: str | None  # of the other channel
    title: str | None
    members: int | None  # its subscribers


class ViewCount(NamedTuple):
    """Views of a post at a moment; `step`: how far it is rounded, 0 for exact."""

    at: int
    views: int
    step: int = 0


@dataclass(frozen=True, slots=True)
class Gain:
    """What reposts within three hours brought together. `views`: at least so many, two digits of it; None with a reason."""

    reposts: tuple[Repost, ...]
    views: int | None
    reason: GainReason | None


def counts_by_post(readings: Iterable[Post], names: Collection[str]) -> dict[str, list[ViewCount]]:
    """Returns external id -> the counts of views at its exact moments, for posts with one of the names."""
    found: dict[str, list[ViewCount]] = {}
    for one in readings:
        if one.external_id in names and one.views is not None and one.observed_exact:
            count = ViewCount(one.observed_at, one.views, _step(one.steps))
            found.setdefault(one.external_id, []).append(count)
    return found


def _step(steps: str | None) -> int:
    """Returns the rounding step of views that `Post.steps` tells, 0 where it tells none."""
    told = (word.split(":") for word in (steps or "").split())
    return next((int(step) for name, step in told if name == "views"), 0)


def gains(reposts: Sequence[Repost], counts: Sequence[ViewCount]) -> list[Gain]:
    """Returns what each group of reposts of one post brought.

    `counts`: every count of its views; both in any order.
    """
    groups = _grouped(sorted(reposts, key=lambda one: (one.at, one.link)))
    ordered = sorted(set(counts))
    ends = [group[0].at for group in groups[1:]]
    return [_gain(group, ordered, until) for group, until in zip_longest(groups, ends)]


def _grouped(reposts: Sequence[Repost]) -> list[tuple[Repost, ...]]:
    groups: list[list[Repost]] = [[one] for one in reposts[:1]]
    for earlier, later in pairwise(reposts):
        if later.at - earlier.at < TOGETHER_S:
            groups[-1].append(later)
        else:
            groups.append([later])
    return [tuple(group) for group in groups]


def _gain(group: tuple[Repost, ...], counts: Sequence[ViewCount], until: int | None) -> Gain:
    first, last = group[0].at, group[-1].at
    end = last + WORKS_S if until is None else min(last + WORKS_S, until)
    before = max((one for one in counts if first - BEFORE_S <= one.at <= first), default=None)
    later = [one for one in counts if last + EARLIEST_S <= one.at <= end]
    if before is None or not later:
        return Gain(group, None, "no_counts")
    extras = [found for after in later if (found := _extra(counts, before, after)) is not None]
    if not extras:
        return Gain(group, None, "no_pace")
    extra, step = max(extras)
    if extra < LEAST_VIEWS:
        return Gain(group, None, "as_before")
    if extra <= STEPS * step:
        return Gain(group, None, "rounded")
    return Gain(group, _two_digits(extra), None)


def _extra(counts: Sequence[ViewCount], before: ViewCount, after: ViewCount) -> tuple[float, int] | None:
    """Returns the views between the two counts beyond the post's own, and their rounding.

    None where nothing tells. They are 0 where views did not grow at least twice as fast as expected.
    """
    expected = _expected(counts, before, after)
    if expected is None:
        return None
    grown = after.views - before.views
    return (grown - expected if grown >= TIMES * expected else 0.0), before.step + after.step


def _expected(counts: Sequence[ViewCount], before: ViewCount, after: ViewCount) -> float | None:
    """Returns at least what the post would have grown by itself between the two.

    None where nothing tells its pace.
    """
    lasted_s = after.at - before.at
    start = min((one for one in counts if before.at - DAY_S <= one.at <= before.at - HOUR_S), default=None)
    if start is None:
        return None
    by_pace = (before.views - start.views) / (before.at - start.at) * lasted_s
    day_earlier = [_near(counts, one.at - DAY_S) for one in (before, after)]
    opened, closed = day_earlier
    if opened is None or closed is None or closed.at <= opened.at:
        return max(by_pace, 0.0)
    return max(by_pace, (closed.views - opened.views) / (closed.at - opened.at) * lasted_s, 0.0)


def _near(counts: Sequence[ViewCount], moment: int) -> ViewCount | None:
    close = [one for one in counts if abs(one.at - moment) <= HOUR_S]
    return min(close, key=lambda one: abs(one.at - moment), default=None)


def _two_digits(views: float) -> int:
    """Returns the number rounded down to two digits: it is a lower bound."""
    size: int = 10 ** max(0, int(math.log10(views)) - 1)
    return int(views // size) * size
