"""Whether 95 % intervals hold what they say: the ER of a channel from few posts, and the change where nothing changed."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC

import numpy as np

from benchmarks.measure import Measurement
from benchmarks.unchanged_channels import AS_OF, unchanged
from metrics import estimates
from metrics.frame import Floats
from metrics.periods import last_days
from metrics.sample import sample
from metrics.summary import summarize

# Coverage of a channel's ER (docs/evidence.md#1.4).
POSTS = (7, 14, 28)
TRIES = 4000
COVERED_AT_LEAST = 90.0  # percent
ER, ER_SD = 0.02, 0.60
VIEWS, VIEWS_SD = 3000.0, 0.17
RESAMPLES = 400

# Change of unchanged channels (docs/evidence.md#A.4).
CHANNELS = 300
RATES_A_DAY = (1, 3, 6)
PERIODS_DAYS = (7, 30, 90)
HELD_AT_LEAST = 92.0  # the worst of five rates, each from some 400 answers
CODES = ("er_by_views", "view_rate", "er_by_subscribers", "er_day", "forward_rate")

Interval = Callable[[np.random.Generator, Floats, Floats], tuple[float, float]]


def measure() -> Iterator[Measurement]:
    yield from _of_rates()
    yield from _of_changes()


def _of_rates() -> Iterator[Measurement]:
    truth = ER * math.exp(ER_SD**2 / 2)
    for n in POSTS:
        rng = np.random.default_rng(n)
        held = Counter[str]()
        for _ in range(TRIES):
            views = np.floor(VIEWS * np.exp(rng.normal(0, VIEWS_SD, n)))
            interactions = rng.poisson(views * ER * np.exp(rng.normal(0, ER_SD, n))).astype(np.float64)
            for name, method in METHODS.items():
                low, high = method(rng, interactions, views)
                held[name] += low <= truth <= high
        shares = {name: 100 * held[name] / TRIES for name in METHODS}
        ours, *others = METHODS
        yield Measurement(
            f"95 % interval of ER by views from {n} posts holds it",
            shares[ours],
            "%",
            at_least=COVERED_AT_LEAST,
            beside=", ".join(f"{name} {shares[name]:.0f} %" for name in others),
            facts={"posts": n, "holds": shares},
        )


def _of_changes() -> Iterator[Measurement]:
    for posts_a_day in RATES_A_DAY:
        rng = np.random.default_rng(posts_a_day)
        held, asked = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
        for _ in range(CHANNELS):
            posts, audience = unchanged(rng, posts_a_day)
            for days in PERIODS_DAYS:
                period = last_days(days, AS_OF, UTC)
                summary = summarize(
                    posts, audience, period=period, zone=UTC, as_of=AS_OF, platform="telegram"
                )
                for code in CODES:
                    for change in (summary.change[code].previous, summary.change[code].history):
                        if change.low is not None and change.high is not None:
                            asked[days, code] += 1
                            held[days, code] += change.low <= 0 <= change.high
        yield from (_change(posts_a_day, days, held, asked) for days in PERIODS_DAYS)


def _change(
    posts_a_day: int, days: int, held: Counter[tuple[int, str]], asked: Counter[tuple[int, str]]
) -> Measurement:
    """Returns the worst of the rates, and each beside it."""
    shares = {
        code: 100 * held[days, code] / asked[days, code]
        for code in CODES
        if asked[days, code] >= CHANNELS / 2
    }
    return Measurement(
        f"change over {days} days of unchanged channels, {posts_a_day} posts a day, holds 0",
        min(shares.values()),
        "%",
        at_least=HELD_AT_LEAST,
        beside=", ".join(f"{code} {share:.0f} %" for code, share in shares.items()),
        facts={"period_days": days, "posts_a_day": posts_a_day, "holds": shares},
    )


def _ours(_rng: np.random.Generator, interactions: Floats, views: Floats) -> tuple[float, float]:
    posts = sample(interactions=interactions.tolist(), views=views.tolist())
    rate = estimates.pooled(posts.pairs("interactions", "views"))
    return (rate.low or 0.0) / 100, (rate.high or 0.0) / 100


def _wilson(_rng: np.random.Generator, interactions: Floats, views: Floats) -> tuple[float, float]:
    """Returns the interval as if every view were a trial of its own."""
    n, z = float(views.sum()), 1.96
    share = float(interactions.sum()) / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return centre - half, centre + half


def _bootstrap(rng: np.random.Generator, interactions: Floats, views: Floats) -> tuple[float, float]:
    """Returns percentiles over posts drawn again."""
    drawn = rng.integers(len(views), size=(RESAMPLES, len(views)))
    low, high = np.percentile(interactions[drawn].sum(axis=1) / views[drawn].sum(axis=1), (2.5, 97.5))
    return float(low), float(high)


METHODS: dict[str, Interval] = {"log-delta": _ours, "Wilson": _wilson, "bootstrap": _bootstrap}
