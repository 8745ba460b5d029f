"""What breaks: a cause is found and its sentence lacks a number, shows a raw code, or outgrows a message."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answers.request import EngagementRequest
from bot.answers.wording import MESSAGE_UNITS, units
from bot.core.locales import LANGUAGES, translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.causes.request import CausesRequest
from bot.features.causes.words import words
from metrics.causes.found import CODES, LOOKS, Cause, Explanation
from metrics.causes.traits import GAPS, HOURS, YES
from metrics.content import LENGTHS, WEEKDAYS
from metrics.posts import FORMATS

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)
LEVELS = {
    "format": FORMATS,
    "length": LENGTHS,
    "hour": HOURS,
    "weekday": WEEKDAYS,
    "gap_to_next": GAPS,
    "ad_nearby": (YES,),
}
FACTS = {
    "first": FIRST,
    "last": LAST,
    "date": FIRST,
    "times_percent": 33.3,
    "times": 43.2,
    "title": "<b>Розыгрыш</b>" * 20,
    "before": 12.3,
    "now": 4.5,
    "lost": 700,
    "part_percent": 33.3,
    "posts": 5,
    "channels": 3,
    "of": 4,
}
SIGN = {"ru": " %", "en": "%"}
RAW = re.compile(r"[a-z]+_[a-z]+|\{|None|nan|\d\.\d{3,}")


def said(found: Explanation, language: str, notes=()) -> str:
    asked = EngagementRequest(
        "Channel " * 30,
        "telegram",
        language,
        "UTC",
        1_795_500_000,
        PeriodChoice(first=FIRST, last=LAST),
        (),
        (),
    )
    request = CausesRequest(asked, "", (), (), "RU", notes)
    text = words(found, request, translator(language))
    assert units(text) <= MESSAGE_UNITS
    assert not RAW.search(re.sub(r"<[^>]*>", "", text)), text
    return text.replace("\xa0", " ")


def fallen(*causes: Cause, metric: str = "views", **fields) -> Explanation:
    found = Explanation(metric, None, 31.4, 21, 168, FIRST, LAST, FIRST - timedelta(days=56), causes)
    return replace(found, looked_at=LOOKS, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_cause_has_a_sentence_with_its_numbers_and_its_share(code, language):
    for level in LEVELS.get(code, ("",)):
        facts = {**FACTS, "level": level, "before_percent": 20.0, "now_percent": 66.7}
        for times in (-50.0, 40.0):
            sure = Cause(code, 60.0, 20.0, facts={**facts, "times_percent": times})
            assert f"≈ 60{SIGN[language]}" in said(fallen(sure), language) or language == "en"
            bound = said(fallen(replace(sure, is_bound=True)), language)
            assert "60" in bound
            assert {"ru": "до 60 %", "en": "up to 60%"}[language] in bound


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_causes_at_once_fit_into_one_message_in_their_order_and_what_is_open_is_said(language):
    causes = [Cause(code, 5.0, 2.0, facts={**FACTS, "level": LEVELS.get(code, ("",))[0], "before_percent": 20.0, "now_percent": 66.7}) for code in CODES]  # fmt: skip
    text = said(fallen(*causes), language)
    assert text.index("1. ") < text.index(f"{len(CODES)}. ")
    some = said(fallen(Cause("fewer_posts", 40.0, 10.0, facts=FACTS)), language)
    assert f"≈ 60{SIGN[language]}" in some


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("metric", ["views", "reach", "er", "total"])
def test_no_cause_is_told_as_such_with_what_was_looked_at_and_with_notes(metric, language):
    fewer = Cause("fewer_posts", 0.0, 50.0, facts={"before": 3.0, "now": 1.0})
    text = said(fallen(metric=metric, fewer=fewer), language, notes=((FIRST, "<сменили> аватар"),))
    assert {"ru": "По данным причины не видно.", "en": "The data shows no cause."}[language] in text
    assert "&lt;сменили&gt; аватар" in text
    assert f"−31{SIGN[language]}" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("reason", "metric"),
    [
        ("no_fall", "views"),
        ("no_fall", "reach"),
        ("no_fall", "er"),
        ("too_few_posts", "views"),
        ("not_counted", "er"),
    ],
)
def test_where_nothing_fell_or_nothing_is_known_that_is_said(reason, metric, language):
    found = fallen(metric=metric)
    assert said(replace(found, reason=reason, drop_percent=-12.0), language)


def test_a_fall_that_the_answer_of_the_same_days_calls_usual_is_told_as_doubtful():
    sure, doubtful = fallen(), fallen(is_doubtful=True)
    assert "случайностью" not in said(sure, "ru")
    assert "/er считает такой уровень обычным" in said(doubtful, "ru")
