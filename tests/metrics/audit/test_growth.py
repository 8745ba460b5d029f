"""Indicators 1-3: steps, late starts, growth at night; each just within and just beyond its limits."""

from dataclasses import replace

import pytest

from metrics.audit import growth
from metrics.audit.findings import NotChecked
from metrics.audit.night import middle_of_night, night_growth
from tests.metrics.audit.watched import EVERY_4H, PLAIN, START, found, line, watched

TO_48H = tuple(range(4, 53, 4))
BUSY = tuple(range(20))


def stepped(share, *, final=1000):
    """All but the step as usual; it comes between 24 and 28 hours."""
    return line((0, 0), (12, 300), (24, 400), (28, 400 + share * final), (168, final))


@pytest.mark.parametrize(
    ("share", "strength", "points"),
    [(0.10, None, 0), (0.149, None, 0), (0.151, "weak", 20), (0.219, "weak", 20), (0.221, "strong", 40)],
)
def test_the_largest_step_of_four_hours(share, strength, points):
    step = found(watched(stepped(share), scale=100), "step")
    assert step.value == pytest.approx(share)
    assert (step.strength, step.points, step.n, step.family) == (strength, points, 8, "growth")
    assert (step.usual_low, step.usual_high) == (0.06, 0.12)


def test_before_seven_days_views_at_48_hours_stand_for_the_end():
    grown = line((0, 0), (24, 400), (28, 540), (48, 700), (60, 720))
    step = found(watched(grown, scale=100, ages_h=TO_48H), "step")
    assert step.value == pytest.approx(140 / (700 / 0.70))


def test_a_step_in_the_first_twelve_hours_is_how_posts_grow():
    assert found(watched(line((0, 0), (4, 600), (168, 1000))), "step").strength is None


def test_one_repost_by_a_big_channel_is_not_the_channel():
    ordinary, reposted = line(*PLAIN), stepped(0.5)
    step = found(watched([ordinary] * 7 + [reposted]), "step")
    assert step.strength is None


def test_fewer_than_six_watched_posts_tell_nothing():
    assert found(watched(stepped(0.4), posts=5), "step") == "watch_48h"
    assert found(watched(stepped(0.4), posts=6), "step").strength == "strong"


def test_gaps_between_readings_never_clear_a_channel_and_never_make_a_step():
    sparse = (4, 12, 24, 48, 72, 120, 168)
    assert found(watched(line(*PLAIN), ages_h=sparse), "step") == "watch_48h"
    assert found(watched(stepped(0.4), ages_h=sparse), "step") == "watch_48h"
    seen = found(watched(stepped(0.4), ages_h=(*sparse, 28)), "step")
    assert seen.value == pytest.approx(0.4)


def test_a_reading_more_never_hides_a_step():
    whole = watched(stepped(0.3), ages_h=(8, 20, 24, 28, 48, 168))
    more = watched(stepped(0.3), ages_h=(8, 20, 22, 24, 25, 27, 28, 40, 48, 100, 168))
    assert found(more, "step").value >= found(whole, "step").value


def test_views_that_fall_are_a_replacement():
    replaced = line((0, 0), (24, 500), (28, 300), (32, 900), (168, 1000))
    assert found(watched(replaced), "step") == "watch_48h"


@pytest.mark.parametrize(
    ("at_24h", "strength"), [(570, None), (450, None), (449, "weak"), (350, "weak"), (349, "strong")]
)
def test_the_share_of_the_first_day(at_24h, strength):
    slow = found(watched(line((0, 0), (24, at_24h), (168, 1000)), scale=100), "slow_start")
    assert slow.value == pytest.approx(at_24h / 1000)
    assert slow.strength == strength


def test_the_first_day_needs_seven_days():
    assert found(watched(ages_h=TO_48H), "slow_start") == "watch_7d"


def clocked(rate_of_hour, hours, posts=24, ages_h=TO_48H):
    """Posts whose growth follows the clock: views an hour by UTC hour, after 500 in the first hour."""

    def curve(number):
        posted = hours[number % len(hours)]
        return lambda age: 500 + sum(rate_of_hour((posted + passed) % 24) for passed in range(round(age)))

    return watched([curve(number) for number in range(posts)], ages_h=ages_h, hours=hours, scale=10)


def by_night(many, shift=0):
    """`many` views an hour from 20 to 8, 100 less as many in the day."""
    return lambda hour: many if (hour - shift) % 24 >= 20 or (hour - shift) % 24 < 8 else 100 - many


@pytest.mark.parametrize("shift", [0, 7, -9])
@pytest.mark.parametrize(("many", "strength"), [(10, None), (33, None), (36, "weak"), (46, "strong")])
def test_growth_at_night_in_the_channels_own_time(many, strength, shift):
    """Six of twelve hours of `many`, twelve of 100 - many."""
    hours = [(hour + shift) % 24 for hour in (10, 14, 18)]
    night = found(clocked(by_night(many, shift), hours), "night_growth")
    assert night.value == pytest.approx(6 * many / 1200)
    assert night.strength == strength


def test_the_middle_of_the_night_is_opposite_to_the_hours_of_posting():
    assert middle_of_night(watched(posts=24).evidence()) == pytest.approx(2)
    assert middle_of_night(watched(posts=24, hours=(22, 2, 6)).evidence()) == pytest.approx(14)


def test_posting_round_the_clock_tells_no_zone():
    channel = watched(posts=24, hours=(0, 4, 8, 12, 16, 20))
    assert night_growth(channel.evidence()) == NotChecked("night_growth", "posting_hours")
    assert found(watched(posts=19), "night_growth") == "posting_hours"


def test_readings_far_apart_tell_no_hour():
    assert found(watched(posts=24, ages_h=(4, 12, 24, 36, 48, 100, 168)), "night_growth") == "watch_48h"


def test_seven_days_of_readings_are_looked_at_whole():
    night = found(clocked(by_night(30), (10, 14, 18), ages_h=EVERY_4H), "night_growth")
    assert night.value == pytest.approx(0.15, abs=0.02)


def test_views_in_steps_are_taken_off_what_an_ad_gets():
    """400 of 1 000 in 4 hours, where the curve expects about 20: more than a third is not to be paid for."""
    clean, bought = watched(), watched(stepped(0.4))
    assert clean.check().expected_views_24h.usable == clean.check().expected_views_24h.value
    views = bought.check(price_asked=1000).expected_views_24h
    assert views.usable == pytest.approx(views.value * (1 - growth.excess_share(bought.evidence())), abs=1)
    assert growth.excess_share(bought.evidence()) == pytest.approx(0.38, abs=0.01)
    cost = bought.check(price_asked=1000).cpm
    assert cost.usable == pytest.approx(cost.asked / 0.62, rel=0.03)


def test_steps_of_a_hundred_posts_ago_are_told_with_their_dates():
    """Three posts a day: of 220 the first 120 were bought; blocks of 100, 100 and 20."""
    reformed = watched([stepped(0.4)] * 120 + [line(*PLAIN)] * 100)
    step = found(replace(reformed, as_of=START + 200 * 86_400), "step")
    assert (step.strength, step.n) == ("strong", 100)
    assert (step.since - START) // 86_400 == 20 // 3
    assert (step.until - START) // 86_400 == 119 // 3


def test_nothing_after_the_question_is_looked_at():
    channel = watched(stepped(0.4), posts=8)
    early = replace(channel, as_of=START + 86_400)
    assert found(early, "step") == "watch_48h"
