"""What a summary is computed from: plain values that cross to a worker cheaply. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.core.jobs import Job
from metrics import periods
from metrics.goals import Aim
from metrics.periods import Period
from metrics.posts import AudienceReading, Post
from metrics.reposts import Repost
from metrics.verdict import OpenEpisode

RECENT_DAYS = 7  # a day has too few posts to be compared; the week that ends with it has enough
RIVAL_DAYS = 30  # that a rival's usual post is told by
CHART_DAYS = {"daily": 14, "weekly": 28, "monthly": 31}


@dataclass(frozen=True, slots=True)
class OpenDrop(OpenEpisode):
    """Holds a drop to tell as «views below their own since 12 November»; one that is over, as «are back»."""

    is_over: bool = False
    is_holiday: bool = False  # it began inside one


@dataclass(frozen=True, slots=True)
class DigestChannel:
    """`posts` cover the period, what it is compared with and what the chart shows."""

    title: str
    platform: str
    handle: str | None
    posts: Sequence[Post]
    audience: Sequence[AudienceReading]
    drops: Sequence[OpenDrop]
    observed_at: int | None  # of its newest reading
    is_collected: bool = False  # the bot sees every post of it: silence is known
    needs_files: bool = False  # nothing of it comes by itself
    deleted: Sequence[str | None] = ()  # titles of posts found to be deleted in that time
    reposts: Sequence[Repost] = ()  # and mentions of that time
    people: tuple[int, int] | None = None  # joined, left; None: not told for the whole time
    goals: Sequence[Aim] = ()
    notes: Sequence[tuple[date, str]] = ()  # of the days that the chart shows
    readings: Sequence[Post] = ()  # all that tell of growth; none: `posts` hold the only ones


@dataclass(frozen=True, slots=True)
class Rival:
    """A channel of others that the chat looks at: told in a part of its own. `posts` of RIVAL_DAYS."""

    title: str
    platform: str
    handle: str | None
    posts: Sequence[Post]
    readings: Sequence[Post] = ()
    deleted: Sequence[str | None] = ()  # titles of posts found to be deleted in that time


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """Local days `first` to `last`, both included. `missed_since`: the first day of a summary this one stands in for."""

    language: str
    zone: str
    as_of: int
    frequency: str
    first: date
    last: date
    channels: Sequence[DigestChannel]
    missed_since: date | None = None
    draw: bool = True
    rivals: Sequence[Rival] = ()

    @property
    def period(self) -> Period:
        return periods.dates(self.first, self.last, ZoneInfo(self.zone))

    @property
    def today(self) -> date:
        return periods.local_date(self.as_of, ZoneInfo(self.zone))


def covered(frequency: str, due_on: date) -> tuple[date, date]:
    """Returns the first and last day of a summary sent on `due_on`: complete days before it."""
    yesterday = due_on - timedelta(days=1)
    if frequency == "daily":
        return yesterday, yesterday
    if frequency == "weekly":
        return due_on - timedelta(days=7), yesterday
    month_end = due_on.replace(day=1) - timedelta(days=1)
    return month_end.replace(day=1), month_end


def window(request_first: date, last: date, frequency: str, zone: ZoneInfo) -> tuple[int, int]:
    """Returns unix seconds [start, end) of the posts that a summary needs."""
    first = min(request_first, last - timedelta(days=max(RECENT_DAYS, CHART_DAYS[frequency]) - 1))
    days = (last - first).days + 1
    start = first - timedelta(days=max(days, periods.HISTORY_DAYS))
    return int(periods.midnight(start, zone).timestamp()), periods.dates(last, last, zone).end_unix


# Run by a worker.
build = Job[DigestRequest, Report]("bot.features.summaries.compute:build_digest")
