"""The t quantile against the printed tables: a wrong one makes every interval lie."""

import pytest

from metrics.student import t_quantile

TABLE_95 = {
    1: 12.7062,
    2: 4.3027,
    3: 3.1824,
    4: 2.7764,
    5: 2.5706,
    9: 2.2622,
    10: 2.2281,
    20: 2.0860,
    27: 2.0518,
}
TABLE_95_LARGE = {30: 2.0423, 31: 2.0395, 40: 2.0211, 60: 2.0003, 100: 1.9840, 120: 1.9799, 1000: 1.9623}


@pytest.mark.parametrize(("df", "expected"), (TABLE_95 | TABLE_95_LARGE).items())
def test_matches_the_table(df, expected):
    assert t_quantile(df) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(("df", "expected"), [(1, 63.6567), (4, 4.6041), (10, 3.1693), (60, 2.6603)])
def test_matches_the_table_at_99_percent(df, expected):
    assert t_quantile(df, 0.99) == pytest.approx(expected, abs=5e-5)


def test_the_two_methods_meet_without_a_step():
    assert t_quantile(30) > t_quantile(31) > t_quantile(32)


def test_no_degrees_of_freedom_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        t_quantile(0)
