"""Indicators 9, 10: subscribers that come or go without views."""

import pytest

from tests.metrics.audit.watched import found, posts_beside, subscribers

FLAT = [10_000 + 3 * (day % 3) for day in range(40)]


def jumping(percent, day=20, days=40, base=10_000):
    """Flat, and from that day on so many percent more."""
    return [base * (1 + (percent / 100 if number >= day else 0)) + 3 * (number % 3) for number in range(days)]


@pytest.mark.parametrize(
    ("percent", "strength", "points"),
    [(2.9, None, 0), (3.2, "weak", 20), (9.9, "weak", 20), (10.2, "strong", 40)],
)
def test_a_jump_that_views_do_not_follow(percent, strength, points):
    channel = subscribers(*jumping(percent)).and_also(posts_beside(lambda day: 3000, 40))
    jump = found(channel, "subscriber_jump")
    assert jump.value == pytest.approx(percent, abs=0.08)
    assert (jump.strength, jump.points, jump.family) == (strength, points, "subscribers")
    assert jump.n == 39


def test_views_that_follow_explain_it():
    channel = subscribers(*jumping(12)).and_also(posts_beside(lambda day: 3000 if day < 20 else 3360, 40))
    jump = found(channel, "subscriber_jump")
    assert jump.value == pytest.approx(12, abs=0.1)
    assert jump.strength is None


def test_a_post_seen_far_beyond_the_channel_explains_it():
    channel = subscribers(*jumping(12)).and_also(posts_beside(lambda day: 9000 if day == 19 else 3000, 40))
    assert found(channel, "subscriber_jump").strength is None


def test_where_views_are_not_known_a_jump_is_weak():
    assert found(subscribers(*jumping(30)), "subscriber_jump").strength == "weak"


def test_a_jump_must_stand_out_from_the_channels_own_days():
    """Days of +4 % in turn with days of -3.8 % for weeks: their own days are like this."""
    wild = [10_000 * (1.04 if day % 2 else 1) for day in range(40)]
    assert found(subscribers(*wild), "subscriber_jump").strength is None


def test_before_fourteen_days_only_the_percentage_counts():
    wild = [10_000 * (1.04 if day % 2 else 1) for day in range(10)]
    assert found(subscribers(*wild), "subscriber_jump").strength == "weak"


def test_two_days_of_readings_are_needed_and_readings_a_day_apart():
    assert found(subscribers(10_000, 12_000), "subscriber_jump") == "subscribers_48h"
    assert found(subscribers(*jumping(30), every_h=168), "subscriber_jump") == "subscribers_48h"
    assert found(subscribers(*jumping(30, days=13, day=8), every_h=4), "subscriber_jump").strength == "weak"


def test_a_few_people_are_no_jump():
    assert found(subscribers(*jumping(5, base=900)), "subscriber_jump").strength is None
    assert found(subscribers(*jumping(6, base=900)), "subscriber_jump").strength == "weak"


def test_rounding_makes_no_jump():
    """12.3K to 12.7K may be 12 349 to 12 651."""
    counts = [12_300] * 20 + [12_700] * 20
    assert found(subscribers(*counts, step=100), "subscriber_jump").strength is None
    assert found(subscribers(*counts), "subscriber_jump").strength == "weak"


def bleeding(percent_a_month, days=40, purge=0):
    daily = (1 + percent_a_month / 100) ** (1 / 30)
    return [20_000 * daily**day * (1 - (purge if day >= 20 else 0)) for day in range(days)]


@pytest.mark.parametrize(
    ("percent", "strength"), [(2, None), (-4.8, None), (-5.2, "weak"), (-9.8, "weak"), (-10.2, "strong")]
)
def test_a_bleed_while_views_stay(percent, strength):
    channel = subscribers(*bleeding(percent)).and_also(posts_beside(lambda day: 3000, 40))
    bleed = found(channel, "subscriber_bleed")
    assert bleed.value == pytest.approx(percent, abs=0.05)
    assert bleed.strength == strength


def test_views_that_go_with_the_subscribers_are_a_decline():
    fading = posts_beside(lambda day: 3000 * 0.88 ** (day / 30), 40)
    assert found(subscribers(*bleeding(-12)).and_also(fading), "subscriber_bleed").strength is None


def test_a_purge_is_one_day():
    channel = subscribers(*bleeding(-1, purge=0.2)).and_also(posts_beside(lambda day: 3000, 40))
    assert found(channel, "subscriber_bleed").value == pytest.approx(-1, abs=0.1)


def test_a_bleed_needs_a_week_of_days_and_views():
    week = subscribers(*bleeding(-12, days=8)).and_also(posts_beside(lambda day: 3000, 8))
    assert found(week, "subscriber_bleed").strength == "strong"
    assert found(subscribers(*bleeding(-12, days=7)), "subscriber_bleed") == "watch_7d"
    assert found(subscribers(*bleeding(-12)), "subscriber_bleed") == "views_around"
    assert found(subscribers(*bleeding(-12), every_h=72), "subscriber_bleed") == "watch_7d"
