"""Hours and weekdays of posting: how often one is called better or worse where chance alone differs, and where one is."""

from collections.abc import Iterator
from datetime import UTC

import numpy as np
import pandas as pd

from benchmarks.measure import Measurement
from benchmarks.unchanged_channels import AS_OF, unchanged
from metrics.content import content
from metrics.groups import SHOWN, Group
from metrics.periods import Period, last_days
from metrics.timing import timing

CHANNELS = 200
DAYS = 120
POSTS_A_DAY = 4
CLAIMED_AT_MOST = 5.0  # percent of channels, of all hours and weekdays, of views and ER together
LEAD = 1.3  # of posts on workdays from 9 to 12
FOUND_AT_LEAST = 95.0  # percent of channels


def measure() -> Iterator[Measurement]:
    rng = np.random.default_rng(6)
    channels = [unchanged(rng, POSTS_A_DAY) for _ in range(CHANNELS)]
    claimed = [any(_claims(group) for group in _groups(*channel)) for channel in channels]
    yield Measurement(
        f"hours and weekdays of {CHANNELS} channels of chance: one is called better or worse",
        100 * float(np.mean(claimed)),
        "%",
        at_most=CLAIMED_AT_MOST,
        facts={"channels": CHANNELS, "days": DAYS, "posts_a_day": POSTS_A_DAY},
    )
    found = [_finds(posts, audience) for posts, audience in channels]
    yield Measurement(
        f"three hours in which posts do {LEAD - 1:.0%} better are found",
        100 * float(np.mean(found)),
        "%",
        at_least=FOUND_AT_LEAST,
        facts={"channels": CHANNELS, "lead": LEAD},
    )


def _groups(posts: pd.DataFrame, audience: pd.DataFrame) -> list[Group]:
    blocks = timing(posts, audience, period=_period(), zone=UTC, as_of=AS_OF, platform="telegram").blocks
    weekdays = content(posts, audience, period=_period(), zone=UTC, as_of=AS_OF, platform="telegram").weekday
    return [*(block.result for block in blocks), *weekdays]


def _claims(group: Group) -> bool:
    return any(group.levels[code].claim for code in SHOWN)


def _finds(posts: pd.DataFrame, audience: pd.DataFrame) -> bool:
    local = pd.to_datetime(posts["published_at"], unit="s", utc=True).dt
    chosen = (local.hour >= 9) & (local.hour < 12) & (local.day_of_week < 5)
    better = posts.assign(views=np.where(chosen, np.round(posts["views"] * LEAD), posts["views"]))
    blocks = timing(better, audience, period=_period(), zone=UTC, as_of=AS_OF, platform="telegram").blocks
    return any(
        (block.days, block.from_hour) == ("workday", 9) and block.result.levels["views"].claim == "better"
        for block in blocks
    )


def _period() -> Period:
    return last_days(DAYS, AS_OF, UTC)
