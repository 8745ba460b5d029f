"""Indicators 6, 7, 11, 12: views without people behind them."""

import pytest

from tests.metrics.audit.watched import counted, found, line, watched


@pytest.mark.parametrize(
    ("indicator", "counter", "percent", "strength"),
    [
        ("reactions_per_view", "reactions", 1.2, None),
        ("reactions_per_view", "reactions", 0.151, None),
        ("reactions_per_view", "reactions", 0.149, "weak"),
        ("forwards_per_view", "forwards", 0.84, None),
        ("forwards_per_view", "forwards", 0.051, None),
        ("forwards_per_view", "forwards", 0.049, "weak"),
    ],
)
def test_interactions_over_views_at_seven_days(indicator, counter, percent, strength):
    channel = counted([{"views": 10**6, counter: round(percent * 10**4)}] * 20, age_h=168)
    rate = found(channel, indicator)
    assert rate.value == pytest.approx(percent)
    assert (rate.strength, rate.n) == (strength, 20)
    assert rate.points == (10 if strength else 0)


def test_young_posts_are_brought_to_seven_days():
    """At 24 hours a post has .57 of its views and .83 of its reactions."""
    channel = counted([{"views": 57_000, "reactions": 830}] * 20, age_h=24)
    assert found(channel, "reactions_per_view").value == pytest.approx(1)


def test_no_reaction_at_all_means_switched_off():
    assert found(counted([{"views": 10**6, "reactions": 0}] * 20), "reactions_per_view") == "reactions"
    assert found(counted([{"views": 10**6}] * 20), "reactions_per_view") == "reactions"
    assert found(counted([{"views": 10**6, "forwards": 0}] * 20), "forwards_per_view") == "forwards"


def test_reactions_that_are_there_are_not_called_switched_off():
    """Of three posts it is too early to say, and where only posts too young to be judged have any, too."""
    assert found(counted([{"views": 10**6, "reactions": 24}] * 3), "reactions_per_view") == "posts_10"
    assert (
        found(counted([{"views": 10**6, "reactions": 24}] * 3, age_h=2), "reactions_per_view") == "posts_10"
    )


def test_small_counts_are_chance():
    assert found(counted([{"views": 100, "reactions": 1}] * 20), "reactions_per_view") == "more_views"
    assert found(counted([{"views": 10**6, "reactions": 1}] * 9), "reactions_per_view") == "posts_10"


def commented(comments, views=6000):
    return counted([{"views": views, "comments": n} for n in comments])


def test_open_comments_that_nobody_writes():
    empty = found(commented([None, 0, 1, *[0] * 78, 1, 0]), "empty_comments")
    assert (empty.value, empty.n) == (pytest.approx(97.5), 80)
    assert (empty.strength, empty.points) == ("weak", 10)


@pytest.mark.parametrize(("some", "strength"), [(5, None), (4, "weak")])
def test_the_limit_of_empty_comments(some, strength):
    """Of 100 posts between the first and the last comment, `some` have one."""
    comments = [0] * 100
    for place in range(some - 1):
        comments[place] = 1
    comments[-1] = 1
    empty = found(commented(comments), "empty_comments")
    assert empty.value == 100 - some
    assert empty.strength == strength


def test_comments_nobody_ever_wrote_were_most_likely_never_open():
    assert found(commented([0] * 50), "empty_comments") == "comments"
    assert found(commented([None] * 50), "empty_comments") == "comments"
    assert found(commented([1, *[0] * 50, 1], views=5000), "empty_comments") == "posts_read_by_5000"


@pytest.mark.parametrize(("same", "strength"), [(51, None), (79, None), (80, "weak")])
def test_one_count_of_reactions_on_four_posts_of_five(same, strength):
    counts = [40] * same + [100 + n for n in range(100 - same)]
    equal = found(counted([{"views": 10_000, "reactions": n} for n in counts]), "equal_reactions")
    assert equal.value == same
    assert (equal.strength, equal.points) == (strength, 20 if strength else 0)


def test_few_reactions_are_equal_by_chance():
    assert found(counted([{"views": 10_000, "reactions": 3}] * 50), "equal_reactions") == "reactions_20_posts"


@pytest.mark.parametrize(("burst", "strength"), [(250, None), (299, None), (301, "weak")])
def test_reactions_that_come_at_once(burst, strength):
    grown = line((0, 0), (12, 500), (24, 550), (28, 550 + burst), (168, 1000))
    one = found(watched(grown, counter="reactions"), "reaction_burst")
    assert one.value == pytest.approx(burst / 1000)
    assert one.strength == strength


def test_a_dozen_reactions_make_no_burst():
    grown = line((0, 0), (24, 5), (28, 15), (168, 19))
    assert found(watched(grown, counter="reactions"), "reaction_burst") == "reactions_48h"
