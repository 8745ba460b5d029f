"""Channels whose level falls in the last week, for a reason that is put in: one of KINDS, or one that no data holds.

Noise as in docs/evidence.md#3.1. Every channel has formats, hours, lengths, ads and neighbours that matter a little, as
real ones do, so that a cause that is not there has something to be mistaken for.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

import numpy as np
import pandas as pd

from benchmarks.watched_channels import frame
from metrics.causes.beside import Beside
from metrics.drops.spans import Span
from metrics.durations import DAY_S, HOUR_S
from metrics.frame import Bools, Floats, Ints
from metrics.periods import Period, dates

FIRST = date(2025, 9, 1)
BEFORE_DAYS, NOW_DAYS = 56, 7
DAYS = BEFORE_DAYS + NOW_DAYS
PERIOD: Period = dates(FIRST + timedelta(days=BEFORE_DAYS), FIRST + timedelta(days=DAYS - 1), UTC)
AS_OF = PERIOD.end_unix + 8 * DAY_S
START = PERIOD.start_unix - BEFORE_DAYS * DAY_S
POST_SD, POST_DF, DAY_SD, DAY_CORRELATION, ER_SD = 0.14, 4, 0.09, 0.5, 0.5
VIRAL_SHARE, VIRAL_LOG = 0.025, 0.5
LEVEL_SD = 0.1  # between formats, hours and lengths of one channel
FORMATS, FORMAT_SHARES = ("photo", "text", "video", "album"), (0.45, 0.25, 0.2, 0.1)
LENGTHS = (120, 400, 800, 1600)
HOURS = np.arange(8, 23)
AD_SHARE = 0.08


@dataclass
class Made:
    """A channel before it is read; what is put in changes it in place. Logs of levels, a post a row, oldest first."""

    rng: np.random.Generator
    published: Ints
    format: "np.ndarray[tuple[int], np.dtype[np.object_]]"
    length: Floats
    is_ad: Bools
    log_views: Floats
    rates: dict[str, Floats]
    subscribers: Floats  # a day
    beside: Beside = field(default_factory=Beside)
    metric: str = "views"

    @property
    def day(self) -> Ints:
        return (self.published - START) // DAY_S

    @property
    def is_now(self) -> Bools:
        return self.day >= BEFORE_DAYS

    def keep(self, chosen: Bools | Ints) -> None:
        for name in ("published", "format", "length", "is_ad", "log_views"):
            setattr(self, name, getattr(self, name)[chosen])
        self.rates = {name: values[chosen] for name, values in self.rates.items()}


Put = Callable[[Made], None]


def unchanged(rng: np.random.Generator) -> Made:
    day = np.repeat(np.arange(DAYS), rng.poisson(rng.choice([2, 3, 5]), DAYS))
    hour = rng.choice(HOURS, len(day)) + rng.random(len(day))
    order = np.lexsort((hour, day))
    day, hour, n = day[order], hour[order], len(day)
    kind, length = rng.choice(len(FORMATS), n, p=FORMAT_SHARES), rng.choice(len(LENGTHS), n)
    levels = np.log(3000) + _day_levels(rng)[day] + rng.normal(0, LEVEL_SD, 4)[kind]
    levels += rng.normal(0, LEVEL_SD, 4)[length] + 0.05 * np.sin(hour / 24 * 2 * np.pi)
    levels += POST_SD / np.sqrt(POST_DF / (POST_DF - 2)) * rng.standard_t(POST_DF, n)
    levels += np.where(rng.random(n) < VIRAL_SHARE, rng.exponential(VIRAL_LOG, n), 0)
    return Made(
        rng,
        (START + day * DAY_S + hour * HOUR_S).astype(np.int64),
        np.array(FORMATS, dtype=np.object_)[kind],
        np.array(LENGTHS, dtype=np.float64)[length] * rng.uniform(0.8, 1.2, n),
        rng.random(n) < AD_SHARE,
        levels,
        {
            name: np.asarray(share * rng.lognormal(-(ER_SD**2) / 2, ER_SD, n), dtype=np.float64)
            for name, share in (("reactions", 0.02), ("comments", 0.01), ("forwards", 0.006))
        },
        10_000 * np.exp(np.cumsum(rng.normal(0.0005, 0.001, DAYS))),
    )


def tables(made: Made) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns posts, each read at 7 days, and subscribers, once a day."""
    views = np.asarray(np.round(np.exp(made.log_views)), dtype=np.float64)
    counts = {name: np.round(views * rate) for name, rate in made.rates.items()}
    post = np.arange(len(views))
    posts = frame(post, made.published, made.published + 7 * DAY_S, {"views": views, **counts})
    posts = posts.assign(format=made.format, text_length=np.round(made.length), is_ad=made.is_ad)
    at = START + np.arange(DAYS) * DAY_S + 12 * HOUR_S
    audience = {"observed_at": at, "subscribers": np.round(made.subscribers), "step": np.zeros(DAYS)}
    return posts, pd.DataFrame(audience)


