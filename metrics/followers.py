"""How a channel's subscribers came and went: the net of a period, joins and leaves, and who of each link stayed.

Without pandas: the bot's own process asks for the churn of a month, too. A person is one trial here, so that Wilson's
interval is the right one (docs/evidence.md#1.4).
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from metrics.durations import DAY_S
from metrics.periods import Period, day_starts, local_date, zone_of
from metrics.posts import AudienceReading
from metrics.subscriber_counts import SubscriberCounts, SubscribersThen

KEPT_DAYS = (1, 7, 30)
NOTABLE_SPREADS = 5.0  # robust standard deviations from the usual day
NOTABLE_SHARE, NOTABLE_PEOPLE = 0.002, 10  # of the subscribers; fewer are the noise of any channel
NOTABLE_DAYS, MOST_NOTABLE = 14, 3  # known days that a usual one is told by
MAD_TO_SD = 1.4826
_Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Stay:
    """One join, in Unix seconds. `left_at` None: still there, or gone after longer than persons are told apart.

    `link` None: not by a link of one's own.
    """

    joined_at: int
    left_at: int | None
    link: str | None = None
    link_name: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """What was seen of the people. `since`: before it nobody looked. `joins` begin 30 days before the period.

    `has_gaps`: for a part of the period nobody looked either.
    """

    since: int
    joins: Sequence[Stay]
    leaves: Sequence[int]  # moments
    has_gaps: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """Tells how many of `n` who joined at least `days` ago stayed that long.

    `percent` has its 95 % interval; None where nobody joined.
    """

    days: int
    n: int
    kept: int
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """`joined`: within the period; `kept`, a `Retention` for each of KEPT_DAYS: of those of the month before it as well."""

    link: str | None
    link_name: str | None
    joined: int
    kept: tuple[Retention, ...]


@dataclass(frozen=True, slots=True)
class FollowerDay:
    """A local day. None: not known. `net` by the counter; joins and leaves as they were seen."""

    day: date
    subscribers: float | None  # at its end
    net: float | None
    joined: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class NotableDay:
    """A day far from the usual one. `source`: the link that at least half of its joins came by."""

    day: date
    net: float
    usual: float
    source: Source | None
    joined_by_source: int


@dataclass(frozen=True, slots=True)
class Followers:
    """`before`: the net of as many days just before. `seen_from`: since when joins are known, None where they are not.

    `churn_percent` takes joins and leaves of the whole period; the leaves over the subscribers at its start.
    """

    period: Period
    start: SubscribersThen | None
    end: SubscribersThen | None
    before: float | None
    seen_from: int | None
    joined: int | None
    left: int | None
    churn_percent: float | None
    sources: tuple[Source, ...]  # the largest first
    days: tuple[FollowerDay, ...]
    notable: tuple[NotableDay, ...]  # the farthest from usual first
    is_whole: bool  # every join and leave of the period was seen

    @property
    def net(self) -> float | None:
        if self.start is None or self.end is None:
            return None
        return self.end.subscribers - self.start.subscribers

    @property
    def net_percent(self) -> float | None:
        if self.start is None or self.net is None or self.start.subscribers <= 0:
            return None
        return 100 * self.net / self.start.subscribers

    @property
    def is_rough(self) -> bool:
        return any(end is not None and end.is_rough for end in (self.start, self.end))


def followers(
    readings: Iterable[AudienceReading], movement: Movement | None, *, period: Period, as_of: int
) -> Followers:
    """Returns how subscribers came and went in a period.

    `readings` of the period, of as many days before it, and the nearest on each side; `as_of` in Unix
    seconds.
    """
    known = SubscriberCounts(readings)
    ends = [known.near(at, period.days) for at in (period.start_unix, min(period.end_unix, as_of))]
    earlier = known.near(period.start_unix - period.days * DAY_S, period.days)
    start, end = ends
    joins = _within(movement, period) if movement else []
    left = sum(period.start_unix <= at < period.end_unix for at in movement.leaves) if movement else None
    sources = _sources(movement, joins, as_of) if movement else ()
    days = _days(known, movement, period)
    is_whole = movement is not None and movement.since <= period.start_unix and not movement.has_gaps
    return Followers(
        period=period,
        start=start,
        end=end,
        before=start.subscribers - earlier.subscribers if start and earlier else None,
        seen_from=movement.since if movement else None,
        joined=len(joins) if movement else None,
        left=left,
        churn_percent=_churn(left, start) if is_whole else None,
        sources=sources,
        days=days,
        notable=_notable(days, joins, sources, period),
        is_whole=is_whole,
    )


def wilson(kept: int, n: int) -> tuple[float, float]:
    """Returns the 95 % interval (Wilson's) of a share of persons, in percent. `n` is at least 1."""
    share, square = kept / n, _Z_95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z_95 / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return 100 * low if kept else 0.0, 100 * high if kept < n else 100.0


def _churn(left: int | None, start: SubscribersThen | None) -> float | None:
    if left is None or start is None or start.subscribers <= 0 or left > start.subscribers:
        return None
    return 100 * left / start.subscribers


def _within(movement: Movement, period: Period) -> list[Stay]:
    return [one for one in movement.joins if period.start_unix <= one.joined_at < period.end_unix]


def _sources(movement: Movement, joins: Sequence[Stay], as_of: int) -> tuple[Source, ...]:
    """Returns who came by each link, the link with most first.

    A link's last name counts.
    """
    names = {one.link: one.link_name for one in movement.joins}
    counted: dict[str | None, int] = {}
    for one in joins:
        counted[one.link] = counted.get(one.link, 0) + 1
    stays: dict[str | None, list[Stay]] = {}
    for one in movement.joins:
        stays.setdefault(one.link, []).append(one)
    found = [
        Source(link, names[link], n, tuple(_kept(stays[link], days, as_of) for days in KEPT_DAYS))
        for link, n in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.joined, one.link or "")))


