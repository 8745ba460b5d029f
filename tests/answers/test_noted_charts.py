"""What breaks: a note that one chart marks and another, over the same days, does not; a mark that nothing explains."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answers.noted import noted_days, noted_lines
from bot.core.locales import translator
from docs.gallery.cases import cases
from docs.gallery.pictures import PICTURES, TODAY

NOT_OVER_DAYS = {"post", "when-90", "content-90"}  # over ages, hours, differences
LONG = ("growth-365", "er-365", "summary-12")  # the same charts with more of what is not looked at here


@pytest.fixture(scope="module")
def usual():
    return cases()["usual"]


@pytest.mark.parametrize("kind", [kind for kind in PICTURES if kind not in LONG])
def test_every_chart_over_days_marks_the_days_of_notes_and_only_those_it_shows(usual, kind):
    plain = PICTURES[kind](usual, "ru")
    noted = replace(usual, notes=[(TODAY - timedelta(days=4), "сменили аватар")])
    assert (PICTURES[kind](noted, "ru") != plain) is (kind not in NOT_OVER_DAYS)
    elsewhere = replace(usual, notes=[(date(2020, 1, 1), "давно")])
    assert PICTURES[kind](elsewhere, "ru") == plain


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "📌 2 нояб — &lt;b&gt;; 3 нояб — 3; 4 нояб — 4"),
        ("en", "📌 Nov 2 — &lt;b&gt;; Nov 3 — 3; Nov 4 — 4"),
    ],
)
def test_the_newest_notes_are_told_beside_the_chart_and_none_without_any(language, told):
    notes = [(date(2026, 11, day), "<b>" if day == 2 else str(day)) for day in (1, 2, 3, 4)]
    assert [line.replace("\u00a0", " ") for line in noted_lines(notes, translator(language))] == [told]
    assert noted_days([*notes, notes[-1]]) == tuple(day for day, _ in notes)
    assert list(noted_lines([], translator(language))) == []
