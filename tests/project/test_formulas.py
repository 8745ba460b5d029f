"""Every formula of the registries has its words in the locales, and no words are left of a formula that went."""

import re

from bot.features.money.typed import NAMES
from metrics.formulas import FORMULAS
from metrics.money import MONEY
from metrics.money.formula import REASONS


def _codes(catalogues, beginning):
    found = (re.fullmatch(re.escape(beginning) + r"([a-z0-9_]+)", code) for code in catalogues["en"])
    return {match.group(1) for match in found if match}


def test_rates_have_titles(catalogues):
    assert _codes(catalogues, "formula.") == set(FORMULAS)


def test_rates_and_their_quantities_have_words(catalogues):
    assert _codes(catalogues, "formula.words.") == set(FORMULAS)
    used = {name for formula in FORMULAS.values() for name in (*formula.example.inputs, formula.denominator)}
    named = _codes(catalogues, "formula.quantity.") | _codes(catalogues, "field.")
    assert used <= named


def test_money_has_titles_and_explanations(catalogues):
    own = {"answer", "filled", "times"}
    assert _codes(catalogues, "money.") - own == set(MONEY)
    assert _codes(catalogues, "money.words.") == set(MONEY)


def test_inputs_have_names_and_missing_answers_sentences(catalogues):
    assert _codes(catalogues, "money.input.") == {
        one.code for formula in MONEY.values() for one in formula.inputs
    }
    refused = {
        *("missing", "amounts", "not_a_number", "unknown", "closed"),
        *("currencies", "no_currency", "no_percent", "name_them", "one_number"),
    }
    assert _codes(catalogues, "money.ask.") == _codes(catalogues, "money.input.") == set(NAMES)
    assert _codes(catalogues, "error.money.") - refused == set(REASONS)
