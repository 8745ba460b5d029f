"""The page of metrics is what the registries, the thresholds and the measurements say, and its worked answer adds up."""

import json
import re

import pytest

from docs.build.__main__ import answer
from docs.build.page import EXAMPLE, NAMES, SOURCES, page
from docs.build.worked import work
from metrics.formulas import FORMULAS
from metrics.money import MONEY

RATES = ("er_by_views", "view_rate", "er_by_subscribers", "er_day")
CHANGES = {"er_change": "er_by_views", "views_change": "view_rate"}


@pytest.mark.parametrize("language", NAMES)
def test_the_page_is_as_make_docs_writes_it(language, root):
    assert (root / "docs" / NAMES[language]).read_text("utf-8") == page(language, answer(language))


def test_both_languages_tell_the_same(root):
    """The same values stand in both templates, the same number of headings and tables in both pages."""
    templates = [(SOURCES / name).read_text("utf-8") for name in NAMES.values()]
    assert set(map(_names, templates)) == {_names(templates[0])}
    pages = [(root / "docs" / name).read_text("utf-8").splitlines() for name in NAMES.values()]
    for beginning in ("#", "|", "- "):
        assert len({sum(line.startswith(beginning) for line in lines) for lines in pages}) == 1, beginning


def _names(text):
    return frozenset(re.findall(r"\$([a-z][a-z0-9_]*)", text))


@pytest.mark.parametrize("language", NAMES)
def test_every_formula_has_its_entry(language, root):
    text = (root / "docs" / NAMES[language]).read_text("utf-8")
    assert [code for code in (*FORMULAS, *MONEY) if f"\n`{code}` · " not in text] == []


@pytest.fixture(scope="module")
def told():
    return json.loads(answer("en", as_json=True))["channels"][0]


@pytest.mark.parametrize("code", RATES)
def test_the_rates_of_the_worked_answer_come_out_by_hand(told, code):
    steps, rate = work(EXAMPLE).steps[code], told["rates"][code]
    by_hand = [100 * steps[name] for name in ("value", "low", "high")]
    assert by_hand == pytest.approx([rate["value"], rate["low"], rate["high"]], rel=1e-9)


@pytest.mark.parametrize("name", CHANGES)
def test_the_comparisons_of_the_worked_answer_come_out_by_hand(told, name):
    steps, change = work(EXAMPLE).steps[name], told["change"][CHANGES[name]]
    by_hand = [100 * steps[part] for part in ("value", "low", "high")]
    assert by_hand == pytest.approx([change["history_percent"], change["low"], change["high"]], rel=1e-5)
