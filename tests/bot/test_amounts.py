"""Amounts are read as people write them, and never guessed."""

import pytest

from bot.core.parsing.amounts import read_amount, read_amounts, read_one, read_typed
from metrics.errors import DomainError


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1000", 1_000),
        ("1 000", 1_000),
        ("1\u00a0000,50", 1_000.5),
        ("12,5K", 12_500),
        ("15к", 15_000),
        ("1,5 млн", 1_500_000),
        ("15 тыс. руб.", 15_000),
        ("1,234", 1_234),
        ("0,125", 0.125),
        ("0.500", 0.5),
        (".5", 0.5),
        ("1.234.567,89", 1_234_567.89),
        ("1,234.56", 1_234.56),
        ("$99.90", 99.9),
        ("-$5", -5),
        ("15 000 ₽", 15_000),
        ("50 р", 50),
        ("2,5 %", 2.5),
    ],
)
def test_amounts(text, amount):
    assert read_amount(text) == pytest.approx(amount)


@pytest.mark.parametrize(
    "text", ["", "abc", "1e5", "nan", "inf", "5kk", "1.2.3", "1,23,4", "-", "9" * 20, "12 apples"]
)
def test_what_is_no_number(text):
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("15000 45000", [15_000, 45_000]),
        ("15 000 45 000", [15_000, 45_000]),
        ("15 тыс. 45 тыс.", [15_000, 45_000]),
        ("15 000 ₽; 45K", [15_000, 45_000]),
        ("15 000, 45 000", [15_000, 45_000]),
        ("1000\n1 500", [1_000, 1_500]),
        ("1,5 2 000", [1.5, 2_000]),
        ("300 200", [300, 200]),
    ],
)
def test_two_amounts_in_a_row(text, amounts):
    assert read_amounts(text, [2]) == pytest.approx(amounts)


def test_the_last_input_may_be_left_out():
    assert read_amounts("15000 45000", [2, 3]) == [15_000, 45_000]
    assert read_amounts("15000 45000 60%", [2, 3]) == [15_000, 45_000, 60]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("100 500 200 300", "amounts.unclear"),
        ("2 400 800", "amounts.unclear"),
        ("15000", "amounts.count"),
        ("1; 2; 3", "amounts.count"),
        ("15000 много", "amounts.not_a_number"),
        ("", "amounts.count"),
        ("1 " * 5_000, "amounts.count"),
    ],
)
def test_several_amounts_are_never_guessed(text, code):
    with pytest.raises(DomainError) as refused:
        read_amounts(text, [2])
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("15 000 ₽", 15_000, "₽"), ("15000руб", 15_000, "₽"), ("15 тыс. руб.", 15_000, "₽"), ("50 р", 50, "₽"),
        ("$99.90", 99.9, "$"), ("99,90 $", 99.9, "$"), ("120 долларов", 120, "$"), ("5K usd", 5_000, "$"),
        ("€50", 50, "€"), ("50 евро", 50, "€"), ("300 грн", 300, "грн"), ("300 грн.", 300, "грн"), ("300 ₴", 300, "₴"),
        ("5000 ₸", 5_000, "₸"), ("5000 тенге", 5_000, "₸"), ("£7", 7, "£"), ("1000", 1_000, None), ("2,5 %", 2.5, None),
    ],
)  # fmt: skip
def test_the_currency_beside_an_amount(text, value, currency):
    amount = read_typed(text)
    assert (amount.value, amount.currency) == (pytest.approx(value), currency)
    assert amount.is_percent == ("%" in text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("15 000", 15_000), ("15 тыс. руб.", 15_000), ("1000 1500", None), ("300 200", 300_200)],
)
def test_one_amount_is_not_made_of_several(text, value):
    amount = read_one(text)
    assert (amount and amount.value) == value
