"""What a young post will have at 24 hours, and whether it is ahead."""

import numpy as np
import pytest

from metrics.frame import table
from metrics.growth import FLEET, Growth, expect_at_24h, growth, standing
from tests.metrics.zoo import post

HOUR = 3600
OWN_SHARES = {
    1: 0.3,
    3: 0.5,
    6: 0.6,
    12: 0.8,
    24: 1.0,
}  # a channel slower than the fleet at 6 h (.73), faster at 12
FLEET_AT_6H = 0.41 / 0.57


def curve(posts, hour=13.0, shares=OWN_SHARES, **fields):
    rows = [
        post(0, number, age_s=age_h * HOUR, views=round(10_000 * share), **fields)
        for number in range(posts)
        for age_h, share in shares.items()
    ]
    ids = np.array([f"0-{number}" for number in range(posts)], dtype=object)
    return growth(ids, np.full(posts, hour), table(rows))


def test_the_fleets_curve_is_that_of_the_evidence():
    assert FLEET.share_of_24h(6, 13) == pytest.approx(FLEET_AT_6H * 0.76 / 0.73)
    assert FLEET.share_of_24h(6, 3) == pytest.approx(FLEET_AT_6H * 0.50 / 0.73)
    assert FLEET.share_of_24h(24, 3) == pytest.approx(1)


@pytest.mark.parametrize(("posts", "is_own"), [(14, False), (15, True)])
def test_fifteen_posts_make_a_curve_of_its_own(posts, is_own):
    assert curve(posts).is_own is is_own


def test_inexact_readings_make_no_curve():
    assert not curve(20, observed_exact=False).is_own
    assert not curve(20, time_known=False).is_own


def test_replaced_posts_make_no_curve():
    assert not curve(20, shares={2: 0.9, 6: 0.3, 12: 0.6, 24: 1.0}).is_own


def test_an_own_curve_gives_back_what_it_was_made_of():
    own = curve(20)
    for age_h, share in OWN_SHARES.items():
        assert own.share_of_24h(age_h, 13) == pytest.approx(share, rel=1e-3)
    assert 0.5 < own.share_of_24h(4.2, 13) < 0.6


def test_the_hour_of_posting_moves_an_own_curve_as_it_moves_the_fleets():
    own = curve(20, hour=13.0)
    assert own.share_of_24h(6, 3) / own.share_of_24h(6, 13) == pytest.approx(0.50 / 0.76)


def test_one_age_read_in_few_posts_is_left_to_its_neighbours():
    own = curve(20, shares={6: 0.6, 24: 1.0})
    assert set(own.offsets) == {6.0}
    assert own.share_of_24h(3, 13) == pytest.approx(
        0.6 / FLEET.share_of_24h(6, 13) * FLEET.share_of_24h(3, 13), rel=1e-3
    )


def test_the_expectation_and_its_band():
    """docs/evidence.md#2.3 (2): 95 % of the errors from 6 h lie within .25 of the log with an own curve (1.96 x .13)."""
    one = expect_at_24h(curve(20), 1860, 6, 13)
    assert one.value == pytest.approx(3100, rel=1e-3)
    assert (one.low, one.high) == pytest.approx((3100 * np.exp(-0.2548), 3100 * np.exp(0.2548)), rel=1e-3)
    assert one.is_own_curve
    wider = expect_at_24h(FLEET, 1860, 6, 13)
    assert wider.high / wider.value > one.high / one.value


@pytest.mark.parametrize(("views", "age_h"), [(100, 0.5), (100, 24), (100, 300), (0, 6)])
def test_there_is_not_always_one(views, age_h):
    assert expect_at_24h(FLEET, views, age_h, 12) is None


def test_it_never_promises_less_than_there_is():
    for age_h in (1, 6, 12, 23, 23.9):
        one = expect_at_24h(FLEET, 1000, age_h, 12)
        assert 1000 <= one.low <= one.value <= one.high


@pytest.mark.parametrize(
    ("views", "expected"),
    [(50, "behind"), (110, "in_line"), (150, "in_line"), (190, "in_line"), (250, "ahead")],
)
def test_a_young_post_beside_the_earlier_ones(views, expected):
    earlier = np.append(np.linspace(100, 200, 41), np.nan)
    assert standing(views, earlier) == expected


def test_the_same_number_is_in_line():
    """A logarithm and back leave 4 099.9999999 of 4 100."""
    assert standing(4100, np.exp(np.log(np.full(20, 4100.0)))) == "in_line"
    assert standing(4100, np.full(20, 4100.0 + 1e-9)) == "in_line"


def test_too_few_earlier_posts_say_nothing():
    assert standing(100, np.append(np.full(14, 100.0), [np.nan] * 20)) is None


def test_a_curve_is_a_share_at_every_age():
    for one in (FLEET, curve(20), Growth({6.0: -1.0}, 15)):
        shares = [one.share_of_24h(age_h, 12) for age_h in (1, 2, 3, 5, 6, 9, 12, 20, 24)]
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1)
