"""A team's figure: views that go over to another channel taken for a change of the team."""

import pytest

from metrics.frame import audience_table, table
from metrics.members import ChannelTables, open_members
from metrics.team import CODES, team
from tests.metrics.zoo import TEN_THOUSAND, WEEK, ZONE, before_week, week

AS_OF = WEEK.end_unix + 30 * 86_400


def figure(code="er_by_views", **rows):
    audience = audience_table(TEN_THOUSAND)
    channels = [ChannelTables(name, table(posts), audience) for name, posts in rows.items()]
    return team(open_members(channels, period=WEEK, zone=ZONE, as_of=AS_OF)).rates[code]


def rows(views_before, views_now, percent_before, percent_now):
    def counters(views, percent):
        return {"views": views, "reactions": views * percent // 100, "comments": 0, "forwards": 0}

    return before_week(**counters(views_before, percent_before)) + week(**counters(views_now, percent_now))


def test_median_beside_pooled():
    """One channel of 10 000 views a post at 2 %, two of 1 000 at 6 % and 8 %: pooled is the big one's."""
    found = figure(big=rows(10_000, 10_000, 2, 2), small=rows(1000, 1000, 6, 6), tiny=rows(1000, 1000, 8, 8))
    assert (found.median, found.channels) == (pytest.approx(6), 3)
    assert found.pooled.value == pytest.approx(100 * (200 + 60 + 80) / 12_000)
    assert (found.pooled.n, found.pooled.denominator) == (63, "views")


def test_views_that_go_over_are_the_mix_and_nothing_else():
    """Both channels keep their ER; the one with 2 % gains views. Pooled: 4 % -> (5 000 x .02 + 1 000 x .06) / 6 000."""
    shift = figure(low=rows(1000, 5000, 2, 2), high=rows(1000, 1000, 6, 6)).history
    now = (5 * 2 + 6) / 6
    assert shift.percent == pytest.approx(100 * (now / 4 - 1))
    assert shift.within == pytest.approx(0, abs=1e-9)
    assert shift.mix == pytest.approx(shift.percent)
    assert shift.typical.low < 0 < shift.typical.high
    assert (shift.channels, shift.n, shift.n_before) == (2, 42, 336)


def test_a_change_inside_the_channels_is_no_mix():
    shift = figure(one=rows(1000, 1000, 2, 3), other=rows(1000, 1000, 6, 9)).history
    assert (shift.percent, shift.within, shift.mix) == (
        pytest.approx(50),
        pytest.approx(50),
        pytest.approx(0, abs=1e-9),
    )
    assert shift.typical.low > 0


def test_the_parts_add_up():
    shift = figure(one=rows(1000, 4000, 2, 3), other=rows(3000, 1000, 8, 4)).previous
    assert shift.within + shift.mix == pytest.approx(shift.percent)


def test_a_mean_a_post_is_weighed_by_posts():
    """ERR 10 % of 21 posts and 40 % of 7; the second posted three times as often before."""
    often = before_week(views=4000) + week(hours=[9], views=4000)
    found = figure("view_rate", plain=rows(1000, 1000, 3, 3), seldom=often)
    assert found.pooled.value == pytest.approx((21 * 10 + 7 * 40) / 28)
    assert found.history.percent == pytest.approx(100 * (17.5 / 25 - 1))
    assert found.history.within == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("channels", "reason"),
    [
        ({}, "no_posts"),
        ({"new": week()}, "too_few_posts"),
        ({"quiet": rows(1000, 1000, 0, 0)}, "zero_rate"),
    ],
)
def test_why_there_is_no_change(channels, reason):
    shift = figure(**channels).history
    assert (shift.percent, shift.within, shift.mix, shift.typical.percent) == (None, None, None, None)
    assert shift.reason == reason


def test_channels_that_say_nothing_are_named():
    found = figure(plain=week(), blind=week(views=None), two=week()[:2])
    assert {one.name: one.reason for one in found.left_out} == {
        "blind": "field_absent",
        "two": "too_few_posts",
    }
    assert (found.channels, found.pooled.n) == (1, 21)


def test_every_rate_of_posts_has_a_figure():
    assert set(CODES) >= {"er_by_views", "er_by_subscribers", "view_rate", "forward_rate", "weighted_er"}
