"""How often the drop rule speaks without a reason, and how soon it speaks with one.

False: warnings a channel in a quarter in which nothing changed. Found: share of the drops that are warned of within so
many days of data, the day of the drop included. Beside it the rule customers ask for, and the usual control charts.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks import drop_methods
from benchmarks.drop_channels import (
    BEFORE_DAYS,
    DAYS,
    DRIFT_A_DAY,
    FIRST_DAY,
    QUARTER_DAYS,
    Posts,
    channel,
    dropped,
)
from benchmarks.drop_methods import Method, Values, by_rule
from benchmarks.measure import Measurement
from metrics.drops.parameters import METRICS, rule
from metrics.drops.series import series

CHANNELS, MANY_CHANNELS = 400, 2000
RATES = (1, 3, 6)  # posts a day
DROPS = (20, 30, 50)  # percent
TYPICAL_DROP = 30
WITHIN_DAYS = (3, 7, 14)
LATEST_START = QUARTER_DAYS - max(WITHIN_DAYS)

# What `normal` is held to at 3 and 6 posts a day.
FALSE_AT_MOST = {"views": 0.5, "er": 0.6}
FOUND_AT_LEAST = {("views", 30): 80.0}
HARDER_AT_MOST = 1.2  # both metrics together
HELD_RATES = (3, 6)
DECLINE_A_YEAR, DECLINE_AT_MOST = (
    0.5,
    1.5,
)  # what falls by half in a year is warned of now and then, never monthly

OTHERS: dict[str, Method] = {
    "literal 20 %": by_rule(rule("literal")),
    "mean - 3 sigma": drop_methods.below_sigmas,
    "EWMA": drop_methods.ewma,
    "CUSUM": drop_methods.cusum,
    "calm": by_rule(rule("calm")),
    "sensitive": by_rule(rule("sensitive")),
}
NORMAL = by_rule(rule("normal"))


@dataclass(frozen=True, slots=True)
class Channel:
    """`start`: the day on which the drop begins, where one is put in."""

    posts: Posts
    start: int

    def values(self, metric: str, drop_percent: int = 0) -> Values:
        x = self.posts.log_views if metric == "views" else self.posts.log_er
        if drop_percent:
            x = dropped(x, self.posts.day, self.start, drop_percent / 100)
        return Values(metric, series(self.posts.day, x))


def measure() -> Iterator[Measurement]:
    yield from _measure(CHANNELS)


def measure_many() -> Iterator[Measurement]:
    yield from _measure(MANY_CHANNELS)


def _measure(count: int) -> Iterator[Measurement]:
    for rate in RATES:
        channels = _channels(count, rate, harder=False)
        for metric in METRICS:
            yield from _normal(channels, rate, metric)
    for rate in RATES:
        yield _harder(_channels(count, rate, harder=True), rate)
    for rate in RATES:
        yield _declining(_channels(count, rate, harder=False), rate)
    for rate in RATES:
        channels = _channels(count, rate, harder=False)
        for name, method in OTHERS.items():
            yield from (_beside(channels, rate, metric, name, method) for metric in METRICS)


def _channels(count: int, rate: int, *, harder: bool) -> list[Channel]:
    rng = np.random.default_rng([rate, int(harder)])
    first = FIRST_DAY + BEFORE_DAYS
    return [
        Channel(channel(rng, rate, harder=harder), first + int(rng.integers(LATEST_START + 1)))
        for _ in range(count)
    ]


def _normal(channels: list[Channel], rate: int, metric: str) -> Iterator[Measurement]:
    name = f"normal, {metric}, {rate} posts a day"
    held = rate in HELD_RATES
    yield Measurement(
        f"{name}, false",
        _false(channels, metric, NORMAL),
        "a quarter",
        at_most=FALSE_AT_MOST[metric] if held else None,
        facts={"rule": "normal", "metric": metric, "posts_a_day": rate},
    )
    for drop in DROPS:
        found = _found(channels, metric, drop, NORMAL)
        yield Measurement(
            f"{name}, drop of {drop} % found within {WITHIN_DAYS[0]} days",
            found[WITHIN_DAYS[0]],
            "%",
            at_least=FOUND_AT_LEAST.get((metric, drop)) if held else None,
            beside=", ".join(f"{days} days {found[days]:.0f} %" for days in WITHIN_DAYS[1:]),
            facts={"rule": "normal", "metric": metric, "posts_a_day": rate, "drop": drop, "found": found},
        )


def _harder(channels: list[Channel], rate: int) -> Measurement:
    each = {metric: _false(channels, metric, NORMAL) for metric in METRICS}
    return Measurement(
        f"normal, channels that differ and drift, {rate} posts a day, false, both metrics",
        sum(each.values()),
        "a quarter",
        at_most=HARDER_AT_MOST if rate in HELD_RATES else None,
        beside=", ".join(f"{metric} {value:.2f}" for metric, value in each.items()),
        facts={
            "drift_a_day": DRIFT_A_DAY,
            "posts_a_day": rate,
            "channels": len(channels),
            "days": DAYS,
            **each,
        },
    )


def _declining(channels: list[Channel], rate: int) -> Measurement:
    slope = math.log(1 - DECLINE_A_YEAR) / 365
    first = FIRST_DAY + BEFORE_DAYS
    fallen = [
        Values("views", series(one.posts.day, one.posts.log_views + slope * (one.posts.day - FIRST_DAY)))
        for one in channels
    ]
    openings = [len(NORMAL(values, first, first + QUARTER_DAYS - 1)) for values in fallen]
    return Measurement(
        f"normal, views that fall slowly by {DECLINE_A_YEAR:.0%} in a year, {rate} posts a day, warnings",
        sum(openings) / len(channels),
        "a quarter",
        at_most=DECLINE_AT_MOST,
        facts={"decline": DECLINE_A_YEAR, "posts_a_day": rate},
    )


def _beside(channels: list[Channel], rate: int, metric: str, name: str, method: Method) -> Measurement:
    found = _found(channels, metric, TYPICAL_DROP, method)
    shares = ", ".join(f"{days} days {found[days]:.0f} %" for days in WITHIN_DAYS)
    return Measurement(
        f"{name}, {metric}, {rate} posts a day, false",
        _false(channels, metric, method),
        "a quarter",
        beside=f"drop of {TYPICAL_DROP} % found within {shares}",
        facts={"rule": name, "metric": metric, "posts_a_day": rate, "drop": TYPICAL_DROP, "found": found},
    )


def _false(channels: list[Channel], metric: str, method: Method) -> float:
    first = FIRST_DAY + BEFORE_DAYS
    spoken = [method(one.values(metric), first, first + QUARTER_DAYS - 1) for one in channels]
    return sum(len(days) for days in spoken) / len(channels)


def _found(channels: list[Channel], metric: str, drop: int, method: Method) -> dict[int, float]:
    """Returns days -> percent of the drops. A method starts afresh on the day of the drop."""
    latest = max(WITHIN_DAYS)
    spoken = [method(one.values(metric, drop), one.start, one.start + latest - 1) for one in channels]
    delays = np.array(
        [days[0] - one.start + 1 if days else np.inf for one, days in zip(channels, spoken, strict=True)]
    )
    return {days: 100 * float((delays <= days).mean()) for days in WITHIN_DAYS}
