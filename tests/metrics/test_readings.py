"""Views at an age: a guess from one side, a typed date, a replaced post."""

import numpy as np
import pytest

from metrics.frame import table
from metrics.readings import fell, views_at_age
from tests.metrics.zoo import PLAIN, Channel, post, week

HOUR = 3600
FALLS = (
    (0, None, ((6, 100), (24, 100), (48, 300))),
    (1, None, ((2, 500), (6, 100), (24, 900))),
    (2, "views:100", ((6, 1300), (24, 1200))),
    (3, "views:100", ((6, 1400), (24, 1200))),
    (4, None, ((6, 100),)),
)


def at_24h(*readings, **fields):
    rows = [post(0, age_s=int(hours * HOUR), views=views, **fields) for hours, views in readings]
    value = views_at_age(np.array(["0-0"], dtype=object), table(rows), 24)[0]
    return None if np.isnan(value) else value


def test_between_two_neighbours_it_is_log_log():
    assert at_24h((16, 400), (36, 900)) == pytest.approx(600)


@pytest.mark.parametrize(
    "readings", [[(16, 400)], [(36, 900)], [(11, 400), (36, 900)], [(16, 400), (37, 900)], []]
)
def test_a_neighbour_is_needed_within_half_the_age_on_both_sides(readings):
    assert at_24h(*readings) is None


@pytest.mark.parametrize("hours", [23, 24, 25])
def test_a_reading_at_the_age_is_enough(hours):
    assert at_24h((hours, 500)) == pytest.approx(500)


def test_the_nearest_neighbours_are_taken_in_any_order():
    assert at_24h((36, 900), (13, 1), (35, 900), (16, 400), (12.5, 1)) == pytest.approx(
        np.exp(np.interp(np.log(24), np.log([16, 35]), np.log([400, 900])))
    )


def test_falling_views_are_no_data():
    assert at_24h((16, 900), (36, 400)) is None


def test_views_that_fell_are_seen_at_any_age():
    rows = [
        post(0, number, age_s=hours * HOUR, views=views, steps=steps, format="text")
        for number, steps, readings in FALLS
        for hours, views in readings
    ]
    ids = np.array([f"0-{number}" for number, _, _ in FALLS], dtype=object)
    assert fell(ids, table(rows)).tolist() == [False, True, False, True, False]


@pytest.mark.parametrize("doubt", [{"observed_exact": False}, {"time_known": False}])
def test_an_inexact_moment_does_not_count(doubt):
    assert at_24h((24, 500), **doubt) is None


def test_the_rates_at_an_age_come_from_all_readings():
    channel = Channel(week())
    early = [row._replace(observed_at=row.published_at + 24 * HOUR, views=500) for row in week()]
    rates = channel.summary(readings=table([*early, *channel.posts])).rates
    assert rates["view_rate_24h"].value == pytest.approx(5.0)
    assert rates["view_rate_24h"].n == 21
    assert rates["view_rate_48h"].reason == "no_readings"


def test_posts_nobody_read_early_change_nothing():
    read = post(0, age_s=24 * HOUR, **PLAIN)
    values = views_at_age(np.array(["stranger", "0-0"], dtype=object), table([read]), 24)
    assert np.isnan(values[0])
    assert values[1] == pytest.approx(1000)


def test_two_early_readings_are_too_few_for_a_rate():
    channel = Channel(week())
    early = [row._replace(observed_at=row.published_at + 24 * HOUR, views=500) for row in week()[:2]]
    rate = channel.summary(readings=table([*early, *channel.posts])).rates["view_rate_24h"]
    assert (rate.value, rate.n, rate.reason) == (None, 2, "too_few_posts")
