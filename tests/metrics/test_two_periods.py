"""What breaks: two periods that somebody chose are told other figures than each alone, or a difference that is none."""

from datetime import timedelta

import pytest

from metrics.periods import dates, previous
from metrics.registry import EVERY
from metrics.scope import open_scope
from metrics.two_periods import beside
from tests.metrics.asked import Asked
from tests.metrics.zoo import WEEK, ZONE, silent_week, unchanged, views_collapse

NINE = WEEK.end_unix + 9 * 3600
CODES = ("views_per_post", "view_rate", "er_by_views", "er_by_subscribers")


def opened(channel, period):
    tables = Asked(channel).tables
    terms = {"zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}
    return open_scope(
        tables["posts"], tables["audience"], period=period, readings=tables["readings"], **terms
    )


def earlier_by(days):
    by = timedelta(days=days)
    return dates(WEEK.first - by, WEEK.last - by, ZONE)


@pytest.mark.parametrize("code", CODES)
def test_each_figure_is_the_one_that_the_period_is_told_alone_and_the_difference_that_to_the_week_before(
    code,
):
    channel = views_collapse()
    earlier = previous(WEEK)
    alone = channel.summary()
    found = beside(opened(channel, WEEK), opened(channel, earlier), code)
    if code in alone.rates:
        assert found.first == alone.rates[code]
        assert found.second.value == pytest.approx(channel.summary(period=earlier).rates[code].value)
        assert found.difference.percent == pytest.approx(alone.change[code].previous.percent)
    else:
        assert found.difference.percent == pytest.approx(alone.level.previous.percent)


def test_the_other_way_round_the_difference_is_the_other_way_round():
    channel = views_collapse()
    week, earlier = opened(channel, WEEK), opened(channel, previous(WEEK))
    forth, back = (beside(*both, "views_per_post").difference for both in ((week, earlier), (earlier, week)))
    assert (forth.direction, back.direction) == (-1, 1)
    assert (1 + forth.percent / 100) * (1 + back.percent / 100) == pytest.approx(1)


def test_periods_far_from_each_other_of_a_channel_that_has_not_changed_show_no_difference():
    channel = unchanged(NINE, 4, days=130)
    week, long_ago = opened(channel, WEEK), opened(channel, earlier_by(110))
    found = [beside(week, long_ago, code).difference for code in CODES]
    assert [one.direction for one in found] == [0, 0, 0, 0]
    assert all(one.low <= 0 <= one.high for one in found)


def test_days_that_both_have_leave_no_difference_and_both_figures():
    channel = unchanged(NINE, 4, days=60)
    found = beside(opened(channel, WEEK), opened(channel, earlier_by(3)), "view_rate")
    assert (found.difference.percent, found.difference.reason) == (None, "shared_days")
    assert None not in (found.first.value, found.second.value)


@pytest.mark.parametrize("code", EVERY)
def test_where_one_has_no_posts_there_is_no_difference(code):
    channel = silent_week()
    found = beside(opened(channel, WEEK), opened(channel, previous(WEEK)), code)
    assert (found.difference.percent, found.difference.reason) == (None, "no_posts")
