"""The rule fitted to the channel, in channels of every noise, posting rate and week that it promises to hold in.

Each channel has a year behind it, from which its threshold is fitted; then a quarter is judged day by day. The same
channels fall once, by 30 % in the quiet flat ones and by what `/alerts` promises elsewhere.

With few channels a cell chance alone misses a target: there it is missed where the sample excludes it (one-sided 95 %,
binomial or Poisson). With many the value itself is held to it.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np

from benchmarks.drop_channels import FIRST_DAY, POST_DF
from benchmarks.drop_methods import Values, by_rule
from benchmarks.measure import Measurement, largest_share, least_rate
from metrics.drops.compared import Fit
from metrics.drops.fit import fit
from metrics.drops.holidays import holidays
from metrics.drops.parameters import FIT_DAYS, QUARTER_DAYS, rule
from metrics.drops.series import Series, series
from metrics.drops.spans import Span

CHANNELS, MANY_CHANNELS = 40, 200  # a cell; four times as many where a drop of 30 % is looked for
QUIET_TIMES = 4
SPREADS, RATES, WEEKENDS = (0.14, 0.17, 0.22, 0.31), (1, 3, 6), (1.0, 0.7, 0.55)
DAY_SHARE, DAY_CORRELATION = 0.09 / 0.14, 0.5
FALSE_AT_MOST, FOUND_AT_LEAST = 0.5, 80.0
QUIET_SPREAD, QUIET_RATES, TYPICAL_DROP, TYPICAL_DAYS = 0.14, (3, 6), 30, 3
NORMAL = rule("normal")
DIP, DIP_DAYS = 35, 12
NEW_YEAR_TIMES = 3  # the target lies so near to what is found that a cell's channels do not tell
SLOW_RATE, SLOW_DROP, SLOW_DAYS = 0.2, 50, 45
INSIDE_DROP, INSIDE_DAYS, MOVED_AT_MOST = 50, 21, 0.5
INSIDE_FROM = (30, 330)  # the day of the year on which it begins
FIT_S_AT_MOST, BUSY_RATE = 0.5, 25
LENGTH = FIT_DAYS + QUARTER_DAYS + SLOW_DAYS


@dataclass(frozen=True, slots=True)
class Cell:
    spread: float
    rate: float
    weekend: float

    @property
    def name(self) -> str:
        week = "flat week" if self.weekend == 1 else f"weekends at {self.weekend:.0%}"
        return f"sd {self.spread}, {self.rate} a day, {week}"

    @property
    def is_quiet(self) -> bool:
        return self.spread == QUIET_SPREAD and self.rate in QUIET_RATES and self.weekend == 1


def measure() -> Iterator[Measurement]:
    yield from _measure(CHANNELS, is_sample=True)


def measure_many() -> Iterator[Measurement]:
    yield from _measure(MANY_CHANNELS, is_sample=False)


def _measure(count: int, *, is_sample: bool) -> Iterator[Measurement]:
    for measured in _measured(count):
        yield measured if is_sample else replace(measured, possible=None)


def _measured(count: int) -> Iterator[Measurement]:
    for number, (spread, rate, weekend) in enumerate(product(SPREADS, RATES, WEEKENDS)):
        yield from _cell(Cell(spread, rate, weekend), count, np.random.default_rng([41, number]))
    yield from _inside(count)
    yield _new_year(count)
    yield _slow(count)
    yield _time()


def made(rng: np.random.Generator, cell: Cell, days: int = LENGTH, first: int = FIRST_DAY) -> Series:
    """Makes days that follow AR(.5), posts that are t5; together of the cell's spread."""
    weekday = (first - 1 + np.arange(days)) % 7
    day_sd = cell.spread * DAY_SHARE
    steps = rng.normal(0, math.sqrt(1 - DAY_CORRELATION**2), days)
    levels = np.empty(days)
    levels[0] = rng.normal()
    for number in range(1, days):
        levels[number] = DAY_CORRELATION * levels[number - 1] + steps[number]
    levels = 8 + day_sd * levels + np.where(weekday >= 5, math.log(cell.weekend), 0)
    day = np.repeat(np.arange(days), rng.poisson(cell.rate, days))
    scale = math.sqrt(cell.spread**2 - day_sd**2) / math.sqrt(POST_DF / (POST_DF - 2))
    return series(first + day, levels[day] + scale * rng.standard_t(POST_DF, len(day)))


def _fallen(posts: Series, first: int, days: int, percent: float) -> Series:
    inside = (posts.day >= first) & (posts.day < first + days)
    return Series(posts.day, np.where(inside, posts.x + math.log1p(-percent / 100), posts.x))


def _cell(cell: Cell, count: int, rng: np.random.Generator) -> Iterator[Measurement]:
    end = FIRST_DAY + FIT_DAYS
    channels = [made(rng, cell) for _ in range(QUIET_TIMES * count if cell.is_quiet else count)]
    fits = [fit(posts, end - 1, "views", NORMAL) for posts in channels]
    spoken = [
        by_rule(NORMAL, fitted.z)(Values("views", posts), end, end + QUARTER_DAYS - 1)
        for posts, fitted in zip(channels, fits, strict=True)
    ]
    facts = {"spread": cell.spread, "posts_a_day": cell.rate, "weekend": cell.weekend}
    n, warnings = len(channels), sum(len(days) for days in spoken)
    yield Measurement(
        f"fitted, {cell.name}, false",
        warnings / n,
        "a quarter",
        at_most=FALSE_AT_MOST,
        possible=least_rate(warnings, n),
        beside=f"n {n}, z {np.median([fitted.z for fitted in fits if fitted.z]):.1f}",
        facts={"what": "false a quarter", **facts},
    )
    found = [_is_found(posts, fitted, cell, end + 20) for posts, fitted in zip(channels, fits, strict=True)]
    what = f"{TYPICAL_DROP} % within {TYPICAL_DAYS} days" if cell.is_quiet else "the promised drop in time"
    yield Measurement(
        f"fitted, {cell.name}, {what}",
        100 * sum(found) / n,
        "%",
        at_least=FOUND_AT_LEAST,
        possible=largest_share(sum(found), n),
        beside=f"n {n}, {_promises(fits)}",
        facts={"what": what, **facts},
    )


