"""What stands behind a period's figures: its best and weakest posts."""

from dataclasses import dataclass
from datetime import tzinfo

import pandas as pd

from metrics.periods import Period
from metrics.ranking.posts import Top, top


@dataclass(frozen=True, slots=True)
class Details:
    top: Top


def details(
    posts: pd.DataFrame, audience: pd.DataFrame, *, period: Period, zone: tzinfo, as_of: int, platform: str
) -> Details:
    return Details(top=top(posts, audience, period=period, zone=zone, as_of=as_of, platform=platform))
