"""One channel, one period, one value: whatever is asked, the same posts over the same denominator at the same age."""

from datetime import timedelta

import numpy as np
import pytest

from metrics.curves import held
from metrics.frame import audience_table
from metrics.members import ChannelTables, open_members
from metrics.ranking.channels import rank
from metrics.ranking.posts import top
from metrics.series import series
from tests.metrics.zoo import DAY_S, WEEK, ZONE, ZOO, Channel, before_week, moments, post, week

HALF_GROWN = tuple(  # of the last two days, read at 9:00 of the day after
    post(at, views=700, reactions=18, comments=4, forwards=6, age_s=WEEK.end_unix + 9 * 3600 - at)
    for at in moments(WEEK.last - timedelta(days=1), 2, (8, 12, 18))
)
CHANNELS = {name: made() for name, made in ZOO.items()} | {
    "half_grown": Channel((*before_week(), *week(days=5), *HALF_GROWN), as_of=WEEK.end_unix + 9 * 3600),
    "by_reach": Channel(week(views=None, reach=500)),
    "vk": Channel((*before_week(), *week(days=5), *HALF_GROWN), platform="vk"),
}


def asked(channel):
    return {"period": channel.period, "zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}


@pytest.mark.parametrize("name", CHANNELS)
def test_every_answer_tells_the_same_value(name):
    channel = CHANNELS[name]
    posts, audience = channel.table(), audience_table(channel.audience)
    summary = channel.summary()
    code, value = summary.basis.headline, summary.headline.value
    if value is None or summary.fallback:
        assert value is None or summary.posts.used > 0
        return
    told = {}
    ranked = top(posts, audience, **asked(channel), readings=channel.readings())
    if ranked.usual is not None and ranked.by == code:
        told["top"] = ranked.usual
    drawn = series(posts, audience, **asked(channel), readings=channel.readings())
    told["picture"] = drawn.lines[code].average
    tables = ChannelTables("one", posts, audience, channel.platform, channel.readings())
    members = open_members([tables], period=channel.period, zone=ZONE, as_of=channel.as_of)
    told |= {f"compare {one.name}": one.value for one in rank(members, code).channels}
    assert told == pytest.approx(dict.fromkeys(told, value))


def test_a_reading_at_seven_days_goes_before_the_newest_one():
    """Views 1 000 at 7 days, 1 500 when read last, 30 and 30 interactions: ER 3 %, not 2 %."""
    late = week(views=1500, age_s=30 * DAY_S)
    earlier = tuple(one._replace(views=1000, observed_at=one.published_at + 7 * DAY_S) for one in late)
    channel = Channel(late).with_earlier(earlier)
    summary = channel.summary()
    assert summary.headline.value == pytest.approx(3.0)
    assert summary.basis.age == "readings"


def test_without_a_curve_posts_of_seven_days_stay_as_they_were_read():
    summary = Channel(week(age_s=30 * DAY_S), platform="vk").summary()
    assert summary.headline.value == pytest.approx(3.0)  # 30 / 1 000
    assert (summary.basis.age, summary.basis.approximate) == ("final", False)


def test_reach_is_the_denominator_where_there_are_no_views():
    summary = Channel(week(views=None, reach=500), platform="other").summary()
    assert summary.basis.headline == "er_by_reach"
    assert summary.headline.value == pytest.approx(6.0)  # 30 / 500


def test_a_channel_read_by_the_bot_has_its_rate_by_subscribers():
    summary = Channel(week(views=None)).summary()
    assert summary.basis.headline == "er_by_subscribers"
    assert summary.headline.value == pytest.approx(0.3)  # 30 / 10 000


def test_reposts_of_a_table_of_no_known_network_are_counted():
    """155 + 25 + 20 of 3 posts of 1 000 views: 6.67 %, not 6 % without the reposts."""
    counts = [(60, 9, 8), (50, 8, 6), (45, 8, 6)]
    posts = tuple(
        post(at, views=1000, reactions=likes, comments=said, forwards=sent)
        for at, (likes, said, sent) in zip(moments(WEEK.first, 3, (12,)), counts, strict=True)
    )
    summary = Channel(posts, platform="other").summary()
    assert summary.headline.value == pytest.approx(100 * 200 / 3000)


def test_two_hundred_interactions_in_a_day_of_ten_thousand_subscribers_are_two_percent():
    posts = tuple(
        post(at, views=1000, reactions=50, comments=10, forwards=number)
        for at, number in zip(moments(WEEK.first, 1, (9, 12, 18)), (5, 5, 10), strict=True)
    )
    channel = Channel(posts, platform="other", as_of=WEEK.start_unix + 20 * 3600)
    assert channel.summary().rates["er_day"].value == pytest.approx(2.0)


def test_replies_and_stories_stand_apart():
    replies = tuple(
        post(at, 1, views=1000, reactions=900, format="reply") for at in moments(WEEK.first, 7, (9,))
    )
    summary = Channel((*week(), *replies)).summary()
    assert summary.headline.value == pytest.approx(3.0)
    assert summary.basis.kept_out == {"replies": 7}


def test_days_before_the_data_are_no_silent_days():
    """Posts on the last 2 of 7 days, 90 interactions a day of 10 000: 0.9 %, and no day counts as silent."""
    summary = Channel(week(WEEK.last - timedelta(days=1), 2)).summary()
    assert summary.rates["er_day"].value == pytest.approx(0.9)
    assert (summary.posts.days, summary.posts.silent_days) == (2, 0)


def test_posts_under_a_day_do_not_count_yet():
    as_of = WEEK.end_unix
    young = post(as_of - 3 * 3600, views=100, reactions=50, comments=0, forwards=0, age_s=3 * 3600)
    summary = Channel((*week(days=6), young), as_of=as_of).summary()
    assert summary.headline.value == pytest.approx(3.0)
    assert (summary.posts.used, summary.basis.young) == (18, 1)


def test_posts_of_unknown_age_are_compared_with_nothing():
    unknown = tuple(one._replace(observed_exact=False, observed_at=WEEK.end_unix) for one in week())
    summary = Channel((*before_week(), *unknown)).summary()
    assert summary.headline.value == pytest.approx(3.0)
    assert summary.basis.unknown_age == len(unknown)
    assert summary.change["er_by_views"].history.percent is None
    assert summary.posts.young == 0


def test_the_fleets_curve_gives_no_arrow_and_the_channels_own_does():
    doubled = tuple(one._replace(views=2000, observed_at=one.published_at + 3 * DAY_S) for one in week())
    foreign = Channel((*before_week(age_s=30 * DAY_S), *doubled)).summary().level.history
    assert foreign.percent is not None
    assert foreign.direction == 0
    at_7d = tuple(one._replace(views=2000) for one in week())
    own = Channel((*before_week(), *at_7d)).summary()
    assert own.level.history.direction == 1
    assert own.verdict.code == "above"


def test_one_post_with_most_of_the_interactions_is_named():
    posts = [*week(days=6)]
    posts[0] = posts[0]._replace(reactions=1000)
    summary = Channel(tuple(posts)).summary()
    assert summary.biggest_share == pytest.approx(100 * 1010 / (1010 + 17 * 30))
    assert summary.without_biggest.value == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([False] * 22, (False, None)),
        ([True] * 22, (True, None)),
        ([False] * 15 + [True] * 7, (False, None)),
        ([False] * 14 + [True] * 8, (True, 0)),
        ([False] * 10 + [True] * 12, (True, 4)),
        ([True] * 14 + [False] * 8, (False, 0)),
        ([False, True] * 11, (False, None)),
        ([False] * 6 + [True] * 16, (True, None)),
    ],
)
def test_another_curve_takes_over_once_it_held_for_a_week_and_that_is_told_for_a_week(days, expected):
    """Of the last 22 days, whether the channel had a curve of its own; told: days since the change."""
    is_own, changed_at = held(np.array(days), 22 * DAY_S)
    assert (is_own, None if changed_at is None else 22 - changed_at // DAY_S) == expected
