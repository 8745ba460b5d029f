"""Which posts an answer rests on: ads in the headline, a stranger's post, a period of one post read as a trend."""

import pickle
from datetime import timedelta

import pytest

from metrics.frame import audience_table
from metrics.posts import AudienceReading
from tests.metrics.zoo import (
    DAY_S,
    PLAIN,
    TEN_THOUSAND,
    WEEK,
    Channel,
    dst_spring,
    few_posts,
    moments,
    no_views,
    one_post,
    one_viral,
    paid_beside,
    post,
    rounded,
    silent_week,
    steady,
    week,
    young_posts_only,
)


def test_counts_of_the_period():
    strangers = week(days=2, hours=[20], is_forwarded=True)
    counts = Channel(week() + strangers + week(days=1, hours=[21], is_ad=True)).summary().posts
    assert (counts.used, counts.forwarded, counts.ads, counts.young, counts.days, counts.silent_days) == (
        21,
        2,
        1,
        0,
        7,
        0,
    )


def test_ads_stand_beside_from_three_on():
    summary = paid_beside().summary()
    assert summary.organic.posts == 21
    assert summary.paid.posts == 3
    assert summary.paid.rates["er_by_views"].value == pytest.approx(1.5)
    assert Channel(week() + week(days=2, hours=[15], is_ad=True)).summary().paid is None


def test_a_silent_period_falls_back_to_the_last_five():
    summary = silent_week().summary()
    assert summary.fallback
    assert summary.posts.used == 5
    assert summary.posts.silent_days == 7
    assert summary.rates["er_by_views"].n == 5
    assert (summary.rates["er_day"].value, summary.rates["er_day"].n) == (0, 7)


def test_posts_of_more_than_six_months_ago_do_not_stand_in():
    summary = Channel(week(WEEK.first - timedelta(days=250))).summary()
    assert not summary.fallback
    assert summary.rates["er_by_views"].reason == "no_posts"


def test_one_post_gives_counts_only():
    summary = one_post().summary()
    assert summary.totals["views"] == 1000
    assert summary.totals["saves"] is None
    assert {code for code, rate in summary.rates.items() if rate.value is not None} == {"er_day"}


@pytest.mark.parametrize(("posts", "few"), [(3, True), (4, True), (5, False)])
def test_three_and_four_posts_are_marked(posts, few):
    assert Channel(week()[:posts]).summary().few_posts is few


def test_young_posts_are_counted_by_the_age_of_their_reading():
    assert young_posts_only().summary().posts.young == 5
    old_export = tuple(post(at, age_s=DAY_S, **PLAIN) for at in moments(WEEK.first, 7, [12]))
    assert Channel(old_export, as_of=WEEK.end_unix + 400 * DAY_S).summary().posts.young == 7


def test_a_silent_day_counts_zero_in_er_day():
    rate = few_posts().summary().rates["er_day"]
    assert (rate.value, rate.n) == (pytest.approx(0.9 / 7), 7)


def test_days_that_have_not_begun_are_no_days():
    summary = Channel(week(days=3), as_of=WEEK.start_unix + 3 * DAY_S - 60).summary()
    assert summary.posts.days == 3
    assert summary.rates["er_day"].value == pytest.approx(0.9)


def test_every_post_of_a_short_day_belongs_to_it():
    summary = dst_spring().summary()
    assert (summary.posts.used, summary.posts.days, summary.posts.silent_days) == (21, 7, 0)


def test_posts_after_the_moment_of_the_answer_are_not_seen():
    cut = moments(WEEK.first, 1, [12])[0]
    assert steady().summary(as_of=cut).posts.used == 2


def test_rounded_counters_stay_approximate_and_widen_the_interval():
    exact, rough = steady().summary().rates, rounded().summary().rates
    assert rough["er_by_views"].approximate
    assert not exact["er_by_views"].approximate
    assert exact["er_by_views"].low == pytest.approx(3.0)
    # relative sd of the sum of 21 rounded reactions and views: sqrt(21/12) (10 / 630 and 100 / 21 000)
    spread = (21 / 12) ** 0.5 * ((10 / 630) ** 2 + (100 / 21_000) ** 2) ** 0.5
    assert rough["er_by_views"].high == pytest.approx(3 * 2.718281828 ** (2.08596 * spread), rel=1e-4)
    assert rough["comment_rate"].value is not None
    assert rough["talk_rate"].approximate is False


def test_the_rounding_of_one_subscriber_reading_does_not_average_out():
    rates = Channel(week(), (AudienceReading(WEEK.end_unix, 10_000, 1_000),)).summary().rates
    half = 2.08596 * 1_000 / 12**0.5 / 10_000
    assert rates["view_rate"].high == pytest.approx(10 * 2.718281828**half, rel=1e-4)


def test_subscribers_as_of_the_end_with_their_date():
    found = steady().summary().subscribers
    assert (found.value, found.moment, found.approximate) == (10_000, WEEK.end_unix, False)
    assert found.read_at == TEN_THOUSAND[0].observed_at
    stale = Channel(week(), (AudienceReading(WEEK.start_unix - 30 * DAY_S, 9_000, 0),)).summary()
    assert stale.subscribers.approximate
    assert stale.rates["view_rate"].approximate
    assert not stale.rates["er_by_views"].approximate


def test_an_interval_is_the_log_delta_one():
    rate = one_viral().summary().rates["er_by_views"]
    p = 870 / 51_000
    residuals = [30 - p * 1_000] * 20 + [270 - p * 31_000]
    error = (sum(e**2 for e in residuals) / 20) ** 0.5 * 21**0.5 / 51_000
    factor = 2.718281828 ** (2.0859634 * error / p)
    assert (rate.low, rate.high) == (pytest.approx(100 * p / factor), pytest.approx(100 * p * factor))


def test_a_summary_crosses_a_process_boundary():
    summary = no_views().summary()
    assert pickle.loads(pickle.dumps(summary)) == summary


def test_no_subscribers_table_needs_no_rows():
    assert len(audience_table([])) == 0
