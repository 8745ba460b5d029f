"""Differences: a young post that looks like a fall, a fall that hides behind growing posts."""

from datetime import datetime

import pytest

from metrics import periods
from tests.metrics.zoo import (
    TEN_THOUSAND,
    WEEK,
    ZONE,
    Channel,
    before_week,
    few_posts,
    one_viral,
    silent_week,
    sparse_reactions,
    steady,
    unchanged,
    views_collapse,
    week,
    young_posts_only,
)

NINE = int(datetime(2025, 6, 16, 9, tzinfo=ZONE).timestamp())
SPANS = {
    "yesterday": lambda: periods.last_days(1, NINE, ZONE),
    "today": lambda: periods.today(NINE, ZONE),
    "3d": lambda: periods.last_days(3, NINE, ZONE),
    "7d": lambda: periods.last_days(7, NINE, ZONE),
    "30d": lambda: periods.last_days(30, NINE, ZONE),
    "90d": lambda: periods.last_days(90, NINE, ZONE),
}


def differences(channel, **changes):
    for code, change in channel.summary(**changes).change.items():
        for side in ("previous", "history"):
            yield f"{code} against {side}", getattr(change, side)


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("hours", [(9, 13, 18), tuple(range(0, 24, 2))], ids=["3 a day", "12 a day"])
def test_a_channel_that_only_ages_has_not_changed(span, hours):
    channel = unchanged(NINE, None, days=200, hours=hours)
    for name, found in differences(channel, period=SPANS[span]()):
        assert found.low is None or found.low <= 0 <= found.high, name
        assert found.percent is None or abs(found.percent) < 4, name


def test_at_one_age_a_channel_of_the_fleets_growth_looks_unchanged():
    summary = unchanged(NINE, None).summary(period=SPANS["7d"]())
    shown = {
        code: (summary.rates[code].value, summary.history.rates[code].value)
        for code in ("view_rate", "er_by_views")
    }
    for now, before in shown.values():
        assert now == pytest.approx(before, rel=0.05)


@pytest.mark.parametrize("span", ["7d", "30d"])
def test_among_noisy_unchanged_channels_nearly_all_intervals_hold_zero(span):
    found = [unchanged(NINE, seed).summary(period=SPANS[span]()).change for seed in range(40)]
    for code in ("er_by_views", "view_rate", "er_by_subscribers", "reaction_rate"):
        changes = [change[code].history for change in found]
        assert sum(change.low <= 0 <= change.high for change in changes) >= 36, code


@pytest.mark.parametrize("slope", [0.08, -0.08])
@pytest.mark.parametrize("span", ["30d", "90d"])
def test_a_channel_whose_old_posts_grow_on_faster_or_slower_than_others_has_not_changed(span, slope):
    """By a little more than channels usually differ, from 7 days on: -20 % at four months."""
    fleet = unchanged(NINE, None, days=200)
    own = fleet.with_posts(
        post._replace(views=round(post.views * max(1, (NINE - post.published_at) / (7 * 86_400)) ** slope))
        for post in fleet.posts
    )
    views = own.summary(period=SPANS[span]()).change["view_rate"]
    for found in (views.previous, views.history):
        assert abs(found.percent) > 5
        assert found.low <= 0 <= found.high


def test_a_collapse_is_seen():
    change = views_collapse().summary().change
    views = change["view_rate"].history
    assert views.percent == pytest.approx(-60, abs=0.1)
    assert views.high < -40
    assert change["er_by_views"].history.low > 100
    assert change["er_by_subscribers"].history.percent == pytest.approx(0, abs=1e-9)


def test_views_and_er_can_go_apart():
    half = Channel(before_week() + week(views=500, reactions=20, comments=4, forwards=6)).summary().change
    assert half["view_rate"].previous.percent == pytest.approx(-50, abs=0.1)
    assert half["er_by_views"].previous.percent == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("channel", "reason"),
    [(young_posts_only(), "posts_too_young"), (silent_week(), "no_posts"), (few_posts(), "no_posts")],
    ids=["young", "silent", "no history"],
)
def test_why_there_is_no_difference(channel, reason):
    found = channel.summary().change["er_by_views"].history
    assert (found.percent, found.low, found.high, found.reason) == (None, None, None, reason)


def test_medians_carry_no_interval():
    found = steady().summary().change["er_post_median"].history
    assert (found.percent, found.low, found.high) == (pytest.approx(0, abs=1e-9), None, None)


def test_counts_of_nothing_are_no_change_of_anything():
    quiet = (
        Channel(before_week(forwards=0) + week(views=500, forwards=0))
        .summary()
        .change["forward_rate"]
        .history
    )
    assert (quiet.percent, quiet.reason) == (None, "zero_rate")


def test_one_viral_post_does_not_carry_the_difference():
    rows = before_week() + one_viral().posts
    found = Channel(rows, TEN_THOUSAND).summary()
    assert found.rates["view_rate"].value > 2 * found.history.rates["view_rate"].value
    assert found.change["view_rate"].history.percent < 25
    assert found.change["view_rate"].history.low < 0


def test_sparse_counters_are_compared_by_their_sums():
    once = sparse_reactions().posts
    thrice = tuple(row._replace(reactions=3 * row.reactions) for row in once)
    back = tuple(
        row._replace(
            external_id=f"b{row.external_id}",
            published_at=row.published_at - 7 * 86_400,
            observed_at=row.observed_at - 7 * 86_400,
        )
        for row in once
    )
    found = Channel(back + thrice, period=WEEK).summary().change["reaction_rate"].previous
    assert found.percent == pytest.approx(200)


def test_days_before_the_first_known_post_are_not_silent_days():
    found = Channel(before_week()[-12:] + week()).summary().change["er_day"].history
    assert (found.n_before, found.percent) == (4, pytest.approx(0, abs=1e-9))