def _day_levels(rng: np.random.Generator) -> Floats:
    steps = rng.normal(0, np.sqrt(1 - DAY_CORRELATION**2), DAYS)
    levels = np.empty(DAYS)
    levels[0] = rng.normal()
    for number in range(1, DAYS):
        levels[number] = DAY_CORRELATION * levels[number - 1] + steps[number]
    return DAY_SD * levels


def _fall(made: Made, log: float) -> None:
    made.log_views = made.log_views + np.where(made.is_now, log, 0)


def for_no_known_reason(made: Made) -> None:
    _fall(made, made.rng.uniform(-0.6, -0.25))


def other_format(made: Made) -> None:
    video, taken = made.format == "video", made.is_now & (made.rng.random(len(made.day)) < 0.75)
    made.log_views = made.log_views - 0.6 * (video | taken)
    made.format = np.where(taken, "video", made.format)


def longer_texts(made: Made) -> None:
    long = made.length > 1001
    taken = made.is_now & (made.rng.random(len(made.day)) < 0.8)
    made.log_views = made.log_views - 0.5 * (long | taken)
    made.length = np.where(taken, 1600.0, made.length)


def other_hours(made: Made) -> None:
    """Makes evenings read badly, and most posts come in the evening now."""
    hour = (made.published - START) % DAY_S // HOUR_S
    moved = made.is_now & (hour < 19) & (made.rng.random(len(hour)) < 0.8)
    made.published = made.published + np.where(
        moved, (19 - hour) * HOUR_S + made.rng.integers(0, 3 * HOUR_S, len(hour)), 0
    )
    made.log_views = made.log_views - 0.45 * ((hour >= 19) | moved)
    _sort(made)


def closer_posts(made: Made) -> None:
    """Makes posts lose a half that are followed within an hour; most posts come in pairs now."""
    later = np.append(np.diff(made.published), 10 * HOUR_S)
    paired = np.flatnonzero(made.is_now & (made.rng.random(len(later)) < 0.85))
    for row in paired[paired + 1 < len(later)][::2]:
        made.published[row] = made.published[row + 1] - made.rng.integers(600, 2400)
    _sort(made)
    gap = np.append(np.diff(made.published), 10 * HOUR_S)
    made.log_views = made.log_views - 0.9 * (gap < HOUR_S)


def more_ads(made: Made) -> None:
    made.is_ad = made.is_ad | (made.is_now & (made.rng.random(len(made.day)) < 0.35))
    ads = made.published[made.is_ad]
    near = np.searchsorted(ads, made.published + 12 * HOUR_S) > np.searchsorted(
        ads, made.published - 6 * HOUR_S
    )
    made.log_views = made.log_views - 0.6 * (near & ~made.is_ad)


