"""Channels in order: one lucky post that wins, components that differ, a channel left out without a word."""

import math

import pytest

from metrics.frame import audience_table, table
from metrics.members import ChannelTables, open_members
from metrics.ranking.channels import rank
from tests.metrics.zoo import TEN_THOUSAND, WEEK, ZONE, ZOO, before_week, week

AS_OF = WEEK.end_unix + 30 * 86_400


def members(**rows):
    audience = audience_table(TEN_THOUSAND)
    channels = [ChannelTables(name, table(posts), audience) for name, posts in rows.items()]
    return open_members(channels, period=WEEK, zone=ZONE, as_of=AS_OF)


def with_rate(percent, **fields):
    return week(reactions=10 * percent, comments=0, forwards=0, **fields)


def test_channels_stand_in_the_order_of_the_rate_that_every_answer_tells():
    """7 of one post, which has no rate, then 6 and 2 %; the fleet is the mean of the logs of the two that have."""
    [lucky], steady = with_rate(7)[:1], with_rate(6)
    answer = rank(members(lucky=[lucky], steady=steady, plain=with_rate(2)))
    assert {one.name: one.value for one in answer.channels} == pytest.approx({"steady": 6, "plain": 2})
    assert [one.name for one in answer.channels] == ["steady", "plain"]
    assert [(one.name, one.n, one.reason) for one in answer.left_out] == [("lucky", 1, "too_few_posts")]
    assert answer.fleet == pytest.approx(100 * math.exp((math.log(0.0605) + math.log(0.0205)) / 2))


def test_the_gap_to_the_first_has_an_interval():
    answer = rank(members(a=with_rate(6), b=with_rate(2), c=with_rate(6)))
    first, second, third = answer.channels
    assert [first.name, second.name, third.name] == ["a", "c", "b"]
    assert first.versus_first is None
    assert second.versus_first.low < 0 < second.versus_first.high
    assert third.versus_first.high < 0
    assert (third.low, third.high) == pytest.approx((2.0, 2.0))  # posts that are all alike


def test_what_all_channels_count_is_compared():
    silent = week(comments=None)
    answer = rank(members(whole=week(), silent=silent))
    assert answer.components == ("reactions", "forwards")
    assert [one.value for one in answer.channels] == pytest.approx([2.6, 2.6])
    assert {one.name: one.own.value for one in answer.channels} == pytest.approx(
        {"whole": 3.0, "silent": 2.6}
    )


def test_a_channel_that_counts_only_sums_is_left_out_where_a_part_is_missing():
    only_sum = week(reactions=None, comments=None, forwards=None, interactions_sum=30)
    assert rank(members(whole=week(), sums=only_sum)).left_out == ()
    answer = rank(members(silent=week(comments=None), sums=only_sum))
    assert [(one.name, one.reason) for one in answer.left_out] == [("sums", "other_components")]


def test_who_is_left_out_and_why():
    young = [row._replace(observed_at=row.published_at + 3600) for row in week()]
    answer = rank(members(a=week(), silent=before_week(), blind=week(views=None), young=young, none=[]))
    assert {one.name: one.reason for one in answer.left_out} == {
        "silent": "no_posts",
        "blind": "field_absent",
        "young": "posts_too_young",
        "none": "no_posts",
    }
    assert [one.name for one in answer.channels] == ["a"]


def test_view_rates_are_ranked_alike():
    answer = rank(members(small=week(views=500), big=week(views=3000)), by="view_rate")
    assert [one.name for one in answer.channels] == ["big", "small"]
    assert answer.channels[0].value == pytest.approx(30)
    assert answer.denominator == "subscribers"


def test_nobody_to_rank():
    assert rank(members()).channels == ()
    assert rank(members(empty=[])).fleet is None


def test_the_order_of_channels_does_not_matter():
    rows = {name: ZOO[name]().posts for name in ("steady", "one_viral", "views_collapse", "sparse_reactions")}
    there = rank(members(**rows))
    back = rank(members(**dict(reversed(rows.items()))))
    assert [one.name for one in there.channels] == [one.name for one in back.channels]


def test_posts_counted_under_a_day_old_and_without_views_add_up_to_those_of_the_week():
    """Of 7 posts, one a day, the newest is 23 hours old and the oldest has no views: 5 + 1 + 1."""
    oldest, *posts = week(hours=(9,))
    as_of = posts[-1].published_at + 23 * 3600
    read = [one._replace(observed_at=as_of) for one in (oldest._replace(views=None), *posts)]
    tables = ChannelTables("one", table(read), audience_table(TEN_THOUSAND))
    answer = rank(open_members([tables], period=WEEK, zone=ZONE, as_of=as_of))
    [one] = answer.channels
    assert (one.n, one.young, one.without) == (5, 1, 1)
