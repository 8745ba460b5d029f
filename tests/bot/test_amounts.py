"""Amounts are read as people write them, and never guessed."""

import pytest

from bot.amounts import read_amount


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
