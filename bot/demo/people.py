"""Who joined an example channel and who left it, day by day, so that it comes to the channel's own counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from random import Random

from bot.demo.noise import poisson, seeded
from bot.demo.team import DAY_S, ExampleChannel
from storage.workspace.news import MemberEvent

LEAVE_A_DAY = 0.0006  # of the subscribers
QUICK_LEAVERS = 0.2  # of those who leave: they came within the month before
QUICK_MEAN_DAYS = 5


@dataclass(frozen=True, slots=True)
class Link:
    """`share` of those who join; `loyalty`: how much less likely they leave soon."""

    address: str | None
    name: str | None
    share: float
    loyalty: float


LINKS = (
    Link(None, None, 0.58, 1.0),
    Link("https://t.me/+AdsNeighbour1", "Реклама у соседей", 0.27, 0.4),
    Link("https://t.me/+WeekendChat1", "Чат выходного дня", 0.15, 1.0),
)


def people_of(channel: ExampleChannel) -> list[MemberEvent]:
    """Gives joins and leaves of the year, oldest first; on the days of the example's own counts, and as many."""
    chance = seeded(f"people {channel.handle}")
    names = count(1)
    events: list[MemberEvent] = []
    for before, after in pairwise(channel.audience):
        start, end = before.observed_at, after.observed_at
        left = poisson(LEAVE_A_DAY * before.subscribers * (end - start) / DAY_S, chance)
        joined = after.subscribers - before.subscribers + left
        left, joined = left + max(0, -joined), max(0, joined)
        came = [_join(f"{channel.handle} {next(names)}", start, end, chance) for _ in range(joined)]
        events += came
        events += _leaves(came + _recent(events, start), left, start, end, chance)
    return sorted(events, key=lambda one: one.happened_at)


def _join(person: str, start: int, end: int, chance: Random) -> MemberEvent:
    [link] = chance.choices(LINKS, [one.share for one in LINKS])
    return MemberEvent(person, chance.randrange(start, end), True, link.address, link.name)


def _recent(events: list[MemberEvent], before: int) -> list[MemberEvent]:
    """Returns the joins of the last days, who are the likeliest to leave."""
    gone = {one.person for one in events[-2000:] if not one.is_join}
    since = before - 4 * QUICK_MEAN_DAYS * DAY_S
    return [
        one for one in events[-2000:] if one.is_join and one.happened_at >= since and one.person not in gone
    ]


def _leaves(
    recent: list[MemberEvent], number: int, start: int, end: int, chance: Random
) -> Iterator[MemberEvent]:
    """Yields leaves: some of those who came lately, the others from before the year began."""
    loyalty = {one.address: one.loyalty for one in LINKS}
    chance.shuffle(recent)
    quick = [one for one in recent if chance.random() > loyalty[one.link] or chance.random() < QUICK_LEAVERS]
    for place in range(number):
        if place < len(quick) and chance.random() < QUICK_LEAVERS + 0.4:
            at = chance.randrange(max(start, quick[place].happened_at), end)
            yield MemberEvent(quick[place].person, at, False, None, None)
        else:
            yield MemberEvent(f"old {chance.random()}", chance.randrange(start, end), False, None, None)
