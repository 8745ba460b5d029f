"""Named series of posts, each with one thing about it, small enough to be reckoned by hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from metrics import maturity, periods
from metrics.frame import audience_table, table
from metrics.periods import Period
from metrics.posts import COLUMNS, AudienceReading, Post
from metrics.summary import Summary, summarize

ZONE = ZoneInfo("Europe/Berlin")
WEEK = periods.dates(date(2025, 6, 9), date(2025, 6, 15), ZONE)
DAY_S = 86_400
READ_H = (1, 3, 6, 12, 24, 48)
PLAIN = {"views": 1000, "reactions": 20, "comments": 4, "forwards": 6}
TEN_THOUSAND = (AudienceReading(int(datetime(2025, 6, 12, tzinfo=ZONE).timestamp()), 10_000, 0),)


def post(published_at: int, number: int = 0, *, age_s: int = 7 * DAY_S, **fields: object) -> Post:
    """Read at 7 days of age unless told otherwise, so that no curve touches it."""
    blank = dict.fromkeys(COLUMNS)
    facts = {
        "external_id": f"{published_at}-{number}",
        "published_at": published_at,
        "observed_at": published_at + age_s,
        "observed_exact": True,
        "time_known": True,
        "is_ad": False,
        "is_forwarded": False,
    }
    return Post(**{**blank, **facts, **fields})


def moments(first: date, days: int, hours: Iterable[int], zone: ZoneInfo = ZONE) -> list[int]:
    return [
        int(datetime(day.year, day.month, day.day, hour, tzinfo=zone).timestamp())
        for day in (first + timedelta(days=number) for number in range(days))
        for hour in hours
    ]


@dataclass(frozen=True)
class Channel:
    posts: tuple[Post, ...]
    audience: tuple[AudienceReading, ...] = TEN_THOUSAND
    period: Period = WEEK
    as_of: int = WEEK.end_unix + 30 * DAY_S
    platform: str = "telegram"
    earlier: tuple[Post, ...] = ()  # readings of the posts before their newest ones

    def table(self) -> pd.DataFrame:
        return table(self.posts)

    def readings(self) -> pd.DataFrame:
        return table((*self.earlier, *self.posts))

    def summary(self, **changes: object) -> Summary:
        arguments = {"period": self.period, "zone": ZONE, "as_of": self.as_of, "platform": self.platform}
        arguments["readings"] = self.readings()
        return summarize(self.table(), audience_table(self.audience), **{**arguments, **changes})

    def with_posts(self, posts: Iterable[Post]) -> "Channel":
        return replace(self, posts=tuple(posts))

    def with_earlier(self, readings: Iterable[Post]) -> "Channel":
        return replace(self, earlier=tuple(readings))


def week(
    first: date = WEEK.first, days: int = 7, hours: Iterable[int] = (8, 12, 18), **fields: object
) -> tuple[Post, ...]:
    return tuple(post(moment, **{**PLAIN, **fields}) for moment in moments(first, days, hours))


def before_week(**fields: object) -> tuple[Post, ...]:
    return week(WEEK.first - timedelta(days=56), 56, **fields)


def steady() -> Channel:
    return Channel(before_week() + week())


def one_viral() -> Channel:
    *posts, last = week()
    return Channel((*posts, last._replace(views=31_000, reactions=60, forwards=206)))


def silent_week() -> Channel:
    return Channel(before_week())


def no_views() -> Channel:
    return Channel(week(views=None))


def eight_hours_a_day() -> Channel:
    return Channel(week(hours=range(10, 18)))


def grown_subscribers() -> Channel:
    noons = moments(WEEK.first, 7, [12])
    counts = (1_000, 2_000, 4_000, 5_000, 8_000, 10_000, 20_000)
    readings = tuple(AudienceReading(noon, count, 0) for noon, count in zip(noons, counts, strict=True))
    return Channel(week(hours=[12]), readings)


def views_collapse() -> Channel:
    return Channel(before_week() + week(views=400))


def young_posts_only() -> Channel:
    as_of = int(datetime(2025, 6, 16, 20, tzinfo=ZONE).timestamp())
    today = periods.today(as_of, ZONE)
    young = tuple(post(at, age_s=as_of - at, **PLAIN) for at in moments(today.first, 1, range(8, 13)))
    return Channel(before_week() + young, period=today, as_of=as_of)


def albums() -> Channel:
    return Channel(tuple(row._replace(format="album") for row in steady().posts))


def dst_spring() -> Channel:
    """The last Sunday of March has 23 hours; posts stand at the first and the last hour of every local day."""
    period = periods.dates(date(2025, 3, 24), date(2025, 3, 30), ZONE)
    return Channel(
        week(period.first, hours=[0, 12, 23]),
        (AudienceReading(period.start_unix, 10_000, 0),),
        period,
        period.end_unix + 30 * DAY_S,
    )


def one_post() -> Channel:
    return Channel(week(days=1, hours=[12]))


def few_posts() -> Channel:
    return Channel(week(days=1))


def sparse_reactions() -> Channel:
    """One reaction a day on one of three posts."""
    rows = week(reactions=0, comments=0, forwards=0)
    return Channel(
        tuple(row._replace(reactions=1) if number % 3 == 0 else row for number, row in enumerate(rows))
    )


def all_zero() -> Channel:
    return Channel(week(views=0, reactions=0, comments=0, forwards=0))


def all_forwarded() -> Channel:
    return Channel(week(is_forwarded=True))


def huge() -> Channel:
    return Channel(
        week(views=10**15, reactions=2 * 10**13, comments=4 * 10**12, forwards=6 * 10**12), TEN_THOUSAND
    )


def paid_beside() -> Channel:
    ads = week(days=3, hours=[15], is_ad=True, views=2000)
    return Channel(week() + ads)


def only_the_sum() -> Channel:
    return Channel(week(reactions=None, comments=None, forwards=None, interactions_sum=30))


def no_subscribers() -> Channel:
    return Channel(week(), ())


def rounded() -> Channel:
    return Channel(week(steps="views:100 reactions:10"))


def read_often() -> Channel:
    """Read on the way to 1 000 views at 7 days, as the fleet's posts grow without regard to their hour."""
    channel = steady()
    return replace(channel, earlier=tuple(_read_at(row, hours) for row in channel.posts for hours in READ_H))