def _is_found(posts: Series, fitted: Fit, cell: Cell, start: int) -> bool:
    percent, days = (
        (TYPICAL_DROP, TYPICAL_DAYS) if cell.is_quiet else (fitted.detectable_percent, fitted.detectable_days)
    )
    if percent is None or days is None:
        return False
    values = Values("views", _fallen(posts, start, LENGTH, percent))
    return bool(by_rule(NORMAL, fitted.z)(values, start, start + days - 1))


def _promises(fits: list[Fit]) -> str:
    percent, days = (
        np.median([value for value in values if value is not None])
        for values in ([one.detectable_percent for one in fits], [one.detectable_days for one in fits])
    )
    return f"promised {percent:.0f} % in {days:.0f} days"


def _inside(count: int) -> Iterator[Measurement]:
    """Measures whether a true drop inside the history mutes the next one: recorded, or never told."""
    rng = np.random.default_rng(42)
    moved: dict[str, list[float]] = {"recorded": [], "not recorded": []}
    for number in range(count):
        cell = Cell(SPREADS[number % 4], RATES[number // 4 % 3], WEEKENDS[number // 12 % 3])
        posts, start = made(rng, cell, FIT_DAYS), FIRST_DAY + int(rng.integers(*INSIDE_FROM))
        fallen = _fallen(posts, start, INSIDE_DAYS, INSIDE_DROP)
        before = _threshold(posts, ())
        for name, cut in (("recorded", (Span(start, start + INSIDE_DAYS),)), ("not recorded", ())):
            moved[name].append(abs(_threshold(fallen, cut) - before))
    for name, found in moved.items():
        yield Measurement(
            f"fitted, -{INSIDE_DROP} % for {INSIDE_DAYS} days inside the history, {name}: the threshold moves by, at most",
            max(found),
            "z",
            at_most=MOVED_AT_MOST,
            beside=f"median {np.median(found):.2f}, 95 % {np.quantile(found, 0.95):.2f}",
            facts={"what": f"threshold moved by a drop that was {name}", "channels": count},
        )


def _threshold(posts: Series, cut: Sequence[Span]) -> float:
    return fit(posts, FIRST_DAY + FIT_DAYS - 1, "views", NORMAL, cut=cut).z or 0.0


def _new_year(count: int) -> Measurement:
    """Measures New Year's dip beside the same channels without it.

    What is pushed of those is the rule's ordinary false warnings.
    """
    rng, year, n = np.random.default_rng(43), 2025, NEW_YEAR_TIMES * count
    calm = {"dip": 0, "no dip": 0}
    spans = holidays("RU", year - 1, year + 1)
    start = date(year, 12, 30).toordinal()
    for _ in range(n):
        posts = made(rng, Cell(QUIET_SPREAD, 3, 1.0), LENGTH, start - FIT_DAYS)
        dipped = _fallen(posts, start, DIP_DAYS, DIP)
        fitted = fit(posts, start - 8, "views", NORMAL, cut=spans)
        rule_here = by_rule(NORMAL, fitted.z, holidays=spans, pushed_only=True)
        for name, series_of_it in (("dip", dipped), ("no dip", posts)):
            calm[name] += not rule_here(Values("views", series_of_it), start, start + DIP_DAYS + 30)
    return Measurement(
        f"fitted, a dip of {DIP} % over New Year: nothing pushed, then or after",
        100 * calm["dip"] / n,
        "%",
        at_least=95.0,
        possible=largest_share(calm["dip"], n),
        beside=f"n {n}, the same channels without the dip {100 * calm['no dip'] / n:.3g} %",
        facts={
            "what": "nothing pushed over New Year",
            "channels": n,
            "without_the_dip": round(100 * calm["no dip"] / n, 1),
        },
    )


def _slow(count: int) -> Measurement:
    rng, found, start = np.random.default_rng(44), 0, FIRST_DAY + FIT_DAYS
    for _ in range(count):
        posts = made(rng, Cell(QUIET_SPREAD, SLOW_RATE, 1.0))
        values = Values("views", _fallen(posts, start, LENGTH, SLOW_DROP))
        found += bool(by_rule(NORMAL)(values, start, start + SLOW_DAYS - 1))
    return Measurement(
        f"fitted, {SLOW_RATE} a day, drop of {SLOW_DROP} % told within {SLOW_DAYS} days",
        100 * found / count,
        "%",
        at_least=100 * 7 / 9,
        possible=largest_share(found, count),
        beside=f"n {count}",
        facts={"what": "drop of a slow channel told", "channels": count},
    )


def _time() -> Measurement:
    posts = made(np.random.default_rng(45), Cell(QUIET_SPREAD, BUSY_RATE, 1.0), FIT_DAYS)
    begun = time.perf_counter()
    _threshold(posts, ())
    return Measurement(
        f"fitted, a channel of {BUSY_RATE} posts a day",
        time.perf_counter() - begun,
        "s",
        at_most=FIT_S_AT_MOST,
    )
