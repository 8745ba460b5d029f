"""What the check of a channel finds: views bought by known patterns, and nothing in channels that bought none."""

from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.measure import Measurement, in_turns_ms, median
from benchmarks.watched_channels import Pattern, Watched, watch
from metrics.audit import Audit, check_channel

CLEAN, BOUGHT = 300, 100
VOLUME = 0.5
PATTERNS: tuple[Pattern, ...] = ("step", "night", "top_up")
FLAGGED_AT_MOST, FOUND_AT_LEAST = 1.0, 95.0  # percent
REPEATS = 15
UTC = ZoneInfo("UTC")


def measure() -> Iterator[Measurement]:
    rng = np.random.default_rng(4)
    flagged = _flagged([watch(rng) for _ in range(CLEAN)])
    yield Measurement(
        f"check: {CLEAN} clean channels flagged",
        100 * flagged,
        "%",
        at_most=FLAGGED_AT_MOST,
        facts={"pattern": None, "channels": CLEAN},
    )
    for pattern in PATTERNS:
        found = _flagged([watch(rng, pattern, VOLUME) for _ in range(BOUGHT)])
        name = f"check: bought views found, {pattern} +{VOLUME:.0%}"
        facts = {"pattern": pattern, "channels": BOUGHT, "volume": VOLUME}
        yield Measurement(name, 100 * found, "%", at_least=FOUND_AT_LEAST, facts=facts)
    yield _speed(watch(rng))


def _flagged(channels: list[Watched]) -> float:
    """Share of the channels of which the verdict says anything at all."""
    return float(np.mean([_check(channel).verdict != "no_known_pattern" for channel in channels]))


def _check(channel: Watched) -> Audit:
    return check_channel(channel.readings, channel.audience, zone=UTC, as_of=channel.as_of)


def _speed(channel: Watched) -> Measurement:
    order = ["published_at", "external_id", "observed_at"]
    sort = partial(channel.readings.sort_values, order)
    taken, floors = in_turns_ms(lambda: _check(channel), sort, repeats=REPEATS)
    name = f"check of one channel, {len(channel.readings)} readings"
    return Measurement(name, median(taken), "ms", floor=median(floors), at_most=100)