def replaced() -> Channel:
    """Every post had 5 000 views at 12 hours: it was taken down and put up again."""
    channel = steady()
    at_12h = (_read_at(row, 12)._replace(views=5000) for row in channel.posts)
    return replace(channel, earlier=tuple(at_12h))


def dates_only() -> Channel:
    return Channel(week(time_known=False))


def moment_unknown() -> Channel:
    return Channel(week(observed_exact=False))


def empty() -> Channel:
    return Channel(())


def unchanged(as_of: int, seed: int | None, days: int = 130, hours: Iterable[int] = (9, 13, 18)) -> Channel:
    """Posts that all come to 1 000 views and 30 interactions at 7 days, read at `as_of` on their way there.

    With a seed posts differ as measured (docs/evidence.md#3.1): views by a log sd of .14, ER by .6, days by .09.
    """
    rng = np.random.default_rng(seed)
    last = periods.local_date(as_of, ZONE)
    published = [at for at in moments(last - timedelta(days=days), days + 1, hours) if at < as_of]
    day_shift = dict.fromkeys((at // DAY_S for at in published), 0.0)
    if seed is not None:
        day_shift = {day: rng.normal(0, 0.09) for day in day_shift}
    rows = []
    for at in published:
        age_s = as_of - at
        noise = (
            (0.0, 0.0) if seed is None else (rng.normal(0, 0.1) + day_shift[at // DAY_S], rng.normal(0, 0.6))
        )
        rows.append(post(at, age_s=age_s, **_grown(age_s, *noise)))
    return Channel(tuple(rows), as_of=as_of)


def _read_at(row: Post, hours: int) -> Post:
    views = round(1000 * maturity.VIEWS.share(np.array([float(hours)]))[0])
    return row._replace(observed_at=row.published_at + hours * 3600, views=views)


def _grown(age_s: int, view_noise: float, rate_noise: float) -> dict[str, int]:
    age_h = np.array([age_s / 3600])
    views = maturity.VIEWS.share(age_h)[0] * np.exp(view_noise)
    reactions = maturity.REACTIONS.share(age_h)[0] * np.exp(view_noise + rate_noise)
    return {
        "views": round(10_000 * views),
        "reactions": round(200 * reactions),
        "comments": round(40 * reactions),
        "forwards": round(60 * reactions),
    }


ZOO: dict[str, Callable[[], Channel]] = {
    make.__name__: make
    for make in (
        steady,
        one_viral,
        silent_week,
        no_views,
        eight_hours_a_day,
        grown_subscribers,
        views_collapse,
        young_posts_only,
        albums,
        dst_spring,
        one_post,
        few_posts,
        sparse_reactions,
        all_zero,
        all_forwarded,
        huge,
        paid_beside,
        only_the_sum,
        no_subscribers,
        rounded,
        read_often,
        replaced,
        dates_only,
        moment_unknown,
        empty,
    )
}
