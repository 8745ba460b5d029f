"""What `/er` is computed from: plain values, so that a request crosses to a worker cheaply. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.core.parsing.periods import PeriodChoice
from metrics import periods
from metrics.goals import Aim
from metrics.periods import Period
from metrics.posts import AudienceReading, Post
from metrics.verdict import OpenEpisode

RECENT_DAYS = 183  # docs/evidence.md#A.1: posts of the last 6 months may stand in for an empty period
FALLBACK_POSTS = 5


@dataclass(frozen=True, slots=True)
class EngagementRequest:
    """One channel, one period. `posts` cover the period, what it is compared with, and today."""

    title: str
    platform: str
    language: str
    zone: str
    as_of: int
    period: PeriodChoice
    posts: Sequence[Post]
    audience: Sequence[AudienceReading]
    readings: Sequence[Post] = ()  # the early ones, or all; none: `posts` hold the only ones
    asked: PeriodChoice | None = None  # what the person asked for, where `period` stands in for it
    draw: bool = True
    detailed: bool = False  # the data tells of single posts, hours and formats too
    is_collected: bool = False  # through the Bot API, which gives no views
    has_page: bool = False  # views may be taken from a public page
    gaps: Sequence[tuple[int, int]] = ()  # times without updates that touch the period
    handle: str | None = None  # of a public channel
    episode: OpenEpisode | None = None  # a drop that is open
    goals: Sequence[Aim] = ()
    notes: Sequence[tuple[date, str]] = ()  # of the days that a picture of the period shows
    how_to_tell_subscribers: str = "/subs 12500"

    @property
    def data_until(self) -> int:
        """When the newest of these figures was read; there is at least one post. A plan's days to come are no reading."""
        newest: int = max(map(attrgetter("observed_at"), self.posts))
        return min(self.as_of, newest)


def resolve(choice: PeriodChoice, as_of: int, zone: tzinfo) -> Period:
    if choice.first and choice.last:
        return periods.dates(choice.first, choice.last, zone)
    return periods.last_days(choice.days or 1, as_of, zone)


def window(period: Period) -> tuple[int, int]:
    """Returns unix seconds [start, end) of the posts that a period's rates and comparisons need."""
    start = min(periods.previous(period).start_unix, periods.history(period).start_unix)
    return start, period.end_unix


def last_known(choice: PeriodChoice, last_post: int, as_of: int, zone: str) -> PeriodChoice | None:
    """Returns a period as long as the asked one that ends with the last post; None if that is recent.

    It is not where it lies over six months back.
    """
    where = ZoneInfo(zone)
    asked = resolve(choice, as_of, where)
    if last_post >= asked.start_unix - RECENT_DAYS * 86_400:
        return None
    day = periods.local_date(last_post, where)
    ending = (
        periods.before(periods.dates(day, day, where), choice.length_days - 1)
        if choice.length_days > 1
        else None
    )
    return PeriodChoice(first=ending.first if ending else day, last=day)
