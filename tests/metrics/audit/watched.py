"""Channels made to be reckoned by hand: posts that grow along straight lines, read whenever a test says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from metrics.audit import Audit, check_channel
from metrics.audit.evidence import Evidence, gather
from metrics.frame import audience_table, table
from metrics.posts import COLUMNS, AudienceReading, Post

UTC = ZoneInfo("UTC")
HOUR_S, DAY_S = 3600, 86_400
START = 1_735_689_600  # 1 January 2025, midnight
EVERY_4H = tuple(range(4, 173, 4))
BLANK = dict.fromkeys(COLUMNS)

# Views by age in hours, of a post that ends at 1 000: half in 12 hours, .57 at 24 h, .70 at 48 h.
PLAIN = ((0, 0), (12, 500), (24, 570), (48, 700), (72, 770), (168, 1000))


def line(*corners: tuple[float, float]) -> Callable[[float], float]:
    ages, views = zip(*corners, strict=True)
    return lambda age: float(np.interp(age, ages, views))


@dataclass(frozen=True)
class Channel:
    rows: tuple[Post, ...]
    audience: tuple[AudienceReading, ...] = ()
    as_of: int = START + 60 * DAY_S

    def evidence(self) -> Evidence:
        return gather(table(self.rows), audience_table(self.audience), zone=UTC, as_of=self.as_of)

    def check(self, **changes: object) -> Audit:
        fixed = {"zone": UTC, "as_of": self.as_of}
        return check_channel(table(self.rows), audience_table(self.audience), **{**fixed, **changes})

    def and_also(self, other: "Channel") -> "Channel":
        return replace(self, rows=self.rows + other.rows, audience=self.audience + other.audience)


def reading(number: int, published_at: int, age_h: float, **fields: object) -> Post:
    facts = {
        "external_id": str(number),
        "published_at": published_at,
        "observed_at": published_at + round(age_h * HOUR_S),
        "observed_exact": True,
        "time_known": True,
        "is_ad": False,
        "is_forwarded": False,
    }
    return Post(**{**BLANK, **facts, **fields})


def watched(
    growth: Callable[[float], float] | Sequence[Callable[[float], float]] | None = None,
    *,
    posts: int = 8,
    ages_h: Iterable[float] = EVERY_4H,
    hours: Sequence[float] = (10, 14, 18),
    counter: str = "views",
    scale: float = 1,
) -> Channel:
    """Posts at these UTC hours of the day, a day each hour's turn; one growth for all, PLAIN unless told, or one a post."""
    ages = tuple(ages_h)
    curves = growth if isinstance(growth, Sequence) else [growth or line(*PLAIN)] * posts
    rows = []
    for number, curve in enumerate(curves):
        published = START + number // len(hours) * DAY_S + round(hours[number % len(hours)] * HOUR_S)
        rows += [reading(number, published, age, **{counter: round(scale * curve(age))}) for age in ages]
    return Channel(tuple(rows))


def counted(counters: Sequence[dict[str, int]], *, age_h: float = 720, every_h: float = 12) -> Channel:
    """Posts read once, all at one age; every 12 hours one, at 10 and at 22."""
    return Channel(
        tuple(
            reading(number, START + 10 * HOUR_S + round(number * every_h * HOUR_S), age_h, **fields)
            for number, fields in enumerate(counters)
        ),
        as_of=START + round((len(counters) * every_h + age_h + 48) * HOUR_S),
    )


def subscribers(*counts: float, every_h: float = 24, step: int = 0) -> Channel:
    moments = (START + round(number * every_h * HOUR_S) for number in range(len(counts)))
    return Channel(
        (), tuple(AudienceReading(at, round(count), step) for at, count in zip(moments, counts, strict=True))
    )


def posts_beside(views: Callable[[float], float], days: int, *, age_h: float = 168) -> Channel:
    """Two posts a day for so many days; `views` at 7 days by the day of publication."""
    rows = tuple(
        reading(number, START + round((number / 2 + 0.3) * DAY_S), age_h, views=round(views(number / 2)))
        for number in range(2 * days)
    )
    return Channel(rows)


def found(channel: Channel, indicator: str):
    """The judged value of an indicator, or what it needs."""
    checked = channel.check()
    for one in (*checked.findings, *checked.usual):
        if one.indicator == indicator:
            return one
    return next(one.needs for one in checked.not_checked if one.indicator == indicator)
