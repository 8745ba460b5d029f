"""`otklik money` as a program: an answer with its formula, one sentence for what was mistyped."""

import pytest

from metrics.money import MONEY


@pytest.mark.parametrize("code", MONEY)
def test_every_formula_is_a_command_that_answers_its_own_example(otklik, code):
    formula = MONEY[code]
    options = [
        part
        for name, amount in formula.example.inputs.items()
        for part in (f"--{name.replace('_', '-')}", amount)
    ]
    ran = otklik("money", code.replace("_", "-"), *options, "--json")
    assert (ran.code, ran.json["code"], ran.json["unit"]) == (0, code, formula.unit)
    assert ran.json["value"] == pytest.approx(formula.example.value)
    assert ran.json["inputs"] == formula.example.inputs


def test_the_list_names_every_formula(otklik):
    shown = otklik("money", "--help").out
    assert [code for code in MONEY if code.replace("_", "-") not in shown] == []


def test_the_answer_shows_the_formula_and_what_went_in(otklik):
    ran = otklik("money", "roi", "--cost", "1 000", "--revenue", "1,5K", "--lang", "ru")
    value, formula, explanation = ran.out.replace("\u00a0", " ").splitlines()
    assert value == "ROI — окупаемость вложений: 50,0 %"
    assert formula == "(выручка − затраты) / затраты = (1 500 − 1 000) / 1 000"
    assert explanation


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("cpv", "--cost", "7,5", "--views", "12 345"), "CPV, the price of a view: 0.000608"),
        (("cpm", "--cost", "1000000", "--views", "3"), "CPM, the price of a thousand views: 333,333,333"),
        (("ltv-cac", "--ltv", "2400", "--cac", "800"), "LTV : CAC: 3 : 1"),
        (("roi", "--cost", "1000", "--revenue", "900"), "ROI, return on investment: −10.0%"),
    ],
)
def test_values_carry_as_many_digits_as_tell_something(otklik, arguments, value):
    assert otklik("money", *arguments, "--lang", "en").out.replace("\u00a0", " ").startswith(value + "\n")


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("cpa", "--cost", "1000", "--actions", "100"), 10),
        (("cpc", "--cost", "1000", "--clicks", "500"), 2),
        (("roi", "--cost", "1000", "--revenue", "1500"), 50),
        (("ltv", "--monthly-value", "300", "--months", "8"), 2_400),
        (("ltv-margin", "--arpu", "300", "--margin", "0.6 %", "--churn", "12.5"), 14.4),
    ],
)
def test_worked_by_hand(otklik, arguments, value):
    assert otklik("money", *arguments, "--json").json["value"] == pytest.approx(value)


def test_the_currency_that_was_typed_comes_back(otklik):
    arguments = ("money", "cpc", "--cost", "1 000 руб.", "--clicks", "500")
    assert otklik(*arguments, "--json").json["currency"] == "₽"
    said = otklik(*arguments, "--lang", "ru").out.replace("\u00a0", " ")
    assert said.startswith("CPC — цена клика: 2 ₽\nзатраты / клики = 1 000 ₽ / 500\n")
    assert otklik("money", "cpc", "--cost", "$1000", "--clicks", "500", "--lang", "en").out.startswith(
        "CPC, the price of a click: $2\n"
    )


def test_nothing_to_divide_by_is_an_answer(otklik):
    arguments = ("money", "cpc", "--cost", 100, "--clicks", 0)
    ran = otklik(*arguments, "--json")
    assert (ran.code, ran.json["value"], ran.json["reason"]) == (0, None, "zero_denominator")
    assert "Делить не на что: «клики» — 0." in otklik(*arguments, "--lang", "ru").out


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("roi", "--cost", "1000"), "money.missing"),
        (("roi", "--cost", "thousand", "--revenue", "5"), "money.not_a_number"),
        (("roi", "--cost", "-5", "--revenue", "5"), "money.negative"),
        (("ltv-margin", "--arpu", "5", "--margin", "200", "--churn", "5"), "money.over_100"),
        (("ltv-margin", "--arpu", "5", "--margin", "0.6", "--churn", "5"), "money.maybe_share"),
        (("ctr", "--clicks", "600", "--views", "500"), "money.more_than_whole"),
        (("conversion", "--actions", "600", "--clicks", "500"), "money.more_than_whole"),
        (("churn", "--left", "600", "--started", "500"), "money.more_than_whole"),
        (("roi", "--cost", "5 ₽", "--revenue", "5 $"), "money.currencies"),
        (("cpc", "--cost", "5", "--clicks", "5 ₽"), "money.no_currency"),
        (("cpc", "--cost", "5", "--clicks", "5 %"), "money.no_percent"),
        (("retention", "--left", "6", "--started", "5"), "money.more_than_whole"),
        (("roi", "--cost", "1", "--revenue", "5", "--lang", "xx"), "cli.language"),
    ],
)
def test_a_slip_is_refused_in_one_sentence(otklik, arguments, error):
    ran = otklik("money", *arguments, "--json")
    assert (ran.code, ran.json["error"], len(ran.err.splitlines())) == (2, error, 1)
