"""What breaks: a bought post whose plan, prices and order are reckoned wrong, or a figure shown where none is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.placement import Figure, People, Reading, Terms, fell, is_gone_as_agreed, is_gone_early, outcome
from metrics.placements_together import totals

PUBLISHED = 1_760_000_000


def a_reading(age_h: int, views: int | None = None, *, step: int = 0, reason: str | None = None, typed=False):
    return Reading(age_h, PUBLISHED + age_h * 3600, views, step, typed, reason, None)


def of(
    terms: Terms, *readings: Reading, people: People | None = None, passed_h=1.0, revenue=None, margin=None
):
    return outcome(terms, readings, people, passed_h=passed_h, revenue=revenue, margin_percent=margin)


def test_worked_example():
    """15 000 for 20 000 promised views; 18 400 came, 120 joined and 14 left; 45 000 came back at a margin of 60 %."""
    found = of(
        Terms(15_000, 1, 24, 20_000),
        a_reading(1, 3_200),
        a_reading(24, 18_400, step=100),
        people=People(120, 14, 11, 14),
        revenue=45_000,
        margin=60,
    )
    assert found.planned_cpm.value == 750
    assert found.cpm.value == pytest.approx(815.217, abs=0.001)
    assert found.cpm.approximate
    assert found.against_plan.value == pytest.approx(-8)
    assert found.cpf.value == 125
    assert found.kept_price.value == pytest.approx(141.509, abs=0.001)
    assert found.roi.value == 200
    assert found.romi.value == pytest.approx(80)
    assert not found.is_final


@pytest.mark.parametrize(
    ("terms", "contract_h", "ages_h"),
    [
        (Terms(1, 1, 24), 24, (1, 24, 48, 168)),
        (Terms(1, 2, 48), 48, (1, 24, 48, 168)),
        (Terms(1, 3, 72), 72, (1, 24, 48, 72, 168)),
        (Terms(1, 1, None), 24, (1, 24, 48, 168)),
        (Terms(1, 1, 720), 24, (1, 24, 48, 168)),
    ],
)
def test_views_are_counted_at_the_age_that_was_agreed(terms, contract_h, ages_h):
    assert (terms.contract_h, terms.ages_h) == (contract_h, ages_h)
    readings = [a_reading(age, 1000 * age) for age in ages_h]
    assert of(terms, *readings).views.value == 1000 * contract_h


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (of(Terms(5)).cpm, "not_yet"),
        (of(Terms(5), passed_h=25).cpm, "missed"),
        (of(Terms(5), a_reading(24, None, reason="deleted")).cpm, "deleted"),
        (of(Terms(5), a_reading(24, 0)).cpm, "no_views"),
        (of(Terms(5), a_reading(24, 9)).against_plan, "no_promise"),
        (of(Terms(5)).cpf, "no_link"),
        (of(Terms(5), people=People(0, 0, 0, 0)).cpf, "nobody_joined"),
        (of(Terms(5), people=People(0, 0, 0, 0)).kept_price, "nobody_joined"),
        (of(Terms(5), people=People(3, 3, 3, 3)).kept_price, "nobody_stayed"),
        (of(Terms(5)).roi, "no_revenue"),
        (of(Terms(0), revenue=9).roi, "free"),
        (of(Terms(5), revenue=9).romi, "no_margin"),
    ],
)
def test_what_is_not_known_is_none_with_its_reason(figure, reason):
    assert figure == Figure(None, reason)


def test_views_that_fell_by_more_than_their_rounding_are_noticed():
    assert fell([a_reading(1, 5_000), a_reading(24, 3_000)])
    assert not fell([a_reading(1, 5_040), a_reading(24, 5_000, step=100)])
    assert not fell([a_reading(1, 5_000), a_reading(24, None, reason="deleted")])
    assert not fell([a_reading(1, 5_000), a_reading(24, 3_000, typed=True)])


@pytest.mark.parametrize(
    ("hours", "age_h", "as_agreed"), [(24, 23, False), (24, 24, True), (48, 24, False), (None, 1, True)]
)
def test_a_post_is_gone_early_while_it_had_to_stay(hours, age_h, as_agreed):
    gone = a_reading(age_h, None, reason="deleted")
    assert is_gone_as_agreed(Terms(5, 1, hours), PUBLISHED, gone) is as_agreed
    assert is_gone_early(Terms(5, 1, hours), PUBLISHED, gone) is not as_agreed
    assert not is_gone_early(Terms(5, 1, hours), PUBLISHED, a_reading(age_h, None, reason="closed"))


def test_totals_divide_only_what_has_both_sides():
    told = [
        (Terms(10_000), of(Terms(10_000), a_reading(24, 20_000), people=People(100, 20, 5, 20)), 30_000.0),
        (Terms(5_000), of(Terms(5_000), people=People(10, 10, 10, 10)), None),
        (Terms(7_000), of(Terms(7_000), a_reading(24, 10_000)), None),
    ]
    found = totals(told)
    assert found.spent == 22_000
    assert (found.viewed, found.views, found.cpm.value) == (2, 30_000, pytest.approx(17_000 / 30))
    assert (found.linked, found.joined, found.kept) == (2, 110, 80)
    assert found.cpf.value == pytest.approx(15_000 / 110)
    assert found.kept_price.value == pytest.approx(15_000 / 80)
    assert (found.earned, found.roi.value) == (1, 200)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=9))
def test_the_cheapest_comes_first_and_the_unknown_last(prices):
    ordered = sorted((Figure(price) for price in prices), key=lambda figure: figure.rank)
    known = [figure.value for figure in ordered if figure.value is not None]
    assert known == sorted(known)
    assert all(figure.value is None for figure in ordered[len(known) :])


@given(
    price=st.floats(0.01, 1e7),
    views=st.integers(1, 10**7),
    joined=st.integers(0, 10**5),
    stayed=st.floats(0, 1),
)
def test_a_kept_subscriber_never_costs_less_than_one_who_joined(price, views, joined, stayed):
    left = joined - round(joined * stayed)
    found = of(Terms(price), a_reading(24, views), people=People(joined, left, 0, left))
    assert found.cpm.value == pytest.approx(1000 * price / views)
    if found.kept_price.value is not None and found.cpf.value is not None:
        assert found.kept_price.value >= found.cpf.value
