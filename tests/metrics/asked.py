"""One channel in all the shapes that functions of `metrics` take."""

from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from metrics.audit.evidence import Evidence, gather
from metrics.causes import levels as causes
from metrics.drops.counts import own_posts
from metrics.frame import audience_table
from metrics.members import ChannelTables, Members, open_members
from metrics.periods import Period
from metrics.results import Results, results
from metrics.sample import Sample
from metrics.scope import Scope, open_scope
from metrics.young import YoungPosts, young_posts
from tests.metrics.zoo import ZONE, Channel, steady

CAUSED = ("views", "er")


@dataclass(frozen=True)
class Asked:
    """One channel in all the shapes that functions take."""

    channel: Channel

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        readings = self.channel.readings()
        posts, audience = self.channel.table(), audience_table(self.channel.audience)
        return {"posts": posts, "table": posts, "audience": audience, "readings": readings, "read": readings}

    @cached_property
    def scope(self) -> Scope:
        return open_scope(*self._both, **self._fixed, period=self.channel.period)

    @cached_property
    def members(self) -> Members:
        other = steady()
        channels = [
            ChannelTables("asked", *self._both, self.channel.platform),
            ChannelTables("steady", other.table(), audience_table(other.audience)),
        ]
        return open_members(channels, period=self.channel.period, zone=ZONE, as_of=self.channel.as_of)

    @cached_property
    def evidence(self) -> Evidence:
        audience = self.tables["audience"]
        return gather(self.tables["readings"], audience, zone=ZONE, as_of=self.channel.as_of)

    @cached_property
    def known(self) -> dict[type, object]:
        return {
            Scope: self.scope,
            Members: self.members,
            Evidence: self.evidence,
            Sample: self.scope.posts.take(self.scope.used),
            Results: self.results,
            Period: self.channel.period,
            tzinfo: ZONE,
            YoungPosts: young_posts(*self._both, **self._fixed),
        }

    @property
    def _both(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.tables["posts"], self.tables["audience"]

    @property
    def _fixed(self) -> dict[str, Any]:
        return {"zone": ZONE, "as_of": self.channel.as_of, "platform": self.channel.platform}

    @property
    def as_of(self) -> int:
        return self.channel.as_of

    @property
    def results(self) -> Results:
        return results(self.scope, self.scope.used)

    @property
    def known_rows(self) -> np.ndarray:
        return np.ones(self.results.posts.size, dtype=np.bool_)

    @property
    def ids(self) -> list[str]:
        return [str(name) for name in self.scope.own.ids]

    @property
    def levels(self) -> list[causes.Levels]:
        return [causes.levels(self.scope, metric) for metric in CAUSED]

    @property
    def sides(self) -> list[causes.Levels]:
        """With posts both in the period and before it."""
        return [found for found in self.levels if 0 < found.is_now.sum() < len(found.own)]

    @property
    def own(self) -> pd.DataFrame:
        return own_posts(self.tables["posts"], self.as_of)

    @property
    def by_name(self) -> dict[str, object]:
        return {"as_of": self.channel.as_of, "platform": self.channel.platform, "name": "asked"}
