"""A history is judged in blocks of posts, and its limits hold for the whole channel."""

import numpy as np

from metrics.audit.blocks import cut, worst
from metrics.audit.findings import IndicatorReading, judge

DAY_S = 86_400


def blocks(*values, indicator="uniform_views"):
    return [None if value is None else IndicatorReading(indicator, value, 100) for value in values]


def judged(*values, indicator="uniform_views"):
    one = judge(worst(blocks(*values, indicator=indicator)))
    return one.value, one.strength


def test_blocks_are_cut_from_the_newest_post_back():
    sizes = [(block[0], block[-1]) for block in cut(np.arange(250) * DAY_S // 4)]
    assert sizes == [(150, 249), (50, 149), (0, 49)]
    assert cut(np.array([], dtype=np.int64)) == []


def test_a_block_spans_no_more_than_half_a_year():
    published = np.arange(100) * 10 * DAY_S
    assert all(published[block[-1]] - published[block[0]] <= 180 * DAY_S for block in cut(published))
    assert sum(map(len, cut(published))) == 100


def test_one_block_is_judged_by_the_limits_themselves():
    assert judged(0.049) == (0.049, "weak")
    assert judged(0.034) == (0.034, "strong")


def test_a_block_that_stands_alone_among_many_must_be_rarer():
    """The 1 %/20 quantile of exp(N(log .15, .44)) is .0353: .049 is what one block of twenty may show by chance."""
    assert judged(*[0.15] * 10, 0.049, *[0.15] * 9) == (0.15, None)
    assert judged(*[0.15] * 10, 0.034, *[0.15] * 9) == (0.034, "strong")
    assert judged(*[0.6] * 10, 0.02, *[0.6] * 9, indicator="forwards_per_view") == (0.02, "weak")


def test_two_neighbouring_blocks_hold_each_other_up():
    assert judged(*[0.15] * 10, 0.049, 0.048, *[0.15] * 8) == (0.048, "weak")
    assert judged(*[0.15] * 10, 0.049, 0.15, 0.048, *[0.15] * 7) == (0.15, None)
    assert judged(0.15, 0.049, None, 0.048, *[0.15] * 16) == (0.15, None)


def test_without_a_pattern_the_newest_block_is_told():
    assert judged(0.2, 0.1, 0.3) == (0.2, None)
    assert judged(None, 0.1, 0.3) == (0.1, None)
