"""What breaks: «а за прошлый месяц?» is answered about another command or channel than the question before, or talk is."""

import pytest

from bot.core.parsing.follow_ups import asks_more, leans_on
from bot.core.parsing.periods import may_be_to_come
from bot.telegram.understanding import FRESH_S, MOST_PEOPLE, Recent
from tests.bot.understanding.phrasings import KITCHEN, KNOWN, OCTOBER, ROUTE, TALK, TODAY
from tests.bot.understanding.talk import TALK_BESIDE

TWO = KNOWN[:2]
LAST = f"/growth {ROUTE} 7d"
YEAR_AGO = "16.11.2025-22.11.2025"
SEVERAL = f"/compare {KITCHEN}, {ROUTE}"
FOLLOWS = {
    "а за прошлый месяц?": f"/growth {ROUTE} {OCTOBER}",
    "и ещё за август": f"/growth {ROUTE} 01.08.2026-31.08.2026",
    "а если взять сентябрь": f"/growth {ROUTE} 01.09.2026-30.09.2026",
    "and last week?": f"/growth {ROUTE} 16.11.2026-22.11.2026",
    "а у второго?": f"/growth {KITCHEN} 7d",
    "what about the other one": f"/growth {KITCHEN} 7d",
    "а кухня?": f"/growth {KITCHEN} 7d",
    "а по кухне за 30 дней?": f"/growth {KITCHEN} 30d",
    "а топ?": f"/top {ROUTE} 7d",
    "and the top posts": f"/top {ROUTE} 7d",
    "а просмотры?": f"/er {ROUTE} 7d",
    "а подписчиков?": f"/growth {ROUTE} 7d",
    "а почему так упало?": f"/why {ROUTE} 7d",
    "а в пятницу?": f"/growth {ROUTE} 20.11.2026-20.11.2026",
    "а с начала месяца?": f"/growth {ROUTE} 01.11.2026-23.11.2026",
    "а файлом можно?": f"/export {ROUTE} 7d",
    "а топ за 90 дней?": f"/top {ROUTE} 90d",
    "а топ кухни?": f"/top {KITCHEN} 7d",
    "ещё по кухне": f"/growth {KITCHEN} 7d",
    "тот же период в прошлом году": f"/growth {ROUTE} {YEAR_AGO}",
    "а год назад?": f"/growth {ROUTE} {YEAR_AGO}",
    "а в это же время прошлого года": f"/growth {ROUTE} {YEAR_AGO}",
    "аналогичный период прошлого года": f"/growth {ROUTE} {YEAR_AGO}",
    "same days last year": f"/growth {ROUTE} {YEAR_AGO}",
    "and a year ago?": f"/growth {ROUTE} {YEAR_AGO}",
}


@pytest.mark.parametrize(("text", "line"), FOLLOWS.items())
def test_what_is_not_said_anew_stays_of_the_question_before(text, line):
    assert leans_on(text, LAST, TWO, TODAY) == line


RANKED, TWO_PERIODS = f"/top {ROUTE} 7d по просмотрам", f"/er {ROUTE} {OCTOBER} против 01.09.2026-30.09.2026"


