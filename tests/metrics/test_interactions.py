"""What an interaction is made of: two sides with different parts, a part taken for zero, a sum ignored."""

from dataclasses import replace
from datetime import timedelta

import pytest

from metrics import periods
from tests.metrics.zoo import WEEK, ZONE, Channel, before_week, moments, steady, week

THREE = ("reactions", "comments", "forwards")


def missing(summary):
    return {gap.field: gap.reason for gap in summary.missing}


def lose(rows, count, **fields):
    return tuple(row._replace(**fields) if number < count else row for number, row in enumerate(rows))


@pytest.mark.parametrize(("lost", "components"), [(4, THREE), (5, ("reactions", "comments"))])
def test_a_part_needs_eighty_percent_of_the_posts(lost, components):
    summary = Channel(lose(week(), lost, forwards=None)).summary()
    assert summary.components == components


def test_a_post_without_a_part_is_left_out_not_counted_as_zero():
    rate = Channel(lose(week(), 4, forwards=None)).summary().rates["er_by_views"]
    assert (rate.value, rate.n) == (pytest.approx(3.0), 17)


def test_both_sides_use_the_same_parts():
    summary = Channel(before_week(forwards=None) + week()).summary()
    assert summary.components == ("reactions", "comments")
    assert missing(summary) == {"forwards": "field_not_before"}
    assert summary.rates["er_by_views"].value == pytest.approx(2.4)
    assert summary.history.rates["er_by_views"].value == pytest.approx(2.4)
    assert summary.change["er_by_views"].history.percent == pytest.approx(0, abs=1e-9)


def test_nothing_in_common_keeps_the_headline_and_drops_the_comparison():
    bare = before_week(reactions=None, comments=None, forwards=None)
    summary = Channel(bare + week()).summary()
    assert summary.rates["er_by_views"].value == pytest.approx(3.0)
    assert summary.history.rates["er_by_views"].reason == "other_components"
    assert summary.change["er_by_views"].history.reason == "other_components"
    assert summary.change["view_rate"].history.percent == pytest.approx(0, abs=1e-9)


def test_the_sum_stands_in_for_a_missing_part():
    rate = Channel(lose(week(), 4, forwards=None, interactions_sum=30)).summary().rates["er_by_views"]
    assert (rate.value, rate.n) == (pytest.approx(3.0), 21)


def test_only_a_sum_is_said_so():
    summary = Channel(week(reactions=None, comments=None, forwards=None, interactions_sum=30)).summary()
    assert summary.components == ("interactions_sum",)
    assert missing(summary) == dict.fromkeys(THREE, "only_sum")


def test_fields_that_no_post_carries_are_named():
    summary = Channel(week(views=None, forwards=None), ()).summary()
    assert missing(summary) == {
        "views": "field_absent",
        "subscribers": "no_subscribers",
        "forwards": "field_absent",
    }


def test_views_of_zero_beside_interactions_are_unknown():
    rate = Channel((*week(), *week(hours=[20], views=0))).summary().rates["er_by_views"]
    assert (rate.value, rate.n) == (pytest.approx(3.0), 21)


def test_weights_are_shown_and_count():
    summary = steady().summary(weights={"comments": 2.0, "forwards": 3.0, "saves": 9.0})
    assert summary.weights == {"reactions": 1.0, "comments": 2.0, "forwards": 3.0}
    assert summary.rates["weighted_er"].value == pytest.approx((20 + 8 + 18) / 10)
    assert summary.rates["er_by_views"].value == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("platform", "value"),
    [("telegram", 30), ("youtube", 25), ("instagram", 37), ("other", 37), ("nobody knows", 37)],
)
def test_each_platform_counts_its_own(platform, value):
    channel = replace(Channel(week(dislikes=1, saves=7, stars=100)), platform=platform)
    assert channel.summary().rates["er_by_views"].value == pytest.approx(value / 10)


def test_a_part_that_was_there_stays_down_to_sixty_percent():
    """Forwards of 14 of 21 posts, 67 %, and of all earlier ones; of 12, 57 %, they leave."""
    assert Channel(before_week() + lose(week(), 7, forwards=None)).summary().components == THREE
    assert Channel(before_week() + lose(week(), 9, forwards=None)).summary().components == THREE[:2]


def test_reactions_that_are_the_sum_of_the_others_are_the_sum():
    """Several tools call the sum of comments, forwards and saves Reactions: 10 + 10 + (1 to 21) of 1 000 views."""
    rows = tuple(
        row._replace(reactions=20 + number, comments=10, forwards=10, saves=number)
        for number, row in enumerate(week(), start=1)
    )
    summary = Channel(rows, platform="other").summary()
    assert summary.components == ("interactions_sum",)
    assert summary.headline.value == pytest.approx(100 * (20 + 11) / 1000)


def test_reactions_that_equal_one_other_counter_stay_what_they_are():
    rows = tuple(
        row._replace(reactions=4 + number, comments=4 + number, forwards=0)
        for number, row in enumerate(week())
    )
    assert Channel(rows).summary().components == THREE


def test_components_are_those_of_56_days_whatever_period_is_asked_about():
    """Forwards of the last 10 days only: 18 % of 56 days. A week's ER leaves them out as a month's does."""
    late = before_week(forwards=None) + week()
    for days in (7, 14, 30):
        channel = Channel(late, period=periods.before(periods.dates(WEEK.last, WEEK.last, ZONE), days))
        assert channel.summary().components == ("reactions", "comments")


@pytest.mark.parametrize(("days", "components"), [(44, THREE[:2]), (46, THREE)])
def test_a_new_part_enters_once_four_fifths_of_56_days_carry_it(days, components):
    """45 of 56 days are 80.4 %."""
    rows = week(WEEK.last - timedelta(days=111), 112)
    first = WEEK.last - timedelta(days=days - 1)
    start = moments(first, 1, [0])[0]
    rows = tuple(row if row.published_at >= start else row._replace(forwards=None) for row in rows)
    summary = Channel(rows).summary()
    assert summary.components == components


def test_no_difference_is_computed_across_a_part_that_entered_and_it_is_named():
    """Forwards of the last 50 days: in the ER of 30 days, and of 20 of the 56 days before them."""
    rows = week(WEEK.last - timedelta(days=111), 112)
    start = moments(WEEK.last - timedelta(days=49), 1, [0])[0]
    rows = tuple(row if row.published_at >= start else row._replace(forwards=None) for row in rows)
    month = periods.before(
        periods.dates(WEEK.last + timedelta(days=1), WEEK.last + timedelta(days=1), ZONE), 30
    )
    summary = Channel(rows, period=month).summary()
    assert summary.headline.value == pytest.approx(3.0)
    assert summary.basis.entered == ("forwards",)
    assert summary.change["er_by_views"].history.reason == "other_components"
    assert summary.change["view_rate"].history.percent == pytest.approx(0, abs=1e-9)


def test_a_part_that_the_new_posts_lack_leaves_and_is_named():
    summary = Channel(before_week() + week(forwards=None)).summary()
    assert summary.components == THREE[:2]
    assert summary.basis.left == ("forwards",)
    assert summary.change["er_by_views"].history.reason == "other_components"
