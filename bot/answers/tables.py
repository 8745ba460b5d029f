"""One channel as workers compute with it: its tables and its growth, made once for any number of periods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from bot.answers.request import EngagementRequest
from metrics.curves import Curves, curves
from metrics.frame import audience_table, table
from metrics.periods import Period
from metrics.posts import AudienceReading, Post
from metrics.scope import Scope, open_scope
from metrics.series import Series, series
from metrics.summary import Summary, summarize


@dataclass(frozen=True, slots=True)
class Tables:
    """`posts` and `readings`: of `frame.table`; `audience`: of `frame.audience_table`; `as_of`: unix seconds."""

    posts: pd.DataFrame
    readings: pd.DataFrame
    audience: pd.DataFrame
    growth: Curves
    platform: str
    zone: ZoneInfo
    as_of: int

    def summary(self, period: Period) -> Summary:
        return summarize(self.posts, self.audience, period=period, **self._fixed)

    def series(self, period: Period) -> Series:
        return series(self.posts, self.audience, period=period, **self._fixed)

    def scope(self, period: Period, components: Sequence[str] | None = None) -> Scope:
        """Returns the posts as an answer needs them. `components`: what an interaction may consist of."""
        return open_scope(self.posts, self.audience, period=period, components=components, **self._fixed)

    @property
    def _fixed(self) -> dict[str, Any]:
        return {
            "zone": self.zone,
            "as_of": self.as_of,
            "platform": self.platform,
            "readings": self.readings,
            "growth": self.growth,
        }


def asked_tables(request: EngagementRequest) -> Tables:
    """Returns the tables of a request for one channel's figures."""
    return tables_of(
        request.posts,
        request.readings,
        request.audience,
        platform=request.platform,
        zone=request.zone,
        as_of=request.as_of,
    )


def tables_of(
    posts: Sequence[Post],
    readings: Sequence[Post],
    audience: Iterable[AudienceReading],
    *,
    platform: str,
    zone: str,
    as_of: int,
) -> Tables:
    """Returns the tables of a channel; without `readings` every post was read once, as it stands."""
    made = table(posts)
    read = table(readings) if readings else made
    growth = curves(read, platform, as_of)
    return Tables(made, read, audience_table(audience), growth, platform, ZoneInfo(zone), as_of)
