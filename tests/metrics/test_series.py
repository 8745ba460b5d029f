"""Days for the chart: a young day drawn as final, a band of another age, a day without posts drawn as zero."""

import math
from datetime import datetime

import numpy as np
import pytest

from metrics import periods
from metrics.frame import audience_table
from metrics.series import MOST_DOTS, series
from tests.metrics.zoo import (
    ZONE,
    ZOO,
    Channel,
    before_week,
    few_posts,
    no_subscribers,
    no_views,
    one_viral,
    rounded,
    silent_week,
    steady,
    unchanged,
    week,
)

NINE = int(datetime(2025, 6, 16, 9, tzinfo=ZONE).timestamp())


def drawn(channel, **changes):
    arguments = {"period": channel.period, "zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}
    return series(channel.table(), audience_table(channel.audience), **{**arguments, **changes})


def test_a_day_is_pooled_over_its_posts():
    found = drawn(one_viral())
    assert found.posts == (3,) * 7
    # the last day: 1 000 + 1 000 + 31 000 views, 30 + 30 + 270 interactions
    assert found.lines["er_by_views"].values == pytest.approx((3.0,) * 6 + (1.0,))
    assert found.lines["view_rate"].values[-1] == pytest.approx((10 + 10 + 310) / 3)
    assert found.lines["er_by_views"].average == pytest.approx(870 / 51_000 * 100)
    assert len(found.lines["er_by_views"].dots) == 21


def test_a_silent_day_is_none():
    found = drawn(few_posts())
    assert found.lines["er_by_views"].values == (pytest.approx(3.0), *[None] * 6)


def test_the_band_is_the_historys():
    line = drawn(steady()).lines["er_by_views"]
    assert line.low == line.centre == line.high == pytest.approx((3.0,) * 7)


def test_without_ten_days_of_history_there_is_no_band():
    rows = before_week()
    assert drawn(Channel(rows[-27:] + week())).lines["er_by_views"].low == (None,) * 7
    assert drawn(Channel(rows[-30:] + week())).lines["er_by_views"].low[0] is not None


@pytest.mark.parametrize("code", ["er_by_views", "view_rate", "er_by_subscribers"])
def test_days_and_band_stand_at_one_age(code):
    channel = unchanged(NINE, None)
    line = drawn(channel, period=periods.last_days(7, NINE, ZONE)).lines[code]
    assert line.centre == pytest.approx(line.values, rel=0.05)
    assert line.values[-1] == pytest.approx(line.values[0], rel=0.05)


def test_days_under_seven_days_are_not_final():
    found = drawn(unchanged(NINE, None), period=periods.last_days(9, NINE, ZONE))
    assert found.final == (True, True) + (False,) * 7


@pytest.mark.parametrize(
    ("channel", "main"),
    [
        (steady(), "er_by_views"),
        (no_views(), "er_by_subscribers"),
        (Channel(week(views=None), ()), "interactions_per_post"),
        (no_subscribers(), "er_by_views"),
        (Channel(week(reactions=None, comments=None, forwards=None)), "view_rate"),
        (Channel(()), None),
    ],
)
def test_the_line_to_draw_first_is_the_best_there_is(channel, main):
    assert drawn(channel).main == main


def test_rounding_is_marked_where_it_is():
    lines = drawn(rounded()).lines
    assert all(lines["er_by_views"].approximate)
    assert not any(drawn(steady()).lines["er_by_views"].approximate)


def test_a_silent_period_draws_the_posts_that_stand_in():
    found = drawn(silent_week())
    assert sum(found.posts) >= 5
    assert found.main == "er_by_views"


@pytest.mark.parametrize("name", ZOO)
def test_every_series_of_the_zoo_draws(name):
    found = drawn(ZOO[name]())
    for line in found.lines.values():
        assert (
            len(line.values) == len(line.low) == len(line.approximate) == len(found.days) == len(found.final)
        )
        for value in (*line.values, *(dot.value for dot in line.dots), *line.low, *line.high):
            assert value is None or math.isfinite(value)


def crowd() -> Channel:
    """250 posts for each one of an ordinary week, each with other views."""
    return Channel(
        tuple(
            row._replace(
                external_id=f"{row.external_id}-{number}",
                published_at=row.published_at + number,
                views=1_000 + 7_919 * number % 5_003,
            )
            for row in week()
            for number in range(250)
        )
    )


def test_a_crowd_is_drawn_by_fewer_dots_with_its_extremes_and_quantiles():
    channel = crowd()
    line = drawn(channel).lines["views_per_post"]
    every, kept = (np.array(values) for values in (line.every.each, [dot.value for dot in line.dots]))
    assert MOST_DOTS / 2 < len(kept) <= MOST_DOTS < len(every)
    for day in np.unique(line.every.day):
        there = every[line.every.day == day]
        assert {there.min(), there.max()} <= set(kept)
    assert [dot.published_at for dot in line.dots] == sorted(dot.published_at for dot in line.dots)
    assert np.quantile(kept, (0.25, 0.5, 0.75)) == pytest.approx(
        np.quantile(every, (0.25, 0.5, 0.75)), rel=0.05
    )
