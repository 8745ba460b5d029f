"""Subscribers as of a moment: today's count for last year's post, a rounded count taken for exact."""

import numpy as np

from metrics.audience import subscribers_at
from metrics.frame import audience_table
from metrics.posts import AudienceReading

DAY = 86_400


def asked(moments, *readings):
    table = audience_table([AudienceReading(*reading) for reading in readings])
    return subscribers_at(np.array(moments, dtype=np.int64), table)


def test_between_two_readings_it_is_linear_in_time():
    found = asked([0, 5 * DAY, 10 * DAY], (10 * DAY, 200, 0), (0, 100, 0))
    assert found.subscribers.tolist() == [100, 150, 200]
    assert not found.approximate.any()
    assert found.read_at.tolist() == [0, 5 * DAY, 10 * DAY]


def test_outside_it_is_the_nearest_and_doubtful_after_seven_days():
    found = asked([0, 13 * DAY, 27 * DAY, 28 * DAY], (20 * DAY, 100, 0))
    assert found.subscribers.tolist() == [100] * 4
    assert found.approximate.tolist() == [True, False, False, True]
    assert found.read_at.tolist() == [20 * DAY] * 4


def test_a_rounded_neighbour_makes_it_approximate():
    found = asked([0, DAY, 2 * DAY], (0, 1000, 0), (2 * DAY, 1200, 100))
    assert found.step.tolist() == [0, 100, 100]
    assert found.approximate.tolist() == [False, True, True]


def test_of_two_readings_of_one_moment_the_later_row_counts():
    assert asked([0], (0, 100, 0), (0, 300, 0)).subscribers.tolist() == [300]


def test_without_readings_nothing_is_known():
    assert np.isnan(asked([0, DAY]).subscribers).all()


def test_nobody_to_divide_by_is_unknown():
    assert np.isnan(asked([0], (0, 0, 0)).subscribers).all()