@pytest.mark.parametrize(
    ("text", "last", "line"),
    [
        ("по репостам", RANKED, f"/top {ROUTE} 7d по репостам"),
        ("не то, по комментариям", RANKED, f"/top {ROUTE} 7d по комментариям"),
        ("а по репостам?", RANKED, f"/top {ROUTE} 7d по репостам"),
        ("by views", f"/top {ROUTE} 7d", f"/top {ROUTE} 7d по просмотрам"),
        ("а за октябрь?", RANKED, f"/top {ROUTE} {OCTOBER} по просмотрам"),
        ("а почему?", RANKED, f"/why {ROUTE} 7d"),
        ("а почему?", TWO_PERIODS, f"/why {ROUTE} {OCTOBER}"),
        ("а кухня?", TWO_PERIODS, f"/er {KITCHEN} {OCTOBER}"),
        ("по репостам", LAST, None),
        ("ещё", RANKED, f"/top 10 {ROUTE} 7d по просмотрам"),
        ("покажи больше", f"/top 5 {ROUTE} 7d", f"/top 10 {ROUTE} 7d"),
        ("ещё", f"/top 10 {ROUTE} 7d", None),
        ("подробнее", LAST, None),
        ("а за октябрь?", SEVERAL, f"{SEVERAL} {OCTOBER}"),
        ("and last week?", f"{SEVERAL} 30d", f"{SEVERAL} 16.11.2026-22.11.2026"),
        ("а кухня?", SEVERAL, None),
        ("а топ?", SEVERAL, None),
        ("а год назад", SEVERAL, f"{SEVERAL} 24.10.2025-22.11.2025"),
        (
            "сравни с тем же периодом прошлого года",
            f"/er {ROUTE} {OCTOBER}",
            f"/er {ROUTE} {OCTOBER} против {OCTOBER.replace('2026', '2025')}",
        ),
        ("тот же месяц год назад", TWO_PERIODS, f"/er {ROUTE} {OCTOBER.replace('2026', '2025')}"),
        ("а год назад", f"/er {ROUTE} 29.02.2024-29.02.2024", f"/er {ROUTE} 28.02.2023-28.02.2023"),
        ("а год назад", f"/er {ROUTE} все", None),
        ("а за октябрь?", f"/top 10 {ROUTE} 7d", f"/top 10 {ROUTE} {OCTOBER}"),
        ("а топ 5?", LAST, f"/top 5 {ROUTE} 7d"),
    ],
)
def test_posts_are_ranked_anew_and_of_two_periods_the_one_asked_about_stays(text, last, line):
    assert leans_on(text, last, TWO, TODAY) == line


def test_the_second_one_is_the_second_of_two_where_none_was_named_and_nobody_where_there_are_more():
    assert leans_on("а у второго?", "/er", TWO, TODAY) == f"/er {ROUTE}"
    assert leans_on("а у другого?", "/er", KNOWN, TODAY) is None


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("подробнее", True),
        ("Ещё!", True),
        ("а можно поподробнее", True),
        ("tell me more", True),
        ("more details please", True),
        ("расскажи подробнее об этом", True),
        ("ещё кофе", False),
        ("больше не надо", False),
        ("больше всего", False),
        ("more coffee", False),
        ("дальше сами", False),
    ],
)
def test_more_of_an_answer_is_asked_for_with_nothing_else(text, is_more):
    assert asks_more(text) == is_more


@pytest.mark.parametrize("opening", ["а", "и", "ещё", "ну а", "and", "what about"])
def test_talk_that_begins_like_a_follow_up_is_no_question(opening):
    talk = [*TALK_BESIDE[::5], *TALK[::5]]
    texts = [
        text for text in talk if text and text != "may" and not may_be_to_come(text, TODAY)
    ]  # “and May?” is one
    answered = [f"{opening} {text}" for text in texts if leans_on(f"{opening} {text}", LAST, TWO, TODAY)]
    assert answered == []


@pytest.mark.parametrize("last", ["/digest", "/note сменили шапку", "/subs 12500", "/check @rival_food"])
def test_nothing_leans_on_what_is_no_report(last):
    assert leans_on("а за прошлый месяц?", last, TWO, TODAY) is None


def test_a_last_question_is_forgotten_after_half_an_hour_and_never_another_persons():
    recent = Recent()
    recent.keep(1, 7, LAST, now=100)
    assert recent.get(1, 7, now=100 + FRESH_S) == LAST
    assert recent.get(1, 7, now=101 + FRESH_S) is None
    assert recent.get(1, 8, now=100) is None
    assert recent.get(2, 7, now=100) is None


def test_the_oldest_question_makes_room():
    recent = Recent()
    for person in range(MOST_PEOPLE + 1):
        recent.keep(1, person, LAST, now=0)
    assert recent.get(1, 0, now=0) is None
    assert recent.get(1, MOST_PEOPLE, now=0) == LAST
