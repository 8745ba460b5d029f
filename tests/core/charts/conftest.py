"""Named charts after real channels: what every drawing test and every look by eye starts from."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import exp
from statistics import mean

import pytest

from bot.core.charts.data import Band, DayPoint, EngagementChart, Panel, PostDot

LAST = date(2026, 11, 22)
YOUNG_DAYS = 7


def panel(
    days: int,
    posts_per_day: float,
    *,
    level: float = 2.4,
    noise: float = 0.5,
    label: str = "ER по просмотрам, %",
    seed: int = 1,
) -> Panel:
    """A channel whose posts scatter log-normally around a level, weekends at half the pace."""
    noise_of = random.Random(seed)
    points, dots = [], []
    for index in range(days):
        day = LAST - timedelta(days=days - 1 - index)
        final = (LAST - day).days >= YOUNG_DAYS
        expected = posts_per_day * (0.55 if day.weekday() >= 5 else 1.15)
        count = int(expected) + (noise_of.random() < expected % 1)
        values = [level * exp(noise_of.gauss(0, noise)) for _ in range(count)]
        hours = sorted(noise_of.randrange(7, 23) for _ in values)
        dots += [
            PostDot(
                datetime(day.year, day.month, day.day, hour, 15, tzinfo=UTC),
                value,
                final,
                noise_of.random() < 0.06,
            )
            for hour, value in zip(hours, values, strict=True)
        ]
        points.append(DayPoint(day, mean(values) if values else None, count, final, approximate=False))
    known = [dot.value for dot in dots]
    band = Band(level * exp(-noise / 1.6), level, level * exp(noise / 1.6))
    return Panel(label, "percent", tuple(points), tuple(dots), band, mean(known) if known else None)


def two(days: int, posts_per_day: float, **look: object) -> EngagementChart:
    return EngagementChart(
        "Кофе и код",
        f"{days} дней, 26 авг. – 22 нояб. 2026, Москва · 187 постов",
        (
            panel(days, posts_per_day, **look),
            panel(
                days, posts_per_day, level=24.0, noise=0.14, label="ERR: просмотры / подписчики, %", seed=2
            ),
        ),
    )


def at_first_panel(chart: EngagementChart, **changes: object) -> EngagementChart:
    return replace(chart, panels=(replace(chart.panels[0], **changes), *chart.panels[1:]))


def one_viral() -> EngagementChart:
    chart = two(30, 1)
    first = chart.panels[0]
    hit = next(index for index, dot in enumerate(first.dots) if dot.at.day == 5)
    dots = tuple(replace(dot, value=41.7) if index == hit else dot for index, dot in enumerate(first.dots))
    day = dots[hit].at.date()
    days = tuple(replace(point, value=33.2) if point.day == day else point for point in first.days)
    return at_first_panel(chart, dots=dots, days=days)


def missing_views() -> EngagementChart:
    chart = two(90, 2)
    lost = [LAST - timedelta(days=back) for back in (*range(50, 59), 30, 12, 13)]
    panels = []
    for item in chart.panels:
        days = tuple(replace(p, value=None) if p.day in lost and p.posts else p for p in item.days)
        panels.append(replace(item, days=days, dots=tuple(d for d in item.dots if d.at.date() not in lost)))
    return replace(chart, panels=tuple(panels))


def rounded() -> EngagementChart:
    chart = two(30, 3)
    panels = [
        replace(p, days=tuple(replace(d, approximate=i < 12 or i > 24) for i, d in enumerate(p.days)))
        for p in chart.panels
    ]
    return replace(chart, panels=tuple(panels))


def drop() -> EngagementChart:
    chart = two(90, 3)
    since = LAST - timedelta(days=21)
    second = chart.panels[1]
    days = tuple(replace(p, value=p.value and p.value * (0.55 if p.day > since else 1)) for p in second.days)
    dots = tuple(replace(d, value=d.value * (0.55 if d.at.date() > since else 1)) for d in second.dots)
    return replace(chart, panels=(chart.panels[0], replace(second, days=days, dots=dots)))


def young_band() -> EngagementChart:
    """The usual ER of days as young as the last ones is higher, three days have none."""
    chart = two(30, 2)
    bands = (
        [Band(1.6, 2.4, 3.4)] * 20
        + [None] * 3
        + [Band(1.6 * k, 2.4 * k, 3.4 * k) for k in (1, 1.05, 1.1, 1.2, 1.3, 1.45, 1.6)]
    )
    return at_first_panel(chart, band=None, day_bands=tuple(bands))


def one_post() -> EngagementChart:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    only = Panel(
        "ER по просмотрам, %",
        "percent",
        (DayPoint(LAST, 1.8, 1, False, False),),
        (PostDot(at, 1.8, False, False),),
        None,
        1.8,
    )
    return EngagementChart("Кофе и код", "1 пост, 22 нояб. 2026", (only,))


def nothing() -> EngagementChart:
    chart = two(30, 1)
    silent = tuple(replace(point, value=None) for point in chart.panels[0].days)
    return at_first_panel(chart, days=silent, dots=(), average=None, band=None)


def odd_title() -> EngagementChart:
    chart = two(30, 2)
    return replace(
        chart,
        title="🔥🚀 Скидки $5_000$ & <b>«Ёлка»</b> \\frac{1}{2} 中文 кана́л для тех, кто читает очень длинные названия до самого конца",
    )


def counts() -> EngagementChart:
    return EngagementChart(
        "Новости порта",
        "90 дней",
        (replace(panel(90, 2, level=48_300, noise=0.3, label="Просмотры на пост"), unit="count"),),
    )


EXAMPLES: dict[str, Callable[[], EngagementChart]] = {
    "posts_3": lambda: two(7, 0.5),
    "posts_30": lambda: two(30, 1),
    "posts_900": lambda: two(90, 10),
    "days_90": lambda: two(90, 2),
    "days_365": lambda: two(365, 2.5),
    "days_7": lambda: two(7, 2.6),
    "one_viral": one_viral,
    "missing_views": missing_views,
    "rounded": rounded,
    "drop": drop,
    "one_post": one_post,
    "young_band": young_band,
    "nothing": nothing,
    "tiny": lambda: two(30, 2, level=0.03),
    "huge": lambda: two(30, 2, level=130.0, noise=0.1),
    "every_other_day": lambda: two(60, 0.4),
    "odd_title": odd_title,
    "counts": counts,
}


@pytest.fixture(params=sorted(EXAMPLES))
def example(request: pytest.FixtureRequest) -> EngagementChart:
    return EXAMPLES[request.param]()


@pytest.fixture
def build() -> Callable[[str], EngagementChart]:
    return lambda name: EXAMPLES[name]()
