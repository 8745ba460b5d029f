"""What breaks: a goal or a note typed as people type them is taken for another number, day or channel, or refused."""

from datetime import date

import pytest

from bot.core.parsing.goals import TypedGoal, read_goal
from bot.core.parsing.notes import TypedNote, read_note
from bot.core.parsing.removal import begins_with_removal, is_removal
from metrics.errors import DomainError
from tests.bot.understanding.phrasings import KNOWN, TODAY

MARCH = date(2027, 3, 1)
GOALS = {
    "ER 3% к 1 марта": ("", "er", 3, MARCH),
    "er 3,5 % до 01.03": ("", "er", 3.5, MARCH),
    "3% к 1.03.2027": ("", "er", 3, MARCH),
    "ER 3 к марту": ("", "er", 3, MARCH),
    "вовлечённость 4 процента до марта": ("", "er", 4, MARCH),
    "кухня ER 3%": ("кухня", "er", 3, None),
    "поднять ER кухни до 3% к 1 марта": ("кухни", "er", 3, MARCH),
    "20 000 подписчиков к новому году": ("", "subscribers", 20_000, date(2027, 1, 1)),
    "20к подписчиков до конца года": ("", "subscribers", 20_000, date(2026, 12, 31)),
    "маршрут: 12,5 тыс. подписчиков к концу месяца": ("маршрут", "subscribers", 12_500, date(2026, 11, 30)),
    "5000 просмотров на пост через 3 месяца": ("", "views", 5_000, date(2027, 2, 21)),
    "хочу 5 тыс просмотров к 15 декабря": ("", "views", 5_000, date(2026, 12, 15)),
    "до 20 000 подписчиков": ("", "subscribers", 20_000, None),
    "ER 3% by March 1": ("", "er", 3, MARCH),
    "20k subscribers by the end of the year": ("", "subscribers", 20_000, date(2026, 12, 31)),
    "coffee 20,000 followers by 2027-03-01": ("coffee", "subscribers", 20_000, MARCH),
    "5k views per post in 30 days": ("", "views", 5_000, date(2026, 12, 23)),
    "engagement 2.5% until March 1st 2027": ("", "er", 2.5, MARCH),
    "Топ 10: ER 3%": ("топ 10", "er", 3, None),
    "Топ 10 ER 3.5": ("топ 10", "er", 3.5, None),
    "ER 3% 1 марта": ("", "er", 3, MARCH),
    "coffee ER 3% March 1": ("coffee", "er", 3, MARCH),
    "ER 3% 01.03.2027": ("", "er", 3, MARCH),
    "ER 5% послезавтра": ("", "er", 5, date(2026, 11, 25)),
    "5k subscribers by tomorrow": ("", "subscribers", 5_000, date(2026, 11, 24)),
}
BAD = {
    "поднять продажи": "goal.no_metric",
    "1000": "goal.no_metric",
    "": "goal.no_metric",
    "ER": "goal.no_number",
    "подписчики к 1 марта": "goal.no_number",
    "ER 300%": "goal.bad_er",
    "ER 0%": "goal.bad_er",
    "ER 3 тыс": "goal.bad_er",
    "подписчики 5%": "goal.no_percent",
    "0 подписчиков": "goal.bad_number",
    "ER 3% к 1 ноября 2026": "goal.past",
    "ER 3% к 23.11.2026": "goal.past",
    "ER 3% к 31 февраля": "goal.bad_date",
    "ER 3% к дедлайну": "goal.bad_date",
}


@pytest.mark.parametrize(("text", "meant"), GOALS.items())
def test_a_goal_is_read_as_it_was_meant(text, meant):
    assert read_goal(text, TODAY) == TypedGoal(*meant)


@pytest.mark.parametrize(("text", "code"), BAD.items())
def test_what_is_no_goal_is_told_why(text, code):
    with pytest.raises(DomainError) as refused:
        read_goal(text, TODAY)
    assert refused.value.code == code


YESTERDAY, NOVEMBER = date(2026, 11, 22), date(2026, 11, 12)
NOTES = {
    "запустили розыгрыш": (None, TODAY, "запустили розыгрыш"),
    "вчера запустили розыгрыш": (None, YESTERDAY, "запустили розыгрыш"),
    "12 ноября: сменили аватар": (None, NOVEMBER, "сменили аватар"),
    "12.11 сменили аватар": (None, NOVEMBER, "сменили аватар"),
    "сменили аватар 12 ноября": (None, NOVEMBER, "сменили аватар"),
    "сменили аватар, 2026-11-12": (None, NOVEMBER, "сменили аватар"),
    "кухня: запустили розыгрыш": (0, TODAY, "запустили розыгрыш"),
    "Маршрут — вчера купили рекламу": (1, YESTERDAY, "купили рекламу"),
    "12 ноября кухня: купили рекламу": (0, NOVEMBER, "купили рекламу"),
    "день рождения канала": (None, TODAY, "день рождения канала"),
    "купили рекламу на завтра": (None, TODAY, "купили рекламу на завтра"),
    "рост 99.9": (None, TODAY, "рост 99.9"),
    "набрали 10 000": (None, TODAY, "набрали 10 000"),
    "итог: 5 лидов": (None, TODAY, "итог: 5 лидов"),
    "yesterday started a giveaway": (None, YESTERDAY, "started a giveaway"),
    "Coffee: started a giveaway Nov 12": (2, NOVEMBER, "started a giveaway"),
}


@pytest.mark.parametrize(("text", "meant"), NOTES.items())
def test_a_note_is_read_as_it_was_meant(text, meant):
    assert read_note(text, KNOWN, TODAY) == TypedNote(*meant)


@pytest.mark.parametrize(
    ("text", "code"),
    {
        "": "note.empty",
        "вчера": "note.empty",
        "25.12.2026 розыгрыш": "note.future",
        "завтра поход": "note.future",
        "tomorrow: a trip": "note.future",
        "31.02 розыгрыш": "note.bad_date",
        "розыгрыш 31.02.2026": "note.bad_date",
        "31 февраля кухня: розыгрыш": "note.bad_date",
        "started a giveaway 30 February": "note.bad_date",
    }.items(),
)
def test_a_note_of_nothing_of_a_day_to_come_or_of_none_is_refused(text, code):
    with pytest.raises(DomainError) as refused:
        read_note(text, KNOWN, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["удалить", "Удали!", "удалить заметку", "delete", "remove all goals"])
def test_a_list_is_shown_to_who_asks_to_delete(text):
    assert is_removal(text)
    assert begins_with_removal(text)


@pytest.mark.parametrize(
    "text", [None, "", "удалили пост", "удалить старые посты", "ER 3%", "deleted the ad"]
)
def test_what_is_no_request_to_delete_stays_a_note(text):
    assert not is_removal(text)
