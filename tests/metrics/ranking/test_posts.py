"""Best and weakest posts: chance that leads the list, a young post that leads it by its age, a reason that is not there."""

import math

import pytest

from metrics.frame import audience_table
from metrics.ranking.posts import top
from metrics.ranking.reasons import DISTANCES, DOUBTS
from tests.metrics.zoo import PLAIN, WEEK, ZONE, ZOO, Channel, before_week, post, steady, week

DAY_S = 86_400


def ranked(channel, **changes):
    arguments = {
        "period": channel.period,
        "zone": ZONE,
        "as_of": channel.as_of,
        "platform": channel.platform,
    }
    return top(channel.table(), audience_table(channel.audience), **{**arguments, **changes})


def with_last(**fields):
    *rows, last = week()
    return Channel((*before_week(), *rows, last._replace(external_id="last", **fields)))


def test_a_post_people_forward_leads_and_says_why():
    best = ranked(with_last(forwards=60)).best[0]
    assert (best.external_id, best.reasons) == ("last", ("more_forwards",))
    assert best.as_it_stands == pytest.approx(8.4)  # (20 + 4 + 60) / 1 000
    assert (best.views, best.interactions, best.n) == (1000, 84, 21)
    assert best.times_usual > 1.5


def test_a_post_nobody_answers_is_the_weakest_and_says_why():
    weakest = ranked(with_last(reactions=4, comments=0)).weakest[0]
    assert (weakest.external_id, weakest.reasons) == ("last", ("fewer_comments", "fewer_reactions"))


def test_views_are_told_of_in_either_direction():
    rare = ranked(with_last(views=600, forwards=60)).best[0]
    common = ranked(with_last(views=3000, reactions=60, comments=12, forwards=160)).best[0]
    assert rare.reasons == ("more_forwards", "fewer_views")
    assert common.reasons == ("more_forwards", "more_views")


def test_a_figure_is_shrunk_by_what_is_not_known_of_it():
    """1 of 10 and 100 of 1 000 are both 10 %; the first may be chance."""
    rows = (
        *before_week(),
        *week()[2:],
        week()[0]._replace(external_id="sure", reactions=90),
        week()[1]._replace(external_id="chance", views=10, reactions=1, comments=0, forwards=0),
    )
    answer = ranked(Channel(rows))
    by_id = {one.external_id: one for one in answer.best}
    assert by_id["sure"].as_it_stands == by_id["chance"].as_it_stands == pytest.approx(10)
    assert answer.best[0].external_id == "sure"
    assert by_id["chance"].value < by_id["sure"].value
    assert by_id["sure"].reasons == ("more_reactions",)
    assert by_id["chance"].reasons == ("fewer_views", "few_interactions")


def test_the_weight_of_a_post_by_hand():
    """189 posts before and in the period; the last has 300 interactions to 1 000 views, the others 30."""
    channel = with_last(reactions=290)
    plain, last = math.log(30.5 / 1000), math.log(300.5 / 1000)
    usual = (188 * plain + last) / 189
    squares = 188 * (plain - usual) ** 2 + (last - usual) ** 2
    expected = 1000 * math.exp(usual)
    errors = [1 / (max(count, expected) + 0.5) + 1 / 1000.5 for count in (30, 300)]
    between = max((squares + 8 * 0.6**2) / 196 - (188 * errors[0] + errors[1]) / 189, 0.3**2)
    weight = between / (between + errors[1])
    best = ranked(channel).best[0]
    assert best.value == pytest.approx(100 * math.exp(usual + weight * (last - usual)), rel=1e-6)
    half = 1.959964 * math.sqrt(weight * errors[1])
    assert best.high / best.value == pytest.approx(math.exp(half), rel=1e-6)


def test_posts_are_compared_at_seven_days():
    """At a day views stand at .57 and reactions at .83 of what they come to: 4 % now are 2.8 % at 7 days."""
    young = week(WEEK.first, 1, age_s=DAY_S, views=570, reactions=15, comments=3, forwards=5)
    answer = ranked(Channel((*before_week(), *week(WEEK.first, 6, [9], views=1000), *young)))
    assert all("under_7_days" not in one.reasons for one in answer.best[:2])
    assert young[0].external_id not in {one.external_id for one in answer.best[:3]}


def test_posts_under_a_day_wait():
    as_of = WEEK.end_unix
    fresh = tuple(
        post(as_of - 3600 * hours, age_s=3600 * hours, views=100, reactions=50) for hours in (1, 2, 3)
    )
    answer = ranked(Channel((*steady().posts, *fresh), as_of=as_of))
    assert (answer.young, answer.n) == (3, 21)
    assert not {row.external_id for row in fresh} & {one.external_id for one in answer.best}


@pytest.mark.parametrize(
    ("posts", "best", "reason"), [(0, 0, "no_posts"), (2, 0, "too_few_posts"), (3, 1, None), (11, 5, None)]
)
def test_no_post_is_both_best_and_weakest(posts, best, reason):
    answer = ranked(Channel(week()[:posts]))
    assert (len(answer.best), len(answer.weakest), answer.reason) == (best, best, reason)
    names = [one.external_id for one in (*answer.best, *answer.weakest)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "by"),
    [("steady", "er_by_views"), ("no_views", "er_by_subscribers"), ("silent_week", "er_by_views")],
)
def test_the_first_measure_that_the_posts_have(name, by):
    assert ranked(ZOO[name]()).by == by


def test_views_alone_can_be_ranked():
    only_views = Channel(week(reactions=None, comments=None, forwards=None), ())
    answer = ranked(only_views)
    assert (answer.by, answer.denominator, answer.usual) == ("views", "one", pytest.approx(1000))
    assert ranked(steady(), by="views").best[0].value == pytest.approx(1000, rel=0.01)


def test_ads_and_what_came_from_elsewhere_are_not_ranked():
    rows = (
        *week(),
        *week(hours=[15], is_ad=True, reactions=500),
        *week(hours=[16], is_forwarded=True, reactions=900),
    )
    assert {round(one.as_it_stands, 6) for one in ranked(Channel(rows)).best} == {3.0}


def test_titles_are_kept_and_a_missing_one_is_none():
    rows = [row._replace(title="Пост" if number % 2 else None) for number, row in enumerate(week())]
    answer = ranked(Channel(tuple(rows)))
    assert {one.title for one in (*answer.best, *answer.weakest)} <= {"Пост", None}


@pytest.mark.parametrize("name", ZOO)
def test_reasons_are_of_the_known_ones(name):
    answer = ranked(ZOO[name]())
    told = {code for one in (*answer.best, *answer.weakest) for code in one.reasons}
    assert told <= {*DISTANCES, *DOUBTS}


def test_plain_posts_have_nothing_to_tell():
    assert {one.reasons for one in ranked(Channel(week(**PLAIN))).best} == {()}
