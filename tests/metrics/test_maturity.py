"""The growth curve: a young post judged as a finished one."""

import numpy as np
import pytest

from metrics import maturity


def one(curve, age_h, hour=None):
    return curve.share(np.array([float(age_h)]), None if hour is None else np.array([float(hour)]))[0]


@pytest.mark.parametrize(
    ("age_h", "views", "reactions", "er"), [(1, 0.23, 0.41, 1.64), (24, 0.57, 0.83, 1.44), (168, 1, 1, 1)]
)
def test_at_the_measured_ages_it_is_what_was_measured(age_h, views, reactions, er):
    shares = [one(curve, age_h) for curve in (maturity.VIEWS, maturity.REACTIONS, maturity.ER)]
    assert shares == pytest.approx([views, reactions, er])


def test_between_them_it_is_log_log():
    assert one(maturity.VIEWS, np.sqrt(24 * 48)) == pytest.approx(np.sqrt(0.57 * 0.70))


@pytest.mark.parametrize(("age_h", "same_as"), [(20_000, 8760), (0.1, 1), (0, 1), (-5, 1)])
def test_outside_the_measured_ages_it_is_flat(age_h, same_as):
    assert one(maturity.VIEWS, age_h) == one(maturity.VIEWS, same_as)


def test_night_posts_start_slower_and_catch_up_by_24_hours():
    assert one(maturity.VIEWS, 6, 3) == pytest.approx(0.41 * 0.50 / 0.73)
    assert one(maturity.VIEWS, 6, 8) == pytest.approx(0.41 * 0.78 / 0.73)
    assert one(maturity.VIEWS, 24, 3) == pytest.approx(0.57)


def test_counters_come_to_seven_days_and_subscribers_stay():
    age = np.array([24.0])
    brought = {
        name: maturity.at_7d(np.array([57.0]), name, age)[0] for name in ("views", "comments", "subscribers")
    }
    assert brought == pytest.approx({"views": 100, "comments": 57 / 0.83, "subscribers": 57})


def test_the_curve_is_certain_only_at_seven_days():
    sd = maturity.VIEWS.sd(np.array([24.0, 72.0, 168.0, 720.0, 2160.0]))
    assert sd == pytest.approx([0.125, 0.098, 0, 0.130, 0.200], abs=0.001)


def test_views_keep_coming_after_a_month_and_er_keeps_falling():
    assert one(maturity.VIEWS, 1440) / one(maturity.VIEWS, 720) == pytest.approx(2**0.104, abs=0.01)
    ratio = one(maturity.REACTIONS, 2160) / one(maturity.VIEWS, 2160)
    assert one(maturity.ER, 2160) == pytest.approx(ratio, abs=0.01)
