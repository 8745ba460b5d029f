"""Pictures of /growth, /when and /content: bars on the wrong side, ticks of one figure, an interval drawn elsewhere."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.core.charts import followers, heat, ranges
from bot.core.charts.axes import tick_text, whole_step
from bot.core.charts.data import (
    CountedSubscribers,
    FlowDay,
    FollowersChart,
    HeatChart,
    HeatRow,
    Range,
    RangeRow,
    RangesChart,
)
from bot.core.charts.style import MUTED, PAID, SERIES
from bot.core.locales.translator import translator
from tests.kit.examples import examples

RU, EN = translator("ru"), translator("en")
FIRST = date(2026, 11, 1)
DRAW = {FollowersChart: followers.draw, HeatChart: heat.draw, RangesChart: ranges.draw}


def flow(days=30, joined=20, left=8, **changes):
    counts = tuple(
        CountedSubscribers(
            datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=n), 1000 + 12 * n, approximate=False
        )
        for n in range(days)
    )
    people = tuple(FlowDay(FIRST + timedelta(days=n), joined, left, 12) for n in range(days))
    return replace(FollowersChart("Кухня", "30 дней", counts, people, "+348"), **changes)


def hours(**changes):
    rows = tuple(
        HeatRow(f"д{n}", tuple(0.5 + (hour + n) % 24 / 16 for hour in range(24)), "n 9") for n in range(8)
    )
    columns = tuple(str(hour) if hour % 3 == 0 else "" for hour in range(24))
    return replace(HeatChart("Кухня", "90 дней", "Когда читают", rows, columns), **changes)


def groups(*rows):
    heading = RangeRow("Формат")
    return RangesChart("Кухня", "90 дней", ("Просмотры", "ER"), (heading, *rows))


def row(value, low, high, *, is_sure=False):
    one = Range(value, low, high, is_sure)
    return RangeRow("фото", "n 46", (one, one))


EVERY = [flow(), hours(), groups(row(12.0, 4.0, 21.0))]


def pixels(chart):
    return np.asarray(Image.open(io.BytesIO(DRAW[type(chart)](chart, RU)))).astype(int)


def of_colour(picture, colour):
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return np.abs(picture - wanted).max(axis=2) <= 6


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: type(chart).__name__)
def test_the_same_chart_gives_the_same_bytes_and_each_language_its_own(chart):
    draw = DRAW[type(chart)]
    assert draw(chart, RU) == draw(chart, RU)
    assert draw(chart, RU) != draw(chart, EN)


@pytest.mark.parametrize(
    "title", ["", "Очень длинное название " * 9, "أخبار المدينة", "🔥👩‍💻 中文 $5_0$ <b>", "\u202e\n\t"]
)
@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: type(chart).__name__)
def test_any_title_is_drawn_and_leaves_the_data_where_it_was(chart, title):
    odd, usual = pixels(replace(chart, title=title)), pixels(chart)
    assert odd.shape == usual.shape
    assert (odd[120:] == usual[120:]).all()


def test_who_came_stands_up_and_who_left_hangs_down():
    column = pixels(flow())[:-60, [779]]  # through the bar of the 21st day, without the legend
    up, down = (np.flatnonzero(of_colour(column, colour)) for colour in (SERIES[0], PAID))
    assert up.max() <= down.min()
    assert len(up) / len(down) == pytest.approx(20 / 8, rel=0.1)


def test_where_nobody_looked_the_net_is_drawn_and_days_without_it_are_hatched():
    days = tuple(FlowDay(FIRST + timedelta(days=n), None, None, (-5.0, None, 9.0)[n % 3]) for n in range(30))
    picture = pixels(replace(flow(), days=days))[:-60]
    assert of_colour(picture, PAID).sum() > 500
    assert of_colour(picture, SERIES[0]).sum() > 500


@settings(max_examples=examples(25))
@given(
    counts=st.lists(st.integers(0, 10**8), max_size=12),
    people=st.lists(
        st.tuples(st.none() | st.integers(0, 10**5), st.none() | st.floats(-1e5, 1e5)),
        min_size=1,
        max_size=40,
    ),
)
def test_any_figures_are_drawn(counts, people):
    days = tuple(
        FlowDay(FIRST + timedelta(days=n), joined, joined, net) for n, (joined, net) in enumerate(people)
    )
    at = datetime(2026, 11, 1, tzinfo=UTC)
    told = tuple(
        CountedSubscribers(at + timedelta(hours=n), count, bool(n % 2)) for n, count in enumerate(counts)
    )
    assert pixels(replace(flow(), counts=told, days=days)).shape == (720, 1280, 3)


@given(st.floats(1, 1e8), st.integers(3, 5))
def test_people_are_counted_in_whole_numbers(limit, most):
    step = whole_step(limit, most)
    assert step == int(step) >= 1
    assert limit / step <= most + 1


@given(st.integers(1, 10**8), st.sampled_from([1, 2, 5, 10, 20, 25, 50, 100, 1000, 2500, 20_000, 500_000]))
def test_neighbouring_ticks_are_never_of_one_figure(first, step):
    value = first * step % 10**8 // step * step
    assert tick_text(value, step, "count", EN) != tick_text(value + step, step, "count", EN)


def test_more_is_darker():
    picture = pixels(hours(rows=(HeatRow("д", (1.0,) * 24), HeatRow("п", (0.5,) * 12 + (2.0,) * 12))))
    below = picture[480:560, 150:1100].sum(axis=2)
    assert below[:, :300].mean() > below[:, -300:].mean() + 250


def test_an_unknown_hour_is_hatched_not_light():
    known, unknown = (
        hours(rows=(HeatRow("д", (1.0,) * 24), HeatRow("п", (cell,) * 24))) for cell in (0.5, None)
    )
    assert (pixels(known) != pixels(unknown))[480:560, 150:1100].any(axis=2).mean() > 0.9


def test_an_interval_stands_where_its_ends_are_and_is_strong_only_where_sure():
    sure = of_colour(
        pixels(groups(row(50.0, 30.0, 70.0, is_sure=True), row(-50.0, -70.0, -30.0))), SERIES[0]
    )[225:268]
    columns = np.flatnonzero(sure[:, 292:690].any(axis=0))
    middle, reach = (1280 - 2 * 28 - 264 - 120 - 40) / 4, 70 * 1.08
    assert columns.min() == pytest.approx(middle + 30 / reach * middle, abs=12)
    assert columns.max() == pytest.approx(middle + 70 / reach * middle, abs=12)
    unsure = of_colour(pixels(groups(row(50.0, 30.0, 70.0))), MUTED)[225:268, 292:690]
    assert unsure.sum() > 200


def test_a_picture_grows_with_its_rows():
    assert pixels(groups(*[row(1.0, -2.0, 3.0)] * 30)).shape[0] > 1400
