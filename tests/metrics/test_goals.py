"""A goal against the fact, reckoned by hand: from 2 % on 1 January to 3 % on 11 January is .1 a day."""

from datetime import date

import pytest

from metrics.goals import Aim, progress

AIM = Aim("er", 3.0, date(2027, 1, 11), 2.0, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("value", "day", "state"),
    [
        (2.5, 6, "ahead"),  # the straight way is at 2.5
        (2.4, 6, "behind"),
        (3.0, 6, "reached"),
        (3.4, 20, "reached"),
        (2.9, 11, "behind"),  # its own day is not over
        (2.9, 12, "missed"),
        (2.0, 1, "open"),
        (None, 6, "unknown"),
    ],
)
def test_the_state_of_a_goal_is_that_of_the_straight_way_to_it(value, day, state):
    assert progress(AIM, value, date(2027, 1, day)).state == state


def test_the_numbers_of_a_goal_are_those_of_its_straight_way():
    found = progress(AIM, 2.4, date(2027, 1, 6))
    assert (found.percent, found.planned, found.days_left) == (pytest.approx(80), pytest.approx(2.5), 5)
    assert found.a_day == pytest.approx(0.12)


@pytest.mark.parametrize(
    "aim",
    [
        Aim("er", 3.0, None, 2.0, date(2027, 1, 1)),
        Aim("er", 3.0, date(2027, 1, 11), None, date(2027, 1, 1)),
        Aim("er", 3.0, date(2027, 1, 11), 3.5, date(2027, 1, 1)),  # it had fallen from above it
    ],
)
def test_without_a_day_or_a_start_below_it_there_is_no_way_to_be_ahead_of(aim):
    assert progress(aim, 2.4, date(2027, 1, 6)).state == "open"