def _kept(stays: Sequence[Stay], days: int, as_of: int) -> Retention:
    old = [one for one in stays if one.joined_at <= as_of - days * DAY_S]
    kept = sum(one.left_at is None or one.left_at - one.joined_at > days * DAY_S for one in old)
    if not old:
        return Retention(days, 0, 0, None, None, None)
    low, high = wilson(kept, len(old))
    return Retention(days, len(old), kept, 100 * kept / len(old), low, high)


def _days(known: SubscriberCounts, movement: Movement | None, period: Period) -> tuple[FollowerDay, ...]:
    zone = zone_of(period)
    bounds = day_starts(period.first, period.last, zone)
    counts = [known.daily(at) for at in bounds]
    joined = _by_day([one.joined_at for one in movement.joins] if movement else [], bounds)
    left = _by_day(movement.leaves if movement else [], bounds)
    found = []
    for number in range(period.days):
        before, after = counts[number], counts[number + 1]
        seen = movement is not None and movement.since <= bounds[number]
        found.append(
            FollowerDay(
                period.first + timedelta(days=number),
                after,
                None if before is None or after is None else after - before,
                joined[number] if seen else None,
                left[number] if seen else None,
            )
        )
    return tuple(found)


def _by_day(moments: Iterable[int], bounds: Sequence[int]) -> list[int]:
    counts = [0] * (len(bounds) - 1)
    for at in moments:
        place = bisect_right(bounds, at) - 1
        if 0 <= place < len(counts):
            counts[place] += 1
    return counts


def _notable(
    days: Sequence[FollowerDay], joins: Sequence[Stay], sources: Sequence[Source], period: Period
) -> tuple[NotableDay, ...]:
    told = [(one.day, one.net, one.subscribers) for one in days]
    known = [(day, net, count) for day, net, count in told if net is not None and count is not None]
    if len(known) < NOTABLE_DAYS:
        return ()
    usual = median(net for _, net, _ in known)
    spread = MAD_TO_SD * median(abs(net - usual) for _, net, _ in known)
    far = [
        (day, net)
        for day, net, count in known
        if abs(net - usual) >= max(NOTABLE_SPREADS * spread, NOTABLE_SHARE * count, NOTABLE_PEOPLE)
    ]
    far.sort(key=lambda one: -abs(one[1] - usual))
    return tuple(
        NotableDay(day, net, usual, *_led_by(day, joins, sources, period)) for day, net in far[:MOST_NOTABLE]
    )


def _led_by(
    day: date, joins: Sequence[Stay], sources: Sequence[Source], period: Period
) -> tuple[Source | None, int]:
    zone = zone_of(period)
    links = [one.link for one in joins if local_date(one.joined_at, zone) == day]
    for source in sources:
        count = links.count(source.link)
        if source.link is not None and 2 * count >= len(links) > 0:
            return source, count
    return None, 0
