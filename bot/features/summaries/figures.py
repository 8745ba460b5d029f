"""One channel of a summary in numbers. Runs in workers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from bot.answers.tables import Tables, tables_of
from bot.features.summaries.request import RECENT_DAYS, DigestChannel, DigestRequest
from metrics import maturity, periods
from metrics.audience import subscribers_at
from metrics.change import Difference
from metrics.periods import Period
from metrics.posts import Post
from metrics.ranking.posts import RankedPost, top
from metrics.series import Series
from metrics.summary import Summary

REACH = "view_rate"
EVENING_S = 4 * 3600  # read so late in a day, it counts as read to its end


@dataclass(frozen=True, slots=True)
class RankedByEr:
    """`er`: percent of its views by which it was ranked, so brought to one age; None where one of the two is unknown."""

    post: Post
    er: float | None
    is_estimate: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """`recent`: the week that ends with the day; it is compared where the period itself is too short to be."""

    channel: DigestChannel
    summary: Summary
    recent: Summary | None
    gained: int | None  # subscribers, from the period's start to its end
    best: RankedByEr | None
    weakest: RankedByEr | None
    series: Series  # of the days that a chart shows

    @property
    def headline(self) -> str:
        """The rate that the channel's answer begins with; that of the week where the day has no post."""
        shown = self.recent if self.is_silent and self.recent is not None else self.summary
        return shown.basis.headline

    @property
    def is_known(self) -> bool:
        """Somebody read the channel when the period was as good as over; else its silence means nothing."""
        seen = self.channel.observed_at
        if seen is None:
            return False
        return self.channel.is_collected or seen >= self.summary.period.end_unix - EVENING_S

    @property
    def is_silent(self) -> bool:
        return self.summary.fallback or self.summary.posts.used == 0

    @property
    def compared(self) -> tuple[Summary, bool]:
        """The summary whose differences are told, and whether it is that of the week."""
        own = self.summary.change.get(self.headline)
        if self.recent is None or (own and own.history.percent is not None):
            return self.summary, False
        return self.recent, True

    @property
    def change(self) -> Difference | None:
        """To its own history."""
        found = self.compared[0].change.get(self.headline)
        return None if found is None or found.history.percent is None else found.history


def figures(channel: DigestChannel, request: DigestRequest, chart: Period) -> Figures:
    tables = tables_of(
        channel.posts,
        channel.readings,
        channel.audience,
        platform=channel.platform,
        zone=request.zone,
        as_of=request.as_of,
    )
    summary = tables.summary(request.period)
    recent = None
    if request.frequency == "daily":
        week = periods.dates(request.last - timedelta(days=RECENT_DAYS - 1), request.last, tables.zone)
        recent = tables.summary(week)
    best, weakest = _ends(channel, summary, tables, request)
    return Figures(
        channel=channel,
        summary=summary,
        recent=recent,
        gained=_gained(tables.audience, request.period),
        best=best,
        weakest=weakest,
        series=tables.series(chart),
    )


def _gained(audience: pd.DataFrame, period: Period) -> int | None:
    """Returns what was gained; None where a count at an end is rounded or far from any reading."""
    ends = np.array([period.start_unix, period.end_unix], dtype=np.int64)
    counted = subscribers_at(ends, audience)
    near = np.abs(counted.read_at - ends) <= _near_s(period)
    if np.isnan(counted.subscribers).any() or (counted.step > 0).any() or not near.all():
        return None
    return round(float(counted.subscribers[1] - counted.subscribers[0]))


def _near_s(period: Period) -> int:
    """Returns how old, in seconds, a count may be to stand for an end: a day, of a month a week."""
    return 86_400 * (1 if period.days < 28 else 7)


def _ends(
    channel: DigestChannel,
    summary: Summary,
    tables: Tables,
    request: DigestRequest,
) -> tuple[RankedByEr | None, RankedByEr | None]:
    """Returns the best and the weakest; of a day simply the highest and the lowest.

    A day's posts are too young and too few to be ranked surely.
    """
    ranked = sorted(_ranked(channel, summary), key=_place)
    if request.frequency != "daily":
        found = top(
            tables.posts,
            tables.audience,
            period=request.period,
            zone=tables.zone,
            as_of=request.as_of,
            platform=channel.platform,
            shown=1,
        )
        by_id = {one.post.external_id: one for one in ranked}
        best, weakest = (_as_ranked(side, by_id, found.by) for side in (found.best, found.weakest))
        if best and weakest:
            return best, weakest
    return ranked[-1] if ranked else None, ranked[0] if len(ranked) > 1 else None


def _as_ranked(side: Sequence[RankedPost], by_id: Mapping[str, RankedByEr], by: str) -> RankedByEr | None:
    """Returns a post with the figure of `/top`; by views the ER beside them ranks nothing."""
    one = by_id.get(side[0].external_id) if side else None
    if one is None or not by.startswith("er_"):
        return one
    return RankedByEr(one.post, side[0].value, is_estimate=False)


def _ranked(channel: DigestChannel, summary: Summary) -> Iterator[RankedByEr]:
    period = summary.period
    for post in channel.posts:
        if not period.start_unix <= post.published_at < period.end_unix or post.is_forwarded or post.is_ad:
            continue
        counted = [getattr(post, name) for name in summary.components]
        known = [count for count in counted if count is not None]
        er = 100 * sum(known) / post.views if post.views and known else None
        if er is not None or post.views:
            yield RankedByEr(post, None if er is None else er / _share_by_now(post))


def _share_by_now(post: Post) -> float:
    """Returns the share of the ER that a post of this age will have."""
    age_h = np.array([max(1.0, (post.observed_at - post.published_at) / 3600)])
    return float(maturity.ER.share(age_h)[0])


def _place(one: RankedByEr) -> tuple[float, int]:
    """Returns a sort key: posts without an ER come first, by views."""
    return (-1.0 if one.er is None else one.er), one.post.views or 0
