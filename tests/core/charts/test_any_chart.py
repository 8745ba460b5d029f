"""Whatever a report may hand over is drawn, and the axis serves the figures."""

import io
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.core.charts.axes import day_ticks, tick_text, value_step, value_ticks
from bot.core.charts.engagement import Band, DayPoint, EngagementChart, Panel, PostDot, draw
from bot.core.charts.limits import value_limit
from bot.core.charts.series import alone, chains, valued
from bot.core.locales.translator import translator
from tests.kit.examples import examples

RATES = st.one_of(st.just(0.0), st.floats(0, 300), st.floats(0, 0.01), st.floats(0, 1e9))
START = date(2024, 2, 20)


@st.composite
def panels(draw_from):
    length = draw_from(st.sampled_from([0, 1, 2, 7, 31, 90]))
    final_until = draw_from(st.integers(0, length))
    days = tuple(
        DayPoint(
            START + timedelta(days=index),
            draw_from(st.none() | RATES) if index % 5 else 2.5,
            draw_from(st.integers(0, 3)),
            index < final_until,
            draw_from(st.booleans()),
        )
        for index in range(length)
    )
    moments = st.datetimes(datetime(2024, 2, 20), datetime(2024, 4, 30), timezones=st.just(UTC))
    dots = draw_from(st.lists(st.builds(PostDot, moments, RATES, st.booleans(), st.booleans()), max_size=12))
    bounds = sorted(draw_from(st.lists(RATES, min_size=3, max_size=3)))
    band = draw_from(st.sampled_from([None, Band(*bounds)]))
    day_bands = tuple(draw_from(st.sampled_from([None, Band(*bounds)])) for _ in days if length < 32)
    unit = draw_from(st.sampled_from(["percent", "count"]))
    return Panel(
        draw_from(st.text(max_size=40)),
        unit,
        days,
        tuple(dots),
        band,
        draw_from(st.none() | RATES),
        day_bands,
    )


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.lists(panels(), min_size=1, max_size=2), st.sampled_from(["ru", "en"]))
def test_any_valid_chart_draws(title, drawn, language):
    picture = draw(EngagementChart(title, title, tuple(drawn)), translator(language))
    assert Image.open(io.BytesIO(picture)).size == (1280, 720)


@given(panels())
def test_the_axis_keeps_nearly_all_figures(panel):
    limit = value_limit(panel)
    shown = [point.value for point in valued(panel.days)] + [dot.value for dot in panel.dots]
    assert limit > 0
    assert sum(value > limit for value in shown) <= 2 + 0.05 * len(shown)
    if shown and panel.band:
        assert limit >= 1.2 * panel.band.high


def flat(values):
    days = tuple(DayPoint(START + timedelta(days=i), v, 1, True, False) for i, v in enumerate(values))
    return Panel("ER", "percent", days, (), None, None)


def test_few_and_zero_figures_keep_their_height():
    assert value_limit(flat([0.0, 0.0, 1.0, 5.0, 6.0])) > 6
    assert value_limit(flat([0.0] * 20 + [2.0])) > 2
    assert value_limit(flat([0.0, 0.0])) == 1


def test_one_outlier_is_clipped_a_new_level_is_not():
    assert value_limit(flat([2.0, 2.2, 1.8] * 10 + [60.0])) < 3
    assert value_limit(flat([2.0, 2.1, 20.0])) < 3
    assert value_limit(flat([2.0, 2.2, 1.8] * 10 + [9.0, 9.5, 10.0, 9.8])) > 10
    assert value_limit(flat([1.0, 1.3])) > 1.3


@given(st.floats(0.001, 1e12), st.integers(3, 5))
def test_ticks_are_few_and_told_apart(limit, most):
    ticks, step = value_ticks(limit, most), value_step(limit, most)
    assert ticks[0] == 0
    assert 1 <= len(ticks) - 1 <= most
    assert ticks[-1] <= limit * (1 + 1e-6)
    for unit in ("percent", "count"):
        texts = [tick_text(value, step, unit, translator("ru")) for value in ticks]
        assert len(set(texts)) == len(texts)


@given(st.dates(date(2005, 1, 1), date(2030, 1, 1)), st.integers(0, 8_000))
def test_days_on_the_axis_are_few_ordered_and_inside(first, length):
    last = first + timedelta(days=length)
    ticks = day_ticks(first, last)
    assert 1 <= len(ticks) <= 6
    assert ticks == sorted(set(ticks)) or length == 0
    assert first <= ticks[0] <= ticks[-1] <= last


def test_the_axis_of_three_months_shows_mondays_of_a_year_first_days():
    assert {day.weekday() for day in day_ticks(date(2026, 8, 25), date(2026, 11, 22))} == {0}
    assert {day.day for day in day_ticks(date(2025, 11, 23), date(2026, 11, 22))} == {1}


@given(panels())
def test_every_day_with_a_figure_is_drawn_by_a_line_or_a_marker(panel):
    joined = chains(panel.days)
    drawn = {point.day for chain in joined for point in chain.points} | {
        p.day for p in alone(panel.days, joined)
    }
    assert drawn == {point.day for point in panel.days if point.value is not None}
    for chain in joined:
        assert all(point.final is chain.final for point in chain.points[1:])