def fewer_posts(made: Made) -> None:
    made.keep(~made.is_now | (made.rng.random(len(made.day)) < 0.3))


def one_giveaway(made: Made) -> None:
    before = np.flatnonzero(~made.is_now & ~made.is_ad)
    row = made.rng.choice(before)
    made.log_views[row] = np.log(np.exp(made.log_views[before]).sum() * 0.35)


def a_repost_that_ended(made: Made) -> None:
    first = int(made.rng.integers(10, 30))
    made.log_views = made.log_views + np.where((made.day >= first) & (made.day < first + 20), 1.0, 0)


def an_earlier_fall(made: Made) -> None:
    """Makes the level fall three weeks or so before the period."""
    first = int(made.rng.integers(28, 44))
    made.log_views = made.log_views + np.where(made.day >= first, -0.6, 0)


def subscribers_left(made: Made) -> None:
    lost = made.rng.uniform(0.3, 0.45)
    made.subscribers = made.subscribers * np.interp(np.arange(DAYS), [0, 50, DAYS - 1], [1, 1, 1 - lost])
    _fall(made, float(np.log(1 - lost * 0.8)))


def bots_purged(made: Made) -> None:
    lost = made.rng.uniform(0.2, 0.4)
    made.subscribers = made.subscribers * np.where(np.arange(DAYS) >= BEFORE_DAYS, 1 - lost, 1)
    _fall(made, float(np.log(1 - lost)))


def comments_closed(made: Made) -> None:
    made.metric = "er"
    made.rates["comments"] = np.where(made.is_now, np.nan, made.rates["comments"])


def reactions_closed(made: Made) -> None:
    made.metric = "er"
    made.rates["reactions"] = np.where(made.is_now, 0.0, made.rates["reactions"])


def better_posts_deleted(made: Made) -> None:
    now = np.flatnonzero(made.is_now & ~made.is_ad)
    gone = made.rng.choice(now, max(2, len(now) // 3), replace=False)
    rest = np.setdiff1d(now, gone)
    made.log_views[gone] += 0.45
    made.log_views[rest] -= 0.25
    made.beside = Beside(deleted=[str(row) for row in gone])


def everywhere_at_once(made: Made) -> None:
    shift = made.rng.uniform(-0.55, -0.25)
    _fall(made, shift)
    made.beside = Beside(others=(shift + made.rng.normal(0, 0.08, 6)).tolist())


def a_holiday(made: Made) -> None:
    first = PERIOD.first.toordinal()
    days = int(made.rng.integers(4, 8))
    on = (made.day >= BEFORE_DAYS) & (made.day < BEFORE_DAYS + days)
    made.log_views = made.log_views - 0.5 * on
    made.beside = Beside(holidays=[Span(first, first + days - 1)])


def lost_updates(made: Made) -> None:
    """Loses the reactions of four days, which were never told to the bot."""
    made.metric = "er"
    first = PERIOD.start_unix + DAY_S
    gap = (made.published >= first) & (made.published < first + 4 * DAY_S)
    made.rates = {name: rate * np.where(gap, 0.2, 1) for name, rate in made.rates.items()}
    made.beside = Beside(gaps=[(first, first + 4 * DAY_S)])


def _sort(made: Made) -> None:
    made.keep(np.argsort(made.published, kind="stable"))


KINDS: dict[str, Put] = {
    "format": other_format,
    "length": longer_texts,
    "hour": other_hours,
    "gap_to_next": closer_posts,
    "ad_nearby": more_ads,
    "fewer_posts": fewer_posts,
    "giveaway": one_giveaway,
    "earlier": an_earlier_fall,
    "boost": a_repost_that_ended,
    "subscribers_left": subscribers_left,
    "subscribers_purged": bots_purged,
    "comments_off": comments_closed,
    "reactions_off": reactions_closed,
    "deleted": better_posts_deleted,
    "everywhere": everywhere_at_once,
    "holiday": a_holiday,
    "missed": lost_updates,
}
