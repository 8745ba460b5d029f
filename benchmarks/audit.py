"""What the check of a channel finds: everything bought that is known, and nothing in channels that bought none."""

from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.bought_views import (
    SHAPES,
    begun,
    equal_reactions,
    even_rates,
    for_ads,
    readers,
    stopped,
    top_up,
    views_by,
)
from benchmarks.measure import Measurement, in_turns_ms, median
from benchmarks.watched_channels import OLD_POSTS, Buyer, Watched, watch
from metrics.audit import Audit, check_channel

CLEAN, LONG_POSTS, BOUGHT, HISTORY_POSTS = 300, 2_000, 25, 240
FLAGGED_AT_MOST, FOUND_AT_LEAST = 1.0, 90.0  # percent
REPEATS = 15
UTC = ZoneInfo("UTC")
VOLUMES = (0.3, 0.5, 1.0)
PROMISED = {("step", 0.5), ("step", 1.0), ("night", 0.3), ("night", 0.5), ("night", 1.0), ("linear_7d", 1.0)}

# Pattern, what is bought, how it is told, whether the check promises to find it; on channels with half a year of posts.
Case = tuple[str, Buyer, str, bool]
HISTORIES: tuple[Case, ...] = (
    ("collapse", stopped(1.5), "+150 %", False),
    ("collapse", stopped(3.0), "+300 %", True),
    ("level_shift", begun(0.5), "+50 %", False),
    ("level_shift", begun(0.8), "+80 %", False),
    ("level_shift", begun(1.3), "+130 %", True),
    ("ads", for_ads(0.3), "+30 %", False),
    ("ads", for_ads(0.8), "+80 %", True),
    ("readers", readers(0.2), "+20 %", False),
    ("readers", readers(0.8), "+80 %", True),
    ("even_rates", even_rates(0.14), "0.14", False),
    ("even_rates", even_rates(0.05), "0.05", True),
    ("equal_reactions", equal_reactions(0.7), "70 %", False),
    ("equal_reactions", equal_reactions(0.9), "90 %", True),
)


def measure() -> Iterator[Measurement]:
    rng = np.random.default_rng(4)
    yield _clean(rng)
    for pattern, buy, amount, promised in (*_growing(), *HISTORIES):
        old = HISTORY_POSTS if (pattern, buy, amount, promised) in HISTORIES else OLD_POSTS
        found = _flagged(watch(rng, buy, old) for _ in range(BOUGHT))
        yield Measurement(
            f"check: bought, found: {pattern} {amount}",
            100 * found,
            "%",
            at_least=FOUND_AT_LEAST if promised else None,
            facts={"pattern": pattern, "channels": BOUGHT, "amount": amount},
        )
    yield _speed(watch(rng))


def _growing() -> Iterator[Case]:
    """Yields views mixed into the growth of posts, also in ways that look natural.

    Those are printed and promise nothing.
    """
    for pattern, shape in SHAPES.items():
        for volume in VOLUMES:
            yield (
                pattern,
                views_by(shape, volume),
                f"+{volume:.0%}".replace("%", " %"),
                ((pattern, volume) in PROMISED),
            )
    for volume in VOLUMES:
        yield "top_up", top_up(volume), f"+{volume:.0%}".replace("%", " %"), True


def _clean(rng: np.random.Generator) -> Measurement:
    channels = (watch(rng, old_posts=OLD_POSTS if n % 3 else LONG_POSTS) for n in range(CLEAN))
    return Measurement(
        f"check: {CLEAN} clean channels flagged, a third with {LONG_POSTS} posts",
        100 * _flagged(channels),
        "%",
        at_most=FLAGGED_AT_MOST,
        facts={"pattern": None, "channels": CLEAN, "amount": None},
    )


def _flagged(channels: Iterator[Watched]) -> float:
    """Returns the share of the channels of which the verdict says anything at all."""
    return float(np.mean([_check(channel).verdict != "no_known_pattern" for channel in channels]))


def _check(channel: Watched) -> Audit:
    return check_channel(channel.readings, channel.audience, zone=UTC, as_of=channel.as_of)


def _speed(channel: Watched) -> Measurement:
    order = ["published_at", "external_id", "observed_at"]
    sort = partial(channel.readings.sort_values, order)
    taken, floors = in_turns_ms(lambda: _check(channel), sort, repeats=REPEATS)
    name = f"check of one channel, {len(channel.readings)} readings"
    return Measurement(name, median(taken), "ms", floor=median(floors), at_most=100)
