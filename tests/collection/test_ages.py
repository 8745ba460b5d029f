"""What breaks: a post whose views at a comparable age nobody read; a quiet channel asked about all day long."""

from hypothesis import given
from hypothesis import strategies as st

from bot.collection.ages import OFTEN_S, SELDOM_S, SOON_S, SPREAD_S, is_busy, next_reading, passed_an_age
from bot.core.limits import POSTS_READ_A_DAY
from metrics.ages import AGES_H
from metrics.durations import DAY_S

NOW = 1_790_000_000
HOUR = 3600
MOMENTS = st.lists(st.integers(NOW - 60 * 86_400, NOW), max_size=30)


@given(MOMENTS, st.text(max_size=8))
def test_a_channel_is_read_at_least_every_four_hours_and_never_at_once(published, name):
    assert NOW + SOON_S <= next_reading(published, NOW, name) < NOW + SELDOM_S + SPREAD_S


@given(MOMENTS)
def test_no_age_of_a_known_post_is_passed_by_more_than_the_spread(published):
    wanted = next_reading(published, NOW, "name")
    coming = [at + age_h * HOUR for at in published for age_h in AGES_H if at + age_h * HOUR > NOW + SOON_S]
    assert all(wanted < moment + SPREAD_S for moment in coming)


def test_a_busy_channel_is_seen_hourly_and_a_weekly_one_every_four_hours():
    busy = [NOW - 1000 * HOUR + number * HOUR for number in range(9)]
    weekly = [NOW - 1000 * HOUR + number * 168 * HOUR for number in range(5)]
    assert NOW + HOUR <= next_reading(busy, NOW, "n") < NOW + HOUR + SPREAD_S
    assert NOW + 4 * HOUR <= next_reading(weekly, NOW, "n") < NOW + 4 * HOUR + SPREAD_S


def test_an_age_counts_once_between_two_readings():
    published = NOW - 6 * HOUR
    assert passed_an_age(published, NOW - 60, NOW)
    assert not passed_an_age(published, NOW, NOW + 60)
    assert not passed_an_age(published, NOW - 120, NOW - 60)


def test_a_channel_of_more_posts_a_day_than_are_read_takes_a_page_an_hour_and_no_more():
    usual = [NOW - n * DAY_S // POSTS_READ_A_DAY for n in range(60)]
    flood = [NOW - n * DAY_S // (2 * POSTS_READ_A_DAY) for n in range(60)]
    assert (is_busy(usual), is_busy(flood), is_busy(flood[:5])) == (False, True, False)
    assert next_reading(flood, NOW, "n") >= NOW + OFTEN_S
    assert next_reading(usual, NOW, "n") < NOW + OFTEN_S
