"""Money formulas: the worked examples, what has no answer and why, numbers in the order people name them."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import DomainError
from metrics.money import MONEY, compute, find, in_order
from metrics.money.formula import REASONS

BY_CODE = pytest.mark.parametrize("formula", MONEY.values(), ids=MONEY)


@BY_CODE
def test_the_worked_example_comes_out(formula):
    assert compute(formula.code, formula.example.inputs).value == pytest.approx(formula.example.value)


@BY_CODE
def test_the_symbols_say_what_is_computed(formula):
    """The formula as it is shown, calculated by Python itself on the example's numbers."""
    units = {one.code: one.unit for one in formula.inputs}
    numbers = {
        name: amount / 100 if units[name] == "percent" else amount
        for name, amount in formula.example.inputs.items()
    }
    assert set(re.findall("[a-z_]+", formula.symbols)) == set(units)
    shown = eval(formula.symbols, {"__builtins__": {}}, numbers)
    assert (100 * shown if formula.unit == "percent" else shown) == pytest.approx(formula.example.value)


@pytest.mark.parametrize(
    ("code", "amounts", "value"),
    [
        ("cpa", [1_000, 100], 10),
        ("cpc", [1_000, 500], 2),
        ("roi", [1_000, 1_500], 50),
        ("roi", [15_000, 45_000], 200),
        ("roi", [1_000, 0], -100),
        ("ltv", [300, 8], 2_400),
        ("romi", [15_000, 45_000], 200),
        ("romi", [15_000, 45_000, 60], 80),
    ],
)
def test_numbers_in_the_order_people_name_them(code, amounts, value):
    assert compute(code, in_order(code, amounts)).value == pytest.approx(value)


@pytest.mark.parametrize(("code", "amounts"), [("roi", [1_000]), ("roi", [1, 2, 3]), ("romi", [1, 2, 3, 4])])
def test_another_number_of_numbers_is_refused(code, amounts):
    with pytest.raises(DomainError) as refused:
        in_order(code, amounts)
    assert refused.value.code == "money.amounts"


@pytest.mark.parametrize(
    ("code", "inputs", "reason", "culprit"),
    [
        ("cpc", {"cost": 100, "clicks": 0}, "zero_denominator", "clicks"),
        ("roi", {"cost": 0, "revenue": 100}, "zero_denominator", "cost"),
        ("roi", {"cost": -1, "revenue": 100}, "negative", "cost"),
        ("ltv_margin", {"arpu": 300, "margin": 101, "churn": 5}, "over_100", "margin"),
        ("ltv_margin", {"arpu": 300, "margin": 50, "churn": 0}, "zero_denominator", "churn"),
        ("retention", {"left": 6, "started": 5}, "more_than_whole", "left"),
        ("churn", {"left": 6, "started": 5}, "more_than_whole", "left"),
        ("ctr", {"clicks": 6, "views": 5}, "more_than_whole", "clicks"),
        ("conversion", {"actions": 6, "clicks": 5}, "more_than_whole", "actions"),
        ("cpm", {"cost": math.nan, "views": 5}, "not_finite", "cost"),
        ("cpm", {"cost": 1e308, "views": 1e-3}, "not_finite", None),
    ],
)
def test_no_answer_has_its_reason_and_the_input_it_lies_in(code, inputs, reason, culprit):
    answer = compute(code, inputs)
    assert (answer.value, answer.reason, answer.culprit) == (None, reason, culprit)


@pytest.mark.parametrize(
    ("margin", "sure", "value"), [(0.6, (), None), (1, (), None), (0.6, ("margin",), 14.4), (60, (), 1_440)]
)
def test_a_margin_up_to_one_is_computed_only_where_percent_were_meant(margin, sure, value):
    answer = compute("ltv_margin", {"arpu": 300, "margin": margin, "churn": 12.5}, sure)
    assert answer.value == (value if value is None else pytest.approx(value))
    assert (answer.reason, answer.culprit) == ((None, None) if value else ("maybe_share", "margin"))


def test_formulas_that_are_read_in_another_order_than_people_name_them():
    assert {code for code, formula in MONEY.items() if not formula.has_one_order} == {
        "roi",
        "romi",
        "roas",
        "mer",
    }


@given(st.data())
def test_any_numbers_give_a_number_or_a_known_reason(data):
    formula = data.draw(st.sampled_from(list(MONEY.values())))
    inputs = {one.code: data.draw(st.floats()) for one in formula.inputs}
    answer = compute(formula.code, inputs)
    assert (answer.value is None) == (answer.reason in REASONS)
    assert answer.value is None or math.isfinite(answer.value)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(1.1, 100))
def test_prices_and_returns_do_not_depend_on_the_currency(cost, revenue, rate):
    for code in ("roi", "romi", "roas"):
        converted = compute(code, in_order(code, [cost * rate, revenue * rate])).value
        assert converted == pytest.approx(compute(code, in_order(code, [cost, revenue])).value)


@pytest.mark.parametrize(
    ("text", "code"),
    [("ROI", "roi"), ("LTV:CAC", "ltv_cac"), ("ltv/cac", "ltv_cac"), ("break-even CPV", "break_even_cpv")],
)
def test_a_formula_is_found_by_the_name_people_write(text, code):
    assert find(text) is MONEY[code]


def test_an_unknown_name_finds_nothing():
    assert find("ER") is None
