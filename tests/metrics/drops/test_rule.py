"""The rule against the same formulas reckoned slowly."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.drops.compared import Comparison, NoComparison
from metrics.drops.comparison import compare
from metrics.drops.decision import judge
from metrics.drops.look import compare_literally
from metrics.drops.parameters import PRIORS, rule
from metrics.drops.series import history, is_slow, series, window
from metrics.drops.spans import Span
from tests.kit.examples import examples
from tests.metrics.drops import by_hand
from tests.metrics.drops.made import MONDAY, noisy, shifted

PRIORS_BY_HAND = {"views": by_hand.VIEWS, "er": by_hand.ER}


def by_package(posts, last, metric="views"):
    side = window(posts, last, is_slow=False)
    return compare(posts, side, history(side), PRIORS[metric])


def slowly(posts, last, metric="views"):
    """Days numbered from the Monday, as `by_hand` wants them."""
    pairs = [(int(day) - MONDAY, float(x)) for day, x in zip(posts.day, posts.x, strict=True)]
    return by_hand.compare(pairs, last - MONDAY, **PRIORS_BY_HAND[metric])


@pytest.mark.parametrize("metric", ["views", "er"])
@pytest.mark.parametrize("posts_a_day", [1.2, 3, 7.5])
@pytest.mark.parametrize("factor", [1.0, 0.7, 0.3])
def test_every_number_is_that_of_the_formulas(metric, posts_a_day, factor):
    posts = shifted(noisy(7, posts_a_day=posts_a_day), 86, factor)
    last = MONDAY + 88
    compared, expected = by_package(posts, last, metric), slowly(posts, last, metric)
    decision = judge(compared, rule("normal"), metric=metric, basis="exact")
    assert compared.shift == pytest.approx(expected["D"], abs=1e-12)
    assert compared.se == pytest.approx(expected["SE"], rel=1e-12)
    assert (compared.window_posts, compared.history_posts) == (expected["nW"], expected["nH"])
    found = (decision.z, decision.drop_percent, decision.low_percent, decision.high_percent)
    assert found == pytest.approx(tuple(expected[name] for name in ("z", "drop", "low", "high")), rel=1e-9)


def test_an_example_small_enough_for_a_sheet_of_paper():
    """Two posts a day at e^7 for 56 days, then three days at 70 %: no spread but the priors."""
    day = np.repeat(np.arange(59), 2)
    posts = series(MONDAY + day, np.where(day < 56, 7.0, 7.0 + math.log(0.7)))
    compared = by_package(posts, MONDAY + 58)
    sp2 = 8 * 0.12**2 / (112 - 56 + 8)
    sd2 = 10 * 0.09**2 / (56 + 9)
    days = (3 + 2 * (2 * 0.4 + 1 * 0.16)) / 9
    expected = math.sqrt(sp2 / 6 + sd2 * days + sp2 / 112 + sd2 * (1.4 / 0.6) / 56)
    assert compared.shift == pytest.approx(math.log(0.7))
    assert compared.se == pytest.approx(expected)


def test_a_viral_post_is_clipped_to_three_mads():
    posts = noisy(3)
    viral = series(np.append(posts.day, MONDAY + 88), np.append(posts.x, 14.0))
    assert by_package(viral, MONDAY + 88).shift == pytest.approx(slowly(viral, MONDAY + 88)["D"])
    assert by_package(viral, MONDAY + 88).shift < by_package(posts, MONDAY + 88).shift + 0.1


def test_a_collapse_counts_as_one_log_at_most():
    posts = shifted(noisy(3), 80, 0.001)
    assert by_package(posts, MONDAY + 88).shift == pytest.approx(-1, abs=0.1)


def test_rounding_widens_and_does_not_move():
    exact = noisy(4)
    rough = series(exact.day, exact.x, np.full(len(exact.x), 0.1**2))
    one, other = by_package(exact, MONDAY + 88), by_package(rough, MONDAY + 88)
    assert other.shift == one.shift
    assert other.se**2 - one.se**2 == pytest.approx(0.01 / one.window_posts + 0.01 / one.history_posts)
    assert other.rounding_sd == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([88, 88, 87, 87, 86, 86], 3),
        ([88, 87, 86, 85, 84, 83], 6),
        ([88, 88, 87, 86, 86, 85], 4),
        ([88, 80], 7),
        ([], 7),
    ],
)
def test_the_window_grows_until_it_holds_six_posts(days, expected):
    posts = series([MONDAY + day for day in days], [7.0] * len(days))
    assert window(posts, MONDAY + 88, is_slow=False) == Span(MONDAY + 89 - expected, MONDAY + 88)


def test_a_slow_channel_is_looked_at_by_its_last_six_posts():
    days = list(range(0, 90, 3))
    posts = series([MONDAY + day for day in days], [7.0] * len(days))
    assert is_slow(posts, MONDAY + 89)
    assert window(posts, MONDAY + 89, is_slow=True) == Span(MONDAY + 72, MONDAY + 89)


def test_the_posts_of_a_slow_channel_grow_too_old():
    days = [0, 20, 60, 85]
    posts = series([MONDAY + day for day in days], [7.0] * 4)
    assert window(posts, MONDAY + 89, is_slow=True) == Span(MONDAY + 48, MONDAY + 89)


def test_one_post_a_day_is_not_slow():
    assert not is_slow(series(MONDAY + np.arange(60), np.full(60, 7.0)), MONDAY + 59)


def test_the_history_is_56_days_and_ends_before_the_window():
    assert history(Span(100, 102)) == Span(44, 99)
    assert history(Span(100, 102), since=60) == Span(60, 99)


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ([], "no_data"),
        ([*range(60)], "no_posts"),
        ([*range(60), 86, 87], "too_few_posts"),
        ([*range(70, 89)], "learning"),
        ([*[40] * 20, 86, 87, 88], "learning"),
        ([*range(65, 79), 86, 87, 88, 88], "learning"),
        ([*range(60), 86, 87, 88], None),
    ],
)
def test_it_says_why_it_can_not_decide(days, reason):
    posts = series([MONDAY + day for day in days], [7.0] * len(days))
    compared = by_package(posts, MONDAY + 88)
    assert (compared.reason if isinstance(compared, NoComparison) else None) == reason


def test_the_literal_rule_compares_means_of_a_day_and_of_28():
    day = np.concatenate([np.repeat(np.arange(40), 2), [40]])
    views = np.concatenate([np.tile([1000.0, 2000.0], 40), [1200.0]])
    compared = compare_literally(series(MONDAY + day, np.log(views)), MONDAY + 40)
    assert isinstance(compared, Comparison)
    assert math.exp(compared.shift) == pytest.approx(0.8)
    assert (compared.z, compared.window_posts, compared.history_posts) == (None, 1, 56)


POSTS = st.lists(st.tuples(st.integers(0, 88), st.floats(0, 20)), max_size=120)


@settings(max_examples=examples(150))
@given(POSTS, st.sampled_from(["views", "er"]))
def test_any_posts_give_a_finite_answer_or_a_reason(pairs, metric):
    posts = series([MONDAY + day for day, _ in pairs], [x for _, x in pairs])
    compared = by_package(posts, MONDAY + 88, metric)
    decision = judge(compared, rule("normal"), metric=metric, basis="exact")
    assert decision.is_decided == isinstance(compared, Comparison)
    if decision.is_decided:
        assert decision.low_percent < decision.drop_percent < decision.high_percent <= 100
        assert 0 < decision.detectable_percent < 100
        expected = slowly(posts, MONDAY + 88, metric)
        assert compared.shift == pytest.approx(expected["D"], abs=1e-9)
        assert compared.se == pytest.approx(expected["SE"], rel=1e-6)


@settings(max_examples=examples(50))
@given(POSTS, st.randoms(use_true_random=False), st.floats(-5, 5))
def test_neither_order_nor_scale_matters(pairs, chance, scale):
    posts = series([MONDAY + day for day, _ in pairs], [x for _, x in pairs])
    mixed = list(pairs)
    chance.shuffle(mixed)
    other = series([MONDAY + day for day, _ in mixed], [x + scale for _, x in mixed])
    one, two = by_package(posts, MONDAY + 88), by_package(other, MONDAY + 88)
    assert type(one) is type(two)
    if isinstance(one, Comparison):
        assert (two.shift, two.se) == pytest.approx((one.shift, one.se), abs=1e-7)


def test_an_uncertain_curve_widens_a_comparison_of_different_ages_only():
    posts = noisy(4)
    same = series(posts.day, posts.x, curve_sd=np.full(len(posts.x), 0.1))
    other = series(posts.day, posts.x, curve_sd=np.where(posts.day > MONDAY + 80, 0.0, 0.1))
    usual, alike, apart = (by_package(one, MONDAY + 88) for one in (posts, same, other))
    assert alike == usual
    assert apart.se**2 - usual.se**2 == pytest.approx(0.1**2, rel=0.2)
